/**
 * Which engine is the fastest here: measured on the very configuration while nothing trains, or when the reader asks.
 * What was found is told to the page, which keeps it from visit to visit. No run ever changes its engine for it.
 */
import { fitBatch } from '../model/batches';
import { configurationOf, fastestOf, measurementsOf, remember, type Measurement } from '../model/measurements';
import type { EngineName } from '../model/kernels/engines';
import type { Subject } from './body';
import type { Clock } from './clock';
import type { Engines } from './engines';
import type { EngineInfo, Event as WorkerEvent } from './protocol';
import { TrialAbandoned, tryEngine } from './trial';

/** Milliseconds without training after which the machine is held to be free. */
const IDLE = 4000;

export interface Trials {
  /** What the page knows from earlier visits. */
  recall(known: readonly Measurement[]): void;
  /** The fastest engine that is known for a configuration; null where none is. */
  fastest(subject: Subject): Promise<EngineName | null>;
  /** Its device has failed: it is not chosen again by itself. */
  distrust(engine: string): void;
  /** Nothing trains now; if that stays so, what is not known of the configuration is measured. */
  rest(subject: Subject): void;
  /** The reader wants to know of every engine, now. */
  measure(subject: Subject): void;
}

const configurationOfSubject = ({ settings, dataset }: Subject): string =>
  configurationOf(
    settings,
    fitBatch(dataset.trainLength, settings.batch, settings.length),
    dataset.vocabulary.codePoints.length,
  );

export const createTrials = (o: {
  readonly clock: Clock;
  readonly engines: Engines;
  readonly surveyEngines: () => Promise<readonly EngineInfo[]>;
  /** Whether a run trains or is on its way. */
  readonly isBusy: () => boolean;
  readonly post: (event: Extract<WorkerEvent, { type: 'measurements' }>) => void;
}): Trials => {
  const { clock, engines, isBusy, post } = o;
  let known: readonly Measurement[] = [];
  const distrusted = new Set<string>();
  let survey: Promise<readonly EngineInfo[]> | null = null;
  let stopWaiting: () => void = () => undefined;
  /** The newest wish to measure; an older one ends at its next step. */
  let wish = 0;

  const available = async (): Promise<readonly EngineInfo[]> =>
    (await (survey ??= o.surveyEngines())).filter(({ name, available: is }) => is && !distrusted.has(name));

  const tell = (measuring: EngineName | null) => {
    post({ type: 'measurements', known, measuring });
  };

  const isKnown = (configuration: string, { name, device }: EngineInfo): boolean =>
    measurementsOf(known, configuration).some((entry) => entry.engine === name && entry.device === device);

  const work = async (subject: Subject, candidates: readonly EngineInfo[], mine: number) => {
    const configuration = configurationOfSubject(subject);
    const isWanted = () => mine === wish && !isBusy();
    try {
      for (const { name, device } of candidates) {
        if (!isWanted()) return;
        tell(name);
        let stepMilliseconds: number | null = null;
        try {
          const onLost = () => {
            distrusted.add(name);
          };
          stepMilliseconds = await tryEngine({ clock, engines, isWanted, onLost }, name, subject);
        } catch (caught) {
          if (caught instanceof TrialAbandoned || !isWanted()) return;
          // An engine that cannot train it is told by the null.
        }
        known = remember(known, { engine: name, device, configuration, stepMilliseconds });
      }
    } finally {
      if (mine === wish) tell(null);
    }
  };

  /** The slow twin and the reference are measured when asked; WebGL by itself only where it is the one way to a GPU. */
  const worthwhile = (infos: readonly EngineInfo[]): readonly EngineInfo[] => {
    const hasWebgpu = infos.some(({ name }) => name === 'webgpu');
    return infos.filter(({ name }) => name === 'simd' || name === 'webgpu' || (name === 'webgl' && !hasWebgpu));
  };

  return {
    recall: (earlier) => {
      known = earlier.reduce(remember, known);
    },
    fastest: async (subject) => {
      const entries = measurementsOf(known, configurationOfSubject(subject));
      if (entries.length === 0) return null;
      const here = await available();
      const met = entries.filter(({ engine, device }) =>
        here.some((info) => info.name === engine && info.device === device),
      );
      return fastestOf(met)?.engine ?? null;
    },
    distrust: (engine) => {
      distrusted.add(engine);
      known = known.filter((entry) => entry.engine !== engine);
      tell(null);
    },
    rest: (subject) => {
      stopWaiting();
      stopWaiting = clock.later(IDLE, () => {
        void (async () => {
          if (isBusy()) return;
          const configuration = configurationOfSubject(subject);
          const candidates = worthwhile(await available());
          const unknown = candidates.filter((info) => !isKnown(configuration, info));
          // Where there is but one engine there is nothing to choose.
          if (candidates.length > 1 && unknown.length > 0) await work(subject, unknown, ++wish);
        })();
      });
    },
    measure: (subject) => {
      stopWaiting();
      const mine = ++wish;
      void available().then((infos) => work(subject, infos, mine));
    },
  };
};
