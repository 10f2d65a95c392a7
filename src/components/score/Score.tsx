/** The score: the probe text along the top, one band below the other, the trajectories; one cursor through all of them. */
import { useEffect, useId, useMemo, useRef, useState, type ReactElement, type RefObject } from 'react';
import { usePlayground, type PlaygroundState } from '../../store';
import { MESSAGES, useMessages } from '../messages';
import { followSize } from '../size';
import { Canvas } from '../stage/Canvas';
import { SaveMenu } from '../stage/SaveMenu';
import { ChosenUnits } from './ChosenUnits';
import { CursorTable } from './CursorTable';
import { useEnds } from './ends';
import { twoDecimals } from './numbers';
import { useFollowing } from './following';
import { clampedSelection, shownFrame, valueAt } from './frame';
import { Gutter } from './Gutter';
import { layoutScore, unitsPerRow } from './layout';
import { PointerNote } from './PointerNote';
import { Readout } from './Readout';
import { saveScorePicture, saveScoreValues } from './saveScore';
import { createScene } from './scene';
import { ScoreControls } from './ScoreControls';
import { charactersOf, shapeOf } from './shape';
import { clickScore, hoverScore, steerScore } from './steering';
import './score.css';

/** What a key brought under the cursor, as a sentence. */
const spoken = (state: PlaygroundState): string => {
  const frame = shownFrame(state);
  if (!frame) return '';
  const { score, bands } = MESSAGES[state.language].stage;
  const { cursor, unit } = clampedSelection(state, frame);
  const values = frame.bands.map((band) => `${bands[band]} ${twoDecimals(valueAt(frame, band, cursor, unit))}`);
  const character = charactersOf(state)[cursor] ?? '';
  return score.spoken(cursor + 1, frame.T, character, [`${score.unit} ${unit}`, ...values].join(', '));
};

/** Width of an element's inside, followed. */
const useWidth = (element: RefObject<HTMLElement | null>): number => {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!element.current) return;
    return followSize(element.current, ({ width }) => {
      setWidth(Math.floor(width));
    });
  }, [element]);
  return width;
};

export const Score = (): ReactElement => {
  const messages = useMessages().stage;
  const words = messages.score;
  const shape = usePlayground(shapeOf);
  const hintId = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const columns = useRef<HTMLDivElement>(null);
  const available = useWidth(scroll);
  const [said, setSaid] = useState('');

  const { T, H, bands, wide } = shape;
  const layout = useMemo(() => layoutScore({ available, T, H, bands, wide }), [available, T, H, bands, wide]);
  const scene = useMemo(() => createScene(layout), [layout]);
  const following = useFollowing(scroll, layout, available);
  useEnds(scroll, layout.width, available);
  const perRow = unitsPerRow(H, (layout.bands[0]?.height ?? 0) * window.devicePixelRatio);
  const place = (top: number, height: number) => ({ left: 0, top, width: layout.width, height });

  return (
    <figure className="score" aria-label={words.title}>
      <div className="score-head">
        <ScoreControls shape={shape} />
        <SaveMenu
          label={messages.export.menu(words.title)}
          disabled={!shape.filled}
          items={[
            {
              label: messages.export.png,
              save: () => {
                saveScorePicture(layout, scene);
              },
            },
            { label: messages.export.csv, save: saveScoreValues },
          ]}
        />
      </div>
      <div className="score-body">
        <Gutter layout={layout} />
        <div className="score-window">
          <div className="score-scroll" ref={scroll} {...following}>
            <div
              ref={columns}
              className="score-columns"
              style={{ width: layout.width, height: layout.height }}
              role="application"
              aria-label={words.title}
              aria-describedby={hintId}
              tabIndex={0}
              onPointerMove={(event) => {
                hoverScore(layout, event);
              }}
              onClick={(event) => {
                clickScore(layout, event);
              }}
              onKeyDown={(event) => {
                if (steerScore(layout, event)) setSaid(spoken(usePlayground.getState()));
              }}
            >
              <Canvas {...scene.bands} style={place(0, layout.axis.top + layout.axis.height)} aria-hidden />
              <Canvas {...scene.text} style={place(0, layout.text.height)} aria-hidden />
              <Canvas
                {...scene.trajectories}
                style={place(layout.trajectories.top, layout.trajectories.height)}
                aria-hidden
              />
              <Canvas {...scene.cursor} style={place(0, layout.height)} aria-hidden />
            </div>
          </div>
        </div>
      </div>
      {perRow > 1 && <p className="score-note">{words.rowMean(perRow)}</p>}
      <Readout cell={shape.cell}>
        <PointerNote columns={columns} layout={layout} />
      </Readout>
      <ChosenUnits shape={shape} />
      <CursorTable />
      <p id={hintId} className="visually-hidden">
        {words.description}
      </p>
      <p className="visually-hidden" aria-live="polite">
        {said}
      </p>
    </figure>
  );
};
