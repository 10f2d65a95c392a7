/**
 * `npm run claims`: trains what README's lessons and the corpora's notes speak of, and says for each claim whether it holds.
 *
 *     npm run claims                        with three seeds
 *     npm run claims -- --seeds 5           with five; written into bench/RESULTS.md
 *     npm run claims -- --only price        these only, by their ids
 *
 * Ends with 0 if every claim holds with every seed, or with all but those that it allows to miss, 1 if one does not, 2 if it
 * was asked for something that does not exist.
 */
import { parseArgs } from 'node:util';
import { machine, record } from '../bench/results';
import { settingsText } from './claims/check';
import type { Checking } from './claims/checking';
import { inProcesses, PROCESSES } from './claims/processes';
import { CLAIMS } from './claims/table';
import type { Claim, Finding } from './claims/table';
import { inRoot } from './root.mjs';

/** Seeds of the table that is kept. */
const RECORDED = 5;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '3' },
    only: { type: 'string', multiple: true },
    processes: { type: 'string', default: String(PROCESSES) },
  },
});
const [count, processes] = [Number(values.seeds), Number(values.processes)];
const unknown = values.only?.filter((id) => !CLAIMS.some((claim) => claim.id === id)) ?? [];
const areCounts = [count, processes].every((given) => Number.isInteger(given) && given >= 1);
if (!areCounts || unknown.length > 0) {
  console.error(
    unknown.length > 0 ? `There is no claim ${unknown.join(', ')}.` : 'Seeds and processes are whole numbers from 1.',
  );
  process.exit(2);
}

const asked = CLAIMS.filter(({ id }) => values.only?.includes(id) ?? true);
const seeds = Array.from({ length: count }, (_, k) => k + 1);
const found = new Map<number, Record<string, Finding>>();
await inProcesses(
  inRoot('scripts/claims/checking.ts'),
  seeds.map((seed): Checking => ({ seed, ids: asked.map(({ id }) => id) })),
  processes,
  ({ seed }: Checking, findings: Record<string, Finding>) => {
    found.set(seed, findings);
  },
);

interface Outcome {
  readonly claim: Claim;
  readonly findings: readonly Finding[];
  readonly holds: boolean;
}

const outcomes = asked.map((claim): Outcome => {
  console.log(`\n${claim.id}`);
  for (const sentence of claim.says) console.log(`  said      ${sentence}`);
  console.log(`  trained   ${claim.runs.map(settingsText).join('; ')}\n  checked   ${claim.checked}`);
  const findings = seeds.flatMap((seed) => found.get(seed)?.[claim.id] ?? []);
  findings.forEach(({ holds, figures }, k) => {
    console.log(`  seed ${String(seeds[k]).padEnd(5)}${holds ? 'holds' : 'DOES NOT HOLD'}: ${figures}`);
  });
  const missed = findings.filter(({ holds }) => !holds).length;
  return { claim, findings, holds: missed <= (claim.misses ?? 0) };
});
const broken = outcomes.filter(({ holds }) => !holds).map(({ claim }) => claim.id);
const verdict = broken.length === 0 ? 'All claims hold.' : `Claims that do not hold: ${broken.join(', ')}.`;
console.log(`\n${verdict}`);
process.exitCode = broken.length === 0 ? 0 : 1;

const rowOf = ({ claim, findings, holds }: Outcome): string => {
  const figures = findings.map((one) => (one.holds ? one.figures : `**${one.figures}**`));
  const allowed = claim.misses === undefined ? '' : `; one seed in five may miss`;
  const cells = [
    claim.id,
    claim.runs.map(settingsText).join('; '),
    `${claim.checked}${allowed}`.replaceAll('|', '\\|'),
    figures.join('<br>'),
    holds ? 'holds' : '**does not hold**',
  ];
  return `| ${cells.join(' | ')} |`;
};

if (values.only === undefined && count === RECORDED) {
  record(
    'Claims',
    `What README's lessons and the corpora's notes say that one will see, trained and checked; \`scripts/claims/table.ts\` has the
sentences. Figures are those of seeds 1 to ${String(RECORDED)}; what misses is bold. A run has its corpus' own settings but for those named.

${new Date().toISOString().slice(0, 10)}, simd engine, ${machine()}, \`npm run claims -- --seeds ${String(RECORDED)}\`

| claim | trained | checked | figures | |
| --- | --- | --- | --- | --- |
${outcomes.map(rowOf).join('\n')}

${verdict}`,
  );
}
