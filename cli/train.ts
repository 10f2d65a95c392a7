/** `npm run train`: trains a network on a text without a page, with the same code and the same numbers. */
import { ensureCompiled } from '../scripts/assembly.mjs';
import { leave } from './ending';
import { exitCodeOf, wordsOf } from './failures';
import { parseCommand } from './trainOptions';
import { train } from './training';

let code: number;
try {
  const command = parseCommand(process.argv.slice(2));
  await ensureCompiled();
  code = await train(command);
} catch (caught) {
  console.error(wordsOf(caught));
  code = exitCodeOf(caught);
}
leave(code);
