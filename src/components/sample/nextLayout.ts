/** The next character at the cursor: candidates as bars, and the one that the text really has. */
import type { ProbeFrame } from '../../model/telemetry';
import { TOP } from '../../model/telemetry';
import { displayCharacter } from '../../model/text/display';

export interface Candidate {
  readonly character: string;
  /** 0 to 1. */
  readonly probability: number;
  readonly actual: boolean;
}

export interface NextCharacters {
  readonly candidates: readonly Candidate[];
  /** The text's own next character; null after the last one. */
  readonly actual: { readonly character: string; readonly probability: number; readonly among: boolean } | null;
}

export const nextCharacters = (frame: ProbeFrame, symbols: Int32Array, cursor: number): NextCharacters => {
  const next = cursor + 1 < frame.T ? frame.ids[cursor + 1] : null;
  const candidates: Candidate[] = [];
  for (let k = 0; k < TOP; k++) {
    const id = frame.topIds[cursor * TOP + k] ?? -1;
    if (id < 0) break;
    candidates.push({
      character: displayCharacter(symbols[id] ?? -1),
      probability: frame.topProbabilities[cursor * TOP + k] ?? NaN,
      actual: id === next,
    });
  }
  return {
    candidates,
    actual:
      next === null
        ? null
        : {
            character: displayCharacter(symbols[next] ?? -1),
            probability: 2 ** -(frame.surprise[cursor + 1] ?? NaN),
            among: candidates.some(({ actual }) => actual),
          },
  };
};
