/** Options that the benchmarks share. */
import { InvalidArgumentError } from 'commander';
import { SHAPE_NAMES, type ShapeName } from './shapes';

/** Names with commas in between. */
export const namesOf = (given: string): string[] => given.split(',').filter((part) => part !== '');

export const shapesOf = (given: string): ShapeName[] =>
  namesOf(given).map((name) => {
    const found = SHAPE_NAMES.find((shape) => shape === name.toUpperCase());
    if (found === undefined) throw new InvalidArgumentError(`Allowed: ${SHAPE_NAMES.join(', ')}.`);
    return found;
  });
