/** Trains what a claim speaks of and looks. */
import type { Claim, Finding } from './table';
import { train } from './training';
import type { RunSpec, Trained } from './training';

/** Runs that several claims speak of are made once. */
const made = new Map<string, Promise<Trained>>();

const trained = (run: RunSpec, seed: number): Promise<Trained> => {
  const key = JSON.stringify([run, seed]);
  const known = made.get(key) ?? train(run, seed);
  made.set(key, known);
  return known;
};

export const check = async (claim: Claim, seed: number): Promise<Finding> => {
  const runs: Trained[] = [];
  for (const run of claim.runs) runs.push(await trained(run, seed));
  return claim.check(...runs);
};

/** What a run differs in from a fresh page's. */
export const settingsText = ({ corpus, settings = {}, steps }: RunSpec): string =>
  [
    corpus,
    ...Object.entries(settings).map(([name, value]) => `${name} ${String(value)}`),
    `${String(steps)} steps`,
  ].join(', ');
