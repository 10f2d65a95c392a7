/** All units, small: a picture of one pixel a cell for each band, which the browser enlarges. */
import { useMemo, useRef, type ReactElement } from 'react';
import type { BandName } from '../../model/cells';
import { FailureError } from '../../model/failures';
import type { PlaygroundState } from '../../store';
import { useView } from '../stage/loop';
import { palette } from '../stage/palette';
import { bandPicture } from './draw';
import { shownFrame } from './frame';
import type { BandBox, ScoreLayout } from './layout';

interface BandProps {
  readonly box: BandBox;
  readonly width: number;
  /** The unit of each row. */
  readonly units: readonly number[];
}

/** Draws the band of a frame into a canvas of its own size. */
const draw = (canvas: HTMLCanvasElement, state: PlaygroundState, band: BandName, units: readonly number[]): void => {
  const frame = shownFrame(state);
  const context = canvas.getContext('2d');
  if (!context) throw new FailureError({ code: 'browser-lacks', what: 'CanvasRenderingContext2D' });
  // Units of a frame that has fewer are not there yet.
  const there = frame === null ? [] : units.filter((unit) => unit < frame.H);
  const picture = frame && bandPicture(frame, band, { units: there, scale: state.selection.scale }, palette());
  if (picture === null) {
    context.clearRect(0, 0, canvas.width, canvas.height);
    return;
  }
  if (canvas.width !== picture.width) canvas.width = picture.width;
  if (canvas.height !== picture.height) canvas.height = picture.height;
  context.putImageData(picture, 0, 0);
};

const Band = ({ box: { name, top, height }, width, units }: BandProps): ReactElement => {
  const canvas = useRef<HTMLCanvasElement>(null);
  useView(
    useMemo(
      () => ({
        inputs: (state: PlaygroundState) => [shownFrame(state), state.selection.scale],
        draw: (state) => {
          if (canvas.current) draw(canvas.current, state, name, units);
        },
      }),
      [name, units],
    ),
    canvas,
  );
  return <canvas ref={canvas} className="band-rows" style={{ left: 0, top, width, height }} aria-hidden />;
};

export const Bands = ({ layout, units }: { layout: ScoreLayout; units: readonly number[] }): ReactElement[] =>
  layout.bands.map((box) => <Band key={box.name} box={box} width={layout.width} units={units} />);
