/** `npm run train`: trains a network on a text without a page, with the same code and the same numbers. */
import { ensureCompiled } from '../scripts/assembly.mjs';
import { exitCodeOf, wordsOf } from './failures';
import { parseCommand } from './options';
import { train } from './training';

try {
  const command = parseCommand(process.argv.slice(2));
  await ensureCompiled();
  process.exitCode = await train(command);
} catch (caught) {
  console.error(wordsOf(caught));
  process.exitCode = exitCodeOf(caught);
}
// Threads would keep the process.
process.exit(process.exitCode);
