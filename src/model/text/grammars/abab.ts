/** Lines of "abab…" and lines of "aabb…" in turn: which one it is must be remembered to the end of the line. */
import { choice, take } from './derivation';
import type { Choice, Derivation, Tell } from './derivation';

/** A line ends after a period with probability 1/16. */
const lineOf = (period: string): Choice =>
  choice([
    [period, 15],
    ['\n', 1],
  ]);

export function* abab(tell: Tell): Derivation<never> {
  const [single, double] = [lineOf('ab'), lineOf('aabb')];
  for (let line = single; ; line = line === single ? double : single) {
    tell({ line: line === single ? 0 : 1 });
    // A line has one period at least.
    yield choice([line.options[0]]);
    while ((yield* take(line)) !== '\n');
  }
}
