/** `npm run sample`: writes text with the network of a saved run, without a page and without its text. */
import { ensureCompiled } from '../scripts/assembly.mjs';
import { exitCodeOf, wordsOf } from './failures';
import { parseSampleCommand } from './sampleOptions';
import { sample } from './sampling';

try {
  const command = parseSampleCommand(process.argv.slice(2));
  await ensureCompiled();
  await sample(command, process.stdout);
} catch (caught) {
  console.error(wordsOf(caught));
  process.exitCode = exitCodeOf(caught);
}
