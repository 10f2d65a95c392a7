/** The ruler: the text that is read, one column a character, in sight above everything that is drawn under it. */
import type { ReactElement, RefObject } from 'react';
import { useMessages } from '../messages';
import { Canvas } from '../stage/Canvas';
import { ColumnCursor } from './ColumnCursor';
import type { ScoreLayout } from './layout';
import type { Layer } from './scene';
import { clickColumn, hoverColumn } from './steering';

interface RulerProps {
  readonly layout: ScoreLayout;
  /** What colours the text, and over it the text. */
  readonly text: readonly [washes: Layer, letters: Layer];
  /** What is scrolled along the text. */
  readonly scroll: RefObject<HTMLDivElement | null>;
}

export const Ruler = ({ layout, text, scroll }: RulerProps): ReactElement => {
  const { score, probe } = useMessages().stage;
  const { height } = layout.ruler;
  return (
    <div className="ruler">
      <span className="ruler-name">{score.ruler}</span>
      <div className="score-window">
        <div className="ruler-scroll" ref={scroll}>
          <div
            className="score-columns"
            role="group"
            aria-label={probe.label}
            style={{ width: layout.width, height }}
            onPointerMove={(event) => {
              hoverColumn(layout, event);
            }}
            onClick={(event) => {
              clickColumn(layout, event);
            }}
          >
            {text.map((layer, k) => (
              <Canvas key={k} {...layer} style={{ left: 0, top: 0, width: layout.width, height }} aria-hidden />
            ))}
            <ColumnCursor layout={layout} height={height} />
          </div>
        </div>
      </div>
    </div>
  );
};
