/** Which steps the curve shows, and buttons for whoever does not drag across them. */
import type { ReactElement } from 'react';
import { useMessages, useNumbers } from '../messages';
import { ZOOM, type StepRange } from './stepRange';

interface RangeButtonsProps {
  readonly range: StepRange | null;
  readonly disabled: boolean;
  readonly onZoom: (factor: number) => void;
  readonly onWhole: () => void;
}

export const RangeButtons = ({ range, disabled, onZoom, onWhole }: RangeButtonsProps): ReactElement => {
  const words = useMessages().stage.curve;
  const numbers = useNumbers();
  const zoom = (label: string, sign: string, factor: number, isOff: boolean) => (
    <button
      type="button"
      className="button button-quiet button-icon"
      aria-label={label}
      title={label}
      disabled={isOff}
      onClick={() => {
        onZoom(factor);
      }}
    >
      {sign}
    </button>
  );
  return (
    <div className="curve-range" role="group" aria-label={words.range}>
      {zoom(words.zoomIn, '+', 1 / ZOOM, disabled)}
      {zoom(words.zoomOut, '−', ZOOM, range === null)}
      <button type="button" className="button button-quiet" disabled={range === null} onClick={onWhole}>
        {words.wholeRun}
      </button>
      <span role="status">{range && words.rangeShown(numbers.integer(range[0]), numbers.integer(range[1]))}</span>
    </div>
  );
};
