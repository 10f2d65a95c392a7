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

export const shapesOf = (given: string): ShapeName[] =>
  namesOf(given).map((name) => {
    const found = SHAPE_NAMES.find((shape) => shape === name.toUpperCase());
    if (found === undefined) throw new InvalidArgumentError(`Allowed: ${SHAPE_NAMES.join(', ')}.`);
    return found;
  });
