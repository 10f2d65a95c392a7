/**
 * `npm run tasks`: trains networks on toy tasks, on the page's engine, and tests each on one stream of 100,000 symbols that it
 * has never seen and reads without a reset.
 *
 *     npm run tasks                            with five seeds; written into bench/RESULTS.md
 *     npm run tasks -- --seeds 2 --only anbn   fewer
 *
 * Ends with 0 if every seed comes to what the table says, 1 if one does not, 2 if it was asked for something that does not
 * exist.
 */
import { parseArgs } from 'node:util';
import { machine, record } from '../bench/results';
import { TASKS } from '../src/model/text/tasks';
import { inProcesses, PROCESSES } from './claims/processes';
import { inRoot } from './root.mjs';
import { TASK_RUNS } from './tasks/table';
import type { TaskRun } from './tasks/table';
import type { Tested, Testing } from './tasks/testing';

/** Seeds of the table that is kept. */
const RECORDED = 5;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: String(RECORDED) },
    only: { type: 'string', multiple: true },
    processes: { type: 'string', default: String(PROCESSES) },
  },
});
const [count, processes] = [Number(values.seeds), Number(values.processes)];
const asked = TASK_RUNS.filter(({ id }) => values.only?.includes(id) ?? true);
const areCounts = [count, processes].every((given) => Number.isInteger(given) && given >= 1);
if (!areCounts || asked.length === 0) {
  console.error(
    areCounts
      ? `There are: ${TASK_RUNS.map(({ id }) => id).join(', ')}.`
      : 'Seeds and processes are whole numbers from 1.',
  );
  process.exit(2);
}

const seeds = Array.from({ length: count }, (_, k) => k + 1);
const shareOf = ({ right, of }: Tested): number => right / of;
const holds = ({ atLeast = 0, atMost = 1 }: TaskRun, tested: Tested): boolean =>
  shareOf(tested) >= atLeast && shareOf(tested) <= atMost;

const found = new Map<string, Tested>();
const keyOf = ({ id, seed }: Testing): string => `${id} ${String(seed)}`;
await inProcesses(
  inRoot('scripts/tasks/testing.ts'),
  asked.flatMap(({ id }) => seeds.map((seed): Testing => ({ id, seed }))),
  processes,
  (task: Testing, tested: Tested) => {
    found.set(keyOf(task), tested);
    const { right, of, characters } = tested;
    console.log(
      `${task.id}, seed ${String(task.seed)}: ${shareOf(tested).toFixed(4)} (${String(right)} of ${String(of)}), ` +
        `after ${String(characters)} characters`,
    );
  },
);

const resultsOf = ({ id }: TaskRun): readonly Tested[] => seeds.flatMap((seed) => found.get(keyOf({ id, seed })) ?? []);
const broken = asked.filter((row) => resultsOf(row).some((tested) => !holds(row, tested)));
const verdict = broken.length === 0 ? 'All come to it.' : `Not come to it: ${broken.map(({ id }) => id).join(', ')}.`;
console.log(`\n${verdict}`);
process.exitCode = broken.length === 0 ? 0 : 1;

const wantedOf = ({ atLeast, atMost }: TaskRun): string =>
  atLeast !== undefined ? `at least ${String(atLeast)}` : atMost !== undefined ? `at most ${String(atMost)}` : '–';

const rowOf = (row: TaskRun): string => {
  const tested = resultsOf(row);
  const published = TASKS[row.task].published.map(
    ({ source, found: figure, isSame }) =>
      `${figure.en} ${source} (quoted; ${isSame ? 'the same problem' : 'here a variant in symbols'})`,
  );
  const cells = [
    row.id,
    `${String(row.steps)} steps, ${String(tested[0].characters)} characters`,
    tested
      .map((one) => (holds(row, one) ? '' : '**') + shareOf(one).toFixed(4) + (holds(row, one) ? '' : '**'))
      .join('<br>'),
    tested[0].chance.toFixed(2),
    wantedOf(row),
    published.join('<br>') || '–',
  ];
  return `| ${cells.join(' | ')} |`;
};

if (values.only === undefined && count === RECORDED) {
  record(
    'Toy tasks',
    `Networks trained on a toy task with its own settings (\`scripts/tasks/table.ts\`) and tested on one stream of 100,000 symbols of
another seed, read without a reset: the share of decisions at which the most likely symbol is the right one, reproduced here,
seeds 1 to ${String(RECORDED)}. Chance is what the character before each decision tells alone. In training the state is carried, but
where the text begins anew. Published figures are quoted.

${new Date().toISOString().slice(0, 10)}, simd engine, ${machine()}, \`npm run tasks\`

| task | trained | right | chance | wanted | published |
| --- | --- | --- | --- | --- | --- |
${asked.map(rowOf).join('\n')}

${verdict}`,
  );
}
