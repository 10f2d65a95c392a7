/**
 * Every engine against its peers in a real browser, and what frames cost the page: `npm run bench [-- --quick] [--json FILE] [--shapes S,M] [--only NAMES]`.
 * CONTRIBUTING.md says how to read it.
 */
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { Command } from 'commander';
import { withBenchPage } from './compare/browser';
import { CONTESTANTS, IN_PAGE } from './compare/contestants';
import { amongst, shapesOf } from './compare/options';
import { openNative, type Native } from './compare/native';
import { peakAlone, race, type Absence, type Result } from './compare/race';
import { entryOf, limitsRatio, promisesOf, promiseTable, tableOf } from './compare/report';
import { SHAPE_NAMES, SHAPES, type ShapeName } from './compare/shapes';
import { measurePage } from './pageFigures';
import { machine, record } from './results';

const ROUNDS = { full: 7, quick: 5 };

const command = new Command('npm run bench --')
  .description('Measures every engine against its peers, in one page, in turns.')
  .option('--json <file>', 'writes the figures as a list')
  .option('--quick', 'S and M alone, fewer rounds, no memory')
  .option('--shapes <names>', `some of ${SHAPE_NAMES.join(', ')}`, shapesOf)
  .option(
    '--only <names>',
    `some of ${CONTESTANTS.map(({ id }) => id).join(', ')}`,
    amongst(CONTESTANTS.map(({ id }) => id)),
  )
  .option('--no-record', 'leaves RESULTS.md alone')
  .parse();

interface Options {
  readonly json?: string;
  readonly quick?: true;
  readonly shapes?: ShapeName[];
  readonly only?: string[];
  readonly record: boolean;
}
const { json, quick = false, shapes, only, record: keep } = command.opts<Options>();

const wanted = shapes ?? (quick ? (['S', 'M'] as const) : SHAPE_NAMES);
const contestants = CONTESTANTS.filter(({ id }) => only === undefined || only.includes(id));
const rounds = quick ? ROUNDS.quick : ROUNDS.full;
const isComplete = shapes === undefined && only === undefined && !quick;

const say = (line: string): void => {
  console.error(line);
};

/** For a figure that could not be had: says why, and leaves it out. */
const unknown =
  (what: string) =>
  (error: unknown): null => {
    say(`${what}, memory: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  };

const results: Result[] = [];
const absences: Absence[] = [];
let version = '';
const load = loadavg()[0]?.toFixed(1) ?? '';
const natives = new Map<number, Native>();
for (const { medium, threads } of contestants) {
  const native = medium === 'native' ? await openNative({ threads }) : null;
  if (native) natives.set(threads, native);
}

await withBenchPage(async (open) => {
  for (const shape of wanted) {
    const size = SHAPES[shape];
    const page = await open();
    ({ version } = page);
    const { results: times, absences: absent } = await race({
      shape,
      size,
      contestants,
      rounds,
      page,
      natives,
      say,
    }).finally(() => page.end());
    absences.push(...absent);
    const empty = quick ? null : await peakAlone(open, null, size);
    for (const result of times) {
      const { id } = result.contestant;
      const measured = empty !== null && IN_PAGE.some((there) => there.id === id);
      const peak = measured ? await peakAlone(open, id, size).catch(unknown(`${shape} ${id}`)) : null;
      results.push({ ...result, peakMemory: peak === null || empty === null ? null : Math.max(0, peak - empty) });
    }
    console.log(
      `\n${tableOf(
        shape,
        results.filter((result) => result.shape === shape),
        absent,
      )}`,
    );
  }
});
for (const native of natives.values()) native.close();

const promises = promisesOf(results);
const devices = [...new Set(results.map(({ device }) => device).filter((device) => device !== ''))];
const ratios = wanted.map((shape) => limitsRatio(results, shape)).filter((line) => line !== null);
console.log(`\n${promiseTable(promises)}\n\n${ratios.join('\n')}`);
if (only === undefined) await measurePage(keep && isComplete);
if (json !== undefined) writeFileSync(json, `${JSON.stringify(results.map(entryOf), null, 2)}\n`);
if (keep && isComplete) {
  record(
    'Engines and peers',
    [
      `${new Date().toISOString().slice(0, 10)}, ${machine()}, Chromium ${version}, load average ${load} before the start: \`npm run bench\`.`,
      `Devices and versions: ${devices.join('; ')}.`,
      '',
      `Milliseconds of a training step: median and quartiles of up to ${String(rounds)} turns, everyone in turn in one page (A B C, C B A, …), same first weights, same batch, and the same losses in the first steps within a thousandth. GFLOP/s count the matrix products of a step. The limit is a plain matrix product on the same medium in the same page. Peak memory is that of the page and the GPU process beyond an empty page, alone in a browser. A contestant whose last step before the turns took longer than 3 s has fewer of them. tf.layers and PyTorch multiply their one-hot inputs by the first matrix, as their users do; the others look its rows up, and only products that nobody can do without are counted.`,
      '',
      ...wanted.map(
        (shape) =>
          `${tableOf(
            shape,
            results.filter((result) => result.shape === shape),
            absences.filter((absence) => absence.shape === shape),
          )}\n`,
      ),
      '### Promises',
      '',
      promiseTable(promises),
      '',
      ...ratios,
    ].join('\n'),
  );
}
