/** Ranges of the scales that follow the data, steady from frame to frame of the same run and layer. */
import type { BandName } from '../../model/cells';
import type { ProbeFrame } from '../../model/telemetry';
import { bandValues, carriedBand, isUnbounded } from './frame';
import { largest, nextRange, typical } from './range';

/**
 * Of each band without bounds the range of its colours, which a few values may pass; 'lines': of the trajectories'
 * heights, which hold all of them.
 */
export type Ranges = Readonly<Partial<Record<BandName | 'surprise' | 'lines', number>>>;

/** Keeps the ranges of the last frame, and gives each new frame its own. */
export const createRanges = (): ((frame: ProbeFrame) => Ranges) => {
  let last: ProbeFrame | null = null;
  let ranges: Ranges = {};
  return (frame) => {
    if (frame === last) return ranges;
    const before: Ranges = last?.runId === frame.runId && last.layer === frame.layer ? ranges : {};
    const carried = largest(bandValues(frame, carriedBand(frame.bands)));
    const next: Partial<Record<BandName | 'surprise' | 'lines', number>> = {
      surprise: nextRange(before.surprise ?? null, largest(frame.surprise)),
      lines: nextRange(before.lines ?? null, carried),
    };
    for (const band of frame.bands) {
      if (isUnbounded(band)) next[band] = nextRange(before[band] ?? null, typical(bandValues(frame, band)));
    }
    last = frame;
    // The same object as long as nothing moved, so that a view can compare by identity.
    const moved = [...Object.keys(next), ...Object.keys(ranges)].some(
      (name) => next[name as BandName] !== ranges[name as BandName],
    );
    if (moved) ranges = next;
    return ranges;
  };
};

/** The ranges on the page: every view of a frame draws with the same ones. */
export const rangesOf = createRanges();
