/** What every unit of a layer does over the held-out text that losses are measured on, as one series for each of its bands. */
import type { EvaluationPlan } from '../batches';
import type { BandName } from '../cells';
import type { LabelledText } from '../text/labels';
import { bandAt, readTape } from '../tapes';
import type { Trainer } from '../trainer';

/** Numbers of every unit over some characters: [bands, H, characters]. */
export interface UnitSeries {
  readonly bands: readonly BandName[];
  readonly H: number;
  readonly characters: number;
  readonly values: Float32Array;
  /** For each character: where it stands in the held-out part. */
  readonly places: Int32Array;
}

/** Numbers of a series at most: 16 MB. */
const MOST_NUMBERS = 2 ** 22;
/** Characters at the start of each stream whose states still show that it began from nothing. */
const WARM_UP = 16;

/** As many windows of the plan as there is room for. */
const windowsFor = ({ streams, windows }: EvaluationPlan, numbers: number): number =>
  Math.max(1, Math.min(windows, Math.floor(MOST_NUMBERS / (numbers * streams.batch * streams.length))));

/**
 * Streams one after the other, so that the halves of a series are of different stretches of the text; null where `breathe`
 * answers false or a stream is over before it is warm.
 */
export const readUnitSeries = async (
  trainer: Trainer,
  plan: EvaluationPlan,
  layer: number,
  breathe: () => Promise<boolean>,
): Promise<UnitSeries | null> => {
  const { cell, units: H } = trainer.architecture;
  const { bands } = cell;
  const { streams } = plan;
  const { batch: B, length: T } = streams;
  const windows = windowsFor(plan, bands.length * H);
  const each = windows * T - WARM_UP;
  if (each < 1) return null;
  const characters = B * each;
  const values = new Float32Array(bands.length * H * characters);
  const places = Int32Array.from(
    { length: characters },
    (_, i) => Math.floor(i / each) * streams.streamLength + WARM_UP + (i % each),
  );
  const isWhole = await trainer.readHeldOut(
    { streams, windows },
    async (pass, window) => {
      const tape = await readTape(pass, layer);
      bands.forEach((name, band) => {
        for (let t = 0; t < T; t++) {
          const at = window * T + t - WARM_UP;
          if (at < 0) continue;
          for (let b = 0; b < B; b++) {
            const [from, start] = bandAt(tape, cell, name, { H, B, t, b });
            for (let u = 0; u < H; u++) values[(band * H + u) * characters + b * each + at] = from[start + u];
          }
        }
      });
    },
    breathe,
  );
  return isWhole ? { bands, H, characters, values, places } : null;
};

/** Labels of the held-out part as labels of a series' characters. */
export const labelsAlong = ({ places }: UnitSeries, labels: LabelledText): LabelledText =>
  new Map([...labels].map(([name, values]) => [name, Int16Array.from(places, (place) => values[place])]));
