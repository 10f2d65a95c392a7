/** A frame as the rows of a file. */
import type { ProbeFrame } from '../../model/telemetry';

/** Rows of the table: one for each character and unit, one column for each band. */
export const frameRows = (frame: ProbeFrame, characters: readonly string[]): string[][] => {
  const rows = [['step', 'layer', 'position', 'character', 'surprise_bits', 'unit', ...frame.bands]];
  const size = frame.T * frame.H;
  for (let t = 0; t < frame.T; t++) {
    const surprise = frame.surprise[t] ?? NaN;
    for (let unit = 0; unit < frame.H; unit++) {
      rows.push([
        String(frame.step),
        String(frame.layer + 1),
        String(t + 1),
        characters[t] ?? '',
        Number.isFinite(surprise) ? String(surprise) : '',
        String(unit),
        ...frame.bands.map((_, k) => String(frame.values[k * size + t * frame.H + unit])),
      ]);
    }
  }
  return rows;
};
