/** The curve's lines, traced on a canvas' context: d3's generators, which are no part of the first download. */
import { area, line } from 'd3';
import type { BucketMark, Point } from './layout';

export interface Tracers {
  readonly line: (context: CanvasRenderingContext2D, points: readonly Point[]) => void;
  /** Through the means of the buckets. */
  readonly means: (context: CanvasRenderingContext2D, buckets: readonly BucketMark[]) => void;
  /** Around all losses of the buckets. */
  readonly spread: (context: CanvasRenderingContext2D, buckets: readonly BucketMark[]) => void;
}

const lineThrough = line<Point>(
  ({ x }) => x,
  ({ y }) => y,
);
const meanLine = line<BucketMark>(
  ({ x }) => x,
  ({ mean }) => mean,
);
const spreadArea = area<BucketMark>(
  ({ x }) => x,
  ({ low }) => low,
  ({ high }) => high,
);

export const tracers: Tracers = {
  line: (context, points) => {
    lineThrough.context(context)(points);
  },
  means: (context, buckets) => {
    meanLine.context(context)(buckets);
  },
  spread: (context, buckets) => {
    spreadArea.context(context)(buckets);
  },
};
