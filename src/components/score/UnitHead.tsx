/** What is known of the one unit: which it is, how well it follows what is looked for, and how long it holds what it has. */
import { useMemo, useRef, type ReactElement } from 'react';
import { spanOf } from '../../model/inspect/memory';
import type { Ranking } from '../../model/telemetry';
import { doesFollow, lookedFor, usePlayground, type PlaygroundState } from '../../store';
import { useMessages, useNumbers } from '../messages';
import type { StageMessages } from '../messages/stage';
import { WhatIs } from '../stage/WhatIs';
import { useView } from '../stage/loop';
import { bandValues, clampedSelection, shownCell, shownFrame } from './frame';
import type { Box } from './layout';

/** How well the unit follows what is looked for; that none does is said too. */
const rankText = (found: Ranking, rank: number, words: StageMessages['score']): string => {
  const label = words.label[found.label](found.kind);
  if (rank > 0) return words.ranked(rank + 1, label);
  return doesFollow(found) ? words.followsIt(label, found.band, found.isHigh) : words.nearest(label);
};

export const UnitHead = ({ box }: { readonly box: Box }): ReactElement => {
  const words = useMessages().stage.score;
  const numbers = useNumbers();
  const text = useRef<HTMLSpanElement>(null);
  const found = usePlayground(lookedFor);
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
          const rank = found?.order.indexOf(unit) ?? -1;
          const span = keeps === null ? null : spanOf(bandValues(frame, keeps), frame.H, unit);
          const parts = [
            words.oneUnit(unit, frame.H),
            found !== null && rank >= 0 ? rankText(found, rank, words) : null,
            span && words.halfLife(numbers.fixed(span.mean, 1), numbers.integer(span.most)),
          ];
          text.current.textContent = parts.filter((part) => part !== null).join(' · ');
        },
      }),
      [found, numbers, words],
    ),
  );
  return (
    <p className="score-part-head" style={{ top: box.top, height: box.height }}>
      <span>
        <span ref={text} /> <WhatIs term="halfLife" />
      </span>
    </p>
  );
};
