/** Which kinds of baselines the curve draws: the legend names those and no others. */
import type { Baselines } from '../../model/text/types';

export const baselinesDrawn = (
  baselines: Pick<Baselines, 'values'> | null,
): { readonly hasSimpler: boolean; readonly hasGrammar: boolean } => {
  const names = baselines?.values.map(({ name }) => name) ?? [];
  return { hasSimpler: names.some((name) => name !== 'grammar'), hasGrammar: names.includes('grammar') };
};
