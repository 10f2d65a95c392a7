/** Options that the benchmarks share. */
import { InvalidArgumentError } from 'commander';
import { SHAPE_NAMES, type ShapeName } from './shapes';

/** Names with commas in between. */
const namesOf = (given: string): string[] => given.split(',').filter((part) => part !== '');

/** Some of these names, with commas in between. */
export const amongst =
  (allowed: readonly string[]) =>
  (given: string): string[] => {
    const names = namesOf(given);
    if (!names.every((name) => allowed.includes(name))) {
      throw new InvalidArgumentError(`Allowed: ${allowed.join(', ')}.`);
    }
    return names;
  };

/** Numbers from 0, with commas in between. */
export const numbersOf = (given: string): number[] => {
  const numbers = namesOf(given).map(Number);
  if (!numbers.every((number) => number >= 0)) throw new InvalidArgumentError('Allowed: numbers from 0.');
  return numbers;
};

export const shapesOf = (given: string): ShapeName[] =>
  namesOf(given).map((name) => {
    const found = SHAPE_NAMES.find((shape) => shape === name.toUpperCase());
    if (found === undefined) throw new InvalidArgumentError(`Allowed: ${SHAPE_NAMES.join(', ')}.`);
    return found;
  });
