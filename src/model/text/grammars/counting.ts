/** Lines of numbers counted up from anywhere: the first number is chance, the others follow, and the carry is seen coming. */
import { choice, say, take } from './derivation';
import type { Derivation } from './derivation';

/** Numbers of a line: as many as it takes for every line to carry once into the tens. */
const NUMBERS = 10;
const LARGEST = 999;

const digits = (n: number): string => String(n).padStart(3, '0');

const start = choice(Array.from({ length: LARGEST - NUMBERS + 2 }, (_, n) => digits(n)));

export function* counting(): Derivation<never> {
  for (;;) {
    const first = Number(yield* take(start));
    for (let n = first + 1; n < first + NUMBERS; n++) yield* say(` ${digits(n)}`);
    yield* say('\n');
  }
}
