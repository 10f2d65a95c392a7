/**
 * `npm run fuzz`: damages run files, more of them than `npm test` does, and says where one did what none may.
 *
 *     npm run fuzz                                    200,000 trials of a seed by the clock
 *     npm run fuzz -- --trials 1000000 --seed 7       so many, of that seed
 *     npm run fuzz -- --from 15191 --trials 1         one trial again
 *
 * Ends with 0 if every file was refused or was the run that it says, 1 if one was not, 2 if it was asked for something that
 * does not exist.
 */
import { fuzz } from '../tests/model/formats/fuzz/trials';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '200000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    from: { type: 'string', default: '0' },
  },
});
const [count, seed, from] = [values.trials, values.seed, values.from].map(Number);
if (![count, seed, from].every((given) => Number.isSafeInteger(given) && given >= 0)) {
  console.error('Trials, seed and the first trial are whole numbers.');
  process.exit(2);
}

const began = performance.now();
let told = began;
console.log(`${String(count)} trials from ${String(from)} on, of seed ${String(seed)}`);
try {
  const met = await fuzz({
    seed,
    from,
    count,
    progress: (done) => {
      if (performance.now() - told < 10_000) return;
      told = performance.now();
      console.log(`${String(done)} done`);
    },
  });
  for (const [kind, times] of [...met].sort(([, a], [, b]) => b - a))
    console.log(`${String(times).padStart(9)} ${kind}`);
  console.log(`All as it should be, in ${String(Math.round((performance.now() - began) / 1000))} s.`);
} catch (caught) {
  console.error(caught instanceof Error ? caught.message : String(caught));
  process.exitCode = 1;
}
