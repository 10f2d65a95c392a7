/** What is known of the one unit: which it is, how well it follows what is looked for, and how long it holds what it has. */
import { useMemo, useRef, type ReactElement } from 'react';
import { halfLife } from '../../model/inspect/memory';
import { followed, usePlayground, type PlaygroundState } from '../../store';
import { useMessages, useNumbers } from '../messages';
import { useView } from '../stage/loop';
import { bandValues, clampedSelection, shownCell, shownFrame } from './frame';
import type { Box } from './layout';

export const UnitHead = ({ box }: { readonly box: Box }): ReactElement => {
  const words = useMessages().stage.score;
  const numbers = useNumbers();
  const text = useRef<HTMLSpanElement>(null);
  const following = usePlayground(followed);
  useView(
    useMemo(
      () => ({
        inputs: (state: PlaygroundState) => [shownFrame(state), state.selection.unit],
        draw: (state) => {
          if (!text.current) return;
          const frame = shownFrame(state);
          if (!frame) {
            text.current.textContent = '';
            return;
          }
          const { unit } = clampedSelection(state, frame);
          const { keeps } = shownCell(state);
          const rank = following?.order.indexOf(unit) ?? -1;
          const parts = [
            words.oneUnit(unit, frame.H),
            following !== null && rank >= 0
              ? words.ranked(rank + 1, words.label[following.label](following.kind))
              : null,
            keeps === null
              ? null
              : words.halfLife(numbers.significant(halfLife(bandValues(frame, keeps), frame.H, unit))),
          ];
          text.current.textContent = parts.filter((part) => part !== null).join(' · ');
        },
      }),
      [following, numbers, words],
    ),
  );
  return (
    <p className="score-part-head" style={{ top: box.top, height: box.height }}>
      <span ref={text} title={words.halfLifeHint} />
    </p>
  );
};
