/** The score: the text as a ruler, one unit large, the trajectories, all units small; one cursor through all of them. */
import {
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactElement,
  type RefObject,
} from 'react';
import { useShallow } from 'zustand/react/shallow';
import { usePlayground, type PlaygroundState } from '../../store';
import { PastTagPlace } from '../keeping/lazyKeeping';
import { messagesOf, useMessages } from '../messages';
import { followSize, typeOf } from '../size';
import { Canvas } from '../stage/Canvas';
import { SaveMenu } from '../stage/SaveMenu';
import { Bands } from './Bands';
import { ChosenUnits } from './ChosenUnits';
import { ColumnCursor } from './ColumnCursor';
import { CursorTable } from './CursorTable';
import { useEnds } from './ends';
import { twoDecimals } from './numbers';
import { useFollowing } from './following';
import { clampedSelection, shownFrame, valueAt } from './frame';
import { Gutter } from './Gutter';
import { layoutScore } from './layout';
import { PointerNote } from './PointerNote';
import { Readout } from './Readout';
import { useRowOrder } from './rowOrder';
import { RowList } from './RowList';
import { RowsHead } from './RowsHead';
import { Ruler } from './Ruler';
import { createScene } from './scene';
import { ScoreControls } from './ScoreControls';
import { charactersOf, shapeOf } from './shape';
import { clickScore, hoverColumn, steerScore } from './steering';
import { UnitHead } from './UnitHead';
import './score.css';

/** What a key brought under the cursor, as a sentence. */
const spoken = (state: PlaygroundState): string => {
  const frame = shownFrame(state);
  if (!frame) return '';
  const { score, bands } = messagesOf(state.language).stage;
  const { cursor, unit } = clampedSelection(state, frame);
  const values = frame.bands.map((band) => `${bands[band]} ${twoDecimals(valueAt(frame, band, cursor, unit))}`);
  const character = charactersOf(state)[cursor] ?? '';
  return score.spoken(cursor + 1, frame.T, character, [`${score.unit} ${unit}`, ...values].join(', '));
};

/** Width of an element's inside and size of its type, followed. */
const useRoom = (element: RefObject<HTMLElement | null>): { readonly width: number; readonly type: number } => {
  const [room, setRoom] = useState({ width: 0, type: 0 });
  useEffect(() => {
    const { current } = element;
    if (!current) return;
    return followSize(current, ({ width }) => {
      const found = { width: Math.floor(width), type: typeOf(current) };
      setRoom((before) => (before.width === found.width && before.type === found.type ? before : found));
    });
  }, [element]);
  return room;
};

/** Heights of a window below which it does not matter how low it is: a phone's changes as its bars come and go. */
const LOWEST_SIGHT = 900;

/** The window's height, in strides that a bar of the browser's does not make. */
const useSight = (): number =>
  useSyncExternalStore(
    (notify) => {
      window.addEventListener('resize', notify);
      return () => {
        window.removeEventListener('resize', notify);
      };
    },
    () => Math.max(LOWEST_SIGHT, Math.floor(window.innerHeight / 50) * 50),
  );

export const Score = (): ReactElement => {
  const messages = useMessages().stage;
  const words = messages.score;
  const shape = usePlayground(useShallow(shapeOf));
  const all = usePlayground((state) => state.selection.allRows);
  const hintId = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const ruler = useRef<HTMLDivElement>(null);
  const columns = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const { width: available, type } = useRoom(scroll);
  const { width: whole, type: text } = useRoom(body);
  const sight = useSight();
  const [said, setSaid] = useState('');

  const { T, H, wide, cell } = shape;
  const { bands } = cell;
  const layout = useMemo(
    () => layoutScore({ available, whole, type, text, sight, T, H, bands, wide, all }),
    [available, whole, type, text, sight, T, H, bands, wide, all],
  );
  const scene = useMemo(() => createScene(layout), [layout]);
  const order = useRowOrder(H);
  const units = useMemo(() => order.slice(0, layout.rows), [order, layout.rows]);
  const { onScroll, ...following } = useFollowing(scroll, layout, available);
  useEnds(scroll, layout.width, available);
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
              save: ({ saveScorePicture }) => {
                saveScorePicture(layout, scene, units);
              },
            },
            {
              label: messages.export.csv,
              save: ({ saveScoreValues }) => {
                saveScoreValues();
              },
            },
          ]}
        />
      </div>
      <Ruler layout={layout} text={[scene.washes, scene.letters]} scroll={ruler} />
      {/* The readout stays in sight only while some of what it reads from is. */}
      <div className="score-reading">
        <p className="score-note">{words.cellNote[cell.name]}</p>
        <div className="score-body" ref={body}>
          <UnitHead box={layout.unitHead} />
          <RowsHead layout={layout} shape={shape} />
          <Gutter layout={layout} cell={cell} units={units} />
          <div className="score-window">
            <div
              className="score-scroll"
              ref={scroll}
              onScroll={(event) => {
                onScroll(event);
                // The ruler scrolls with what stands under it.
                if (ruler.current) ruler.current.scrollLeft = event.currentTarget.scrollLeft;
              }}
              {...following}
            >
              <div
                ref={columns}
                className="score-columns"
                style={{ width: layout.width, height: layout.height }}
                role="application"
                aria-label={words.title}
                aria-describedby={hintId}
                tabIndex={0}
                onPointerMove={(event) => {
                  hoverColumn(layout, event);
                }}
                onClick={(event) => {
                  clickScore(layout, order, event);
                }}
                onKeyDown={(event) => {
                  if (steerScore(layout, order, event)) setSaid(spoken(usePlayground.getState()));
                }}
              >
                <Canvas {...scene.strips} style={place(0, layout.trajectories.top)} aria-hidden />
                <Bands layout={layout} units={units} />
                <Canvas {...scene.axis} style={place(layout.axis.top, layout.axis.height)} aria-hidden />
                <Canvas
                  {...scene.trajectories}
                  style={place(layout.trajectories.top, layout.trajectories.height)}
                  aria-hidden
                />
                <ColumnCursor layout={layout} height={layout.height} />
              </div>
            </div>
          </div>
        </div>
        <Readout cell={cell} order={order}>
          <PastTagPlace />
          <PointerNote columns={columns} layout={layout} units={units} />
        </Readout>
      </div>
      <RowList units={units} />
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
