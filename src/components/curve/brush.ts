/** Dragging across the steps with a mouse. Fingers scroll the page here: for them there are buttons. */
import { brushX, select, type D3BrushEvent } from 'd3';
import type { CurveLayout } from './layout';

interface BrushOptions {
  /** Where the plot stands now. */
  readonly plot: () => CurveLayout['plot'];
  /** From the left to the right end of what was dragged across, in CSS pixels. */
  readonly onSelect: (left: number, right: number) => void;
}

/** Lets the reader drag within `svg`; what is returned fits it to where the plot stands by then. */
export const attachBrush = (svg: SVGSVGElement, { plot, onSelect }: BrushOptions): (() => void) => {
  const group = select<SVGSVGElement, unknown>(svg).append('g');
  const brush = brushX<unknown>()
    .touchable(false)
    .keyModifiers(false)
    .extent((): [[number, number], [number, number]] => {
      const { left, top, right, bottom } = plot();
      return [
        [left, top],
        [right, bottom],
      ];
    })
    .on('end', ({ selection, sourceEvent }: D3BrushEvent<unknown>) => {
      // A click selects nothing; and clearing it ends it once more.
      if (selection === null || !sourceEvent) return;
      const [left, right] = selection as [number, number];
      brush.clear(group);
      onSelect(left, right);
    });
  return () => {
    brush(group);
  };
};
