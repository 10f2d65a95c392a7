/** What a toy task is: a text that a grammar writes from a seed, and that asks for something now and then. */
import type { Settings } from '../../settings';
import type { Grammar } from '../grammars/derivation';
import type { Bilingual, Published } from '../types';

export interface Task {
  /** Marks with `ask` what the text asks for. */
  readonly grammar: Grammar;
  readonly title: Bilingual;
  /** How the text is built. */
  readonly what: Bilingual;
  /** What is counted. */
  readonly asks: Bilingual;
  /** Why it takes a gate. */
  readonly gate: Bilingual;
  readonly published: readonly Published[];
  /** Settings that suit it; what they leave out is as by default. */
  readonly settings: Partial<Settings>;
}

export const bilingual = (en: string, zh: string): Bilingual => ({ en, zh });

/** The papers that the tasks come from. */
export const PAPERS = {
  lstm: 'Hochreiter & Schmidhuber 1997',
  forget: 'Gers, Schmidhuber & Cummins 2000',
  languages: 'Gers & Schmidhuber 2001',
} as const;
