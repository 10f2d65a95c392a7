/** How far it is: a bar on a terminal, a line now and then anywhere else; on standard error, so that results stay alone. */
import { Presets, SingleBar } from 'cli-progress';
import type { Metrics } from '../src/model/telemetry';

/** Milliseconds between two lines where there is no terminal. */
const PAUSE = 10_000;

export interface Progress {
  /** `measuredAt`: the step that the held-out loss is of; null where there is none. */
  readonly show: (metrics: Metrics, measuredAt: number | null, charactersPerSecond: number) => void;
  readonly end: () => void;
}

const numbers = ({ loss, heldOutLoss }: Metrics, measuredAt: number | null, charactersPerSecond: number) => ({
  loss: loss.toFixed(4),
  heldOut: measuredAt === null ? '–' : `${heldOutLoss.toFixed(4)} at step ${String(measuredAt)}`,
  speed: Math.round(charactersPerSecond).toLocaleString('en-GB'),
});

export const createProgress = (from: number, to: number): Progress => {
  const bar = new SingleBar(
    {
      format: '{bar} {value}/{total} steps | loss {loss} | held-out {heldOut} | {speed} chars/s | {eta_formatted} left',
      stream: process.stderr,
      noTTYOutput: true,
      notTTYSchedule: PAUSE,
      hideCursor: true,
      // Ctrl-C is for the training to hear.
      gracefulExit: false,
      fps: 5,
    },
    Presets.shades_classic,
  );
  bar.start(to, from, { loss: '–', heldOut: '–', speed: '–' });
  return {
    show: (metrics, measuredAt, charactersPerSecond) => {
      bar.update(metrics.step, numbers(metrics, measuredAt, charactersPerSecond));
    },
    end: () => {
      bar.stop();
    },
  };
};
