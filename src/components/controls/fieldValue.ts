/** What a number field does with what is typed into it, and where its arrow keys go. */
import { fitNumber, readNumber, type NumberRule } from '../../model/numberText';

/** What a field takes, and how its arrow keys move. */
export interface FieldRule extends NumberRule {
  readonly step: number;
}

/** Why the field holds another value than the one that was typed. */
export interface FieldNote {
  readonly kind: 'smallest' | 'largest' | 'whole' | 'kept' | 'ambiguous';
  readonly used: number;
}

export interface Committed {
  readonly value: number;
  readonly note: FieldNote | null;
}

/** The value that a field takes for what was typed; what is not a number, or perhaps two, leaves `current`. */
export const commitField = (rule: FieldRule, given: string, current: number): Committed => {
  const read = readNumber(given, rule);
  if (typeof read === 'string') {
    return { value: current, note: { kind: read === 'none' ? 'kept' : 'ambiguous', used: current } };
  }
  const used = fitNumber(read, rule);
  if (used === read) return { value: used, note: null };
  const kind = read < rule.min ? 'smallest' : read > rule.max ? 'largest' : 'whole';
  return { value: used, note: { kind, used } };
};

/** Decimals that say where an addition of decimal fractions was meant to go: 0.1 + 0.2 is 0.3. */
const tidy = (value: number): number => Number(value.toPrecision(12));

/**
 * The next value up (1) or down (-1): by the rule's own step, or by one unit of the value's leading digit where that is
 * smaller and 0 is not allowed, so that 0.001 goes down to 0.0009.
 */
export const nextValue = (rule: FieldRule, value: number, direction: 1 | -1): number => {
  let { step } = rule;
  if (rule.kind === 'number' && rule.min > 0 && value > 0) {
    // Just below 0.001 the leading digit is that of 0.0009….
    const reached = direction === 1 ? value : value * (1 - 1e-9);
    step = Math.min(step, 10 ** Math.floor(Math.log10(reached) + (direction === 1 ? 1e-12 : 0)));
  }
  return fitNumber(tidy(value + direction * step), rule);
};
