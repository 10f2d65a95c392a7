/** Left of the score: each band's hue, name and letter, its range, and the axes that do not scroll with the text. */
import { useMemo, useRef, type ReactElement } from 'react';
import { UNIT_INTERVAL_BANDS, type BandName } from '../../model/cells';
import type { PlaygroundState } from '../../store';
import { useMessages } from '../messages';
import { useView } from '../stage/loop';
import { carriedBand, extentOf, isUnbounded, shownFrame } from './frame';
import type { ScoreLayout } from './layout';
import { scaleEnds, short } from './numbers';
import { rangesOf, type Ranges } from './ranges';
import { layoutTicks } from './trajectoryLayout';
import './gutter.css';

/** Follows the ranges of frames; they change rarely. */
const useRanges = (draw: (rangeOf: (what: keyof Ranges) => number) => void): void => {
  useView(
    useMemo(
      () => ({
        inputs: (state: PlaygroundState) => {
          const frame = shownFrame(state);
          return [frame && rangesOf(frame)];
        },
        draw: (state) => {
          const frame = shownFrame(state);
          const ranges: Ranges = frame ? rangesOf(frame) : {};
          draw((what) => ranges[what] ?? 1);
        },
      }),
      [draw],
    ),
  );
};

const BandLabel = ({
  band,
  top,
  height,
  H,
}: {
  band: BandName;
  top: number;
  height: number;
  H: number;
}): ReactElement => {
  const { bands } = useMessages().stage;
  const low = useRef<HTMLSpanElement>(null);
  const high = useRef<HTMLSpanElement>(null);
  useRanges(
    useMemo(
      () => (rangeOf) => {
        const [from, to] = scaleEnds(band, ...extentOf(band, rangeOf(band)));
        if (low.current) low.current.textContent = from;
        if (high.current) high.current.textContent = to;
      },
      [band],
    ),
  );
  return (
    <li className="band-label" style={{ top, height }}>
      <span className="band-name">
        <span className="swatch" style={{ background: `var(--band-${band})` }} />
        <span className="band-word">{bands[band]}</span> <b>{band}</b>
      </span>
      <span className={isUnbounded(band) ? 'band-range band-range-moving' : 'band-range'}>
        <span ref={low} />
        <span
          className="legend-bar"
          style={{
            background: UNIT_INTERVAL_BANDS.has(band)
              ? `linear-gradient(to right in lab, var(--paper), var(--band-${band}))`
              : `linear-gradient(to right in lab, var(--band-negative), var(--paper), var(--band-${band}))`,
          }}
        />
        <span ref={high} />
      </span>
      <span className="unit-tick unit-first">0</span>
      <span className="unit-tick unit-last">{H - 1}</span>
    </li>
  );
};

export const Gutter = ({ layout }: { readonly layout: ScoreLayout }): ReactElement => {
  const { bands: names, score, trajectories: words } = useMessages().stage;
  const ticks = useRef<HTMLSpanElement>(null);
  const { axis, trajectories } = layout;
  const carried = carriedBand(layout.bands.map(({ name }) => name));
  useRanges(
    useMemo(
      () => (rangeOf) => {
        ticks.current?.replaceChildren(
          ...layoutTicks(trajectories.height, rangeOf('lines')).map(({ value, y }) => {
            const tick = document.createElement('span');
            tick.className = 'unit-tick';
            tick.style.top = `${String(y)}px`;
            tick.textContent = short(value);
            return tick;
          }),
        );
      },
      [trajectories.height],
    ),
  );
  return (
    <div className="score-gutter" style={{ height: layout.height }}>
      <ul className="band-labels">
        {layout.bands.map(({ name, top, height }) => (
          <BandLabel key={name} band={name} top={top} height={height} H={layout.H} />
        ))}
      </ul>
      <span className="axis-label" style={{ top: axis.top }}>
        {score.character}
      </span>
      <div className="band-label" style={{ top: trajectories.top, height: trajectories.height }}>
        <span className="band-name">
          <span className="swatch" style={{ background: `var(--band-${carried})` }} />
          <span className="band-word">{names[carried]}</span> <b>{carried}</b>
        </span>
        <span className="band-detail">{words.detail}</span>
        <span ref={ticks} aria-hidden />
      </div>
    </div>
  );
};
