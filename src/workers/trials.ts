/**
 * Which engine is the fastest here: measured on the very configuration while nothing trains, or when the reader asks.
 * What was found is told to the page, which keeps it from visit to visit. No run ever changes its engine for it.
 */
import { fitBatch } from '../model/batches';
import { configurationOf, fastestOf, timingsOf, remember, type EngineTiming } from '../model/engineTimings';
import type { EngineName } from '../model/kernels/engines';
import type { Subject } from './body';
import { within, type Clock } from './clock';
import type { Engines } from './engines';
import type { EngineInfo, WorkerEvent } from './protocol';
import type { Survey } from './survey';
import { TrialAbandoned, TrialFailed, tryEngine } from './trial';

/** Milliseconds that a new run waits for devices to answer: then it begins on what starts at once. */
const PATIENCE = 5000;

/** Milliseconds without training after which the machine is held to be free. */
const IDLE = 4000;

/** Milliseconds between two looks whether a sample has been written: the two would make each other slow. */
const LOOK = 250;

export interface Trials {
  /** What the page knows from earlier visits. */
  recall(known: readonly EngineTiming[]): void;
  /** The fastest engine that is known for a configuration; null where none is. */
  fastest(subject: Subject): Promise<EngineName | null>;
  /** Its device has failed: it is not chosen again by itself. */
  distrust(engine: string): void;
  /** Nothing trains now; if that stays so, what is not known of the configuration is measured. */
  rest(subject: Subject): void;
  /** The reader wants to know of every engine, now. */
  timeEngines(subject: Subject): void;
}

const configurationOfSubject = ({ settings, dataset }: Subject): string =>
  configurationOf(
    settings,
    fitBatch(dataset.trainLength, settings.batch, settings.length),
    dataset.vocabulary.codePoints.length,
  );

const startsAtOnce = ({ engine }: EngineTiming): boolean => engine === 'simd' || engine === 'cpu';

export const createTrials = (o: {
  readonly clock: Clock;
  readonly engines: Engines;
  readonly survey: Survey;
  /** Whether a run trains or is on its way. */
  readonly isBusy: () => boolean;
  /** Whether a run writes a sample. */
  readonly isWriting: () => boolean;
  readonly post: (event: Extract<WorkerEvent, { type: 'timings' | 'problem' }>) => void;
}): Trials => {
  const { clock, engines, survey, isBusy, isWriting, post } = o;
  let known: readonly EngineTiming[] = [];
  const distrusted = new Set<string>();
  /** Engines that could not be opened: they are not tried again without being asked for. */
  const unopened = new Set<string>();
  let stopWaiting: () => void = () => undefined;
  /** The newest wish to time engines; an older one ends at its next step. */
  let wish = 0;

  const usable = (infos: readonly EngineInfo[]) =>
    infos.filter(({ name, available }) => available && !distrusted.has(name));

  const tell = (timedEngine: EngineName | null) => {
    post({ type: 'timings', known, timedEngine });
  };

  const isKnown = (configuration: string, { name, device }: EngineInfo): boolean =>
    timingsOf(known, configuration).some((entry) => entry.engine === name && entry.device === device);

  const work = async (subject: Subject, candidates: readonly EngineInfo[], mine: number, isAsked: boolean) => {
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
          if (caught instanceof TrialFailed) {
            unopened.add(name);
            if (isAsked) post({ type: 'problem', runId: null, failure: caught.failure });
            continue;
          }
          // An engine that cannot train it is told by the null.
        }
        unopened.delete(name);
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
      tell(null);
    },
    fastest: async (subject) => {
      const entries = timingsOf(known, configurationOfSubject(subject));
      const best = fastestOf(entries);
      if (best === null || startsAtOnce(best)) return best?.engine ?? null;
      // The same device must be there still.
      const here = await within(clock, PATIENCE, survey.engines()).then(usable, () => []);
      const isHere = ({ engine, device }: EngineTiming) =>
        here.some((info) => info.name === engine && info.device === device);
      return fastestOf(entries.filter((entry) => startsAtOnce(entry) || isHere(entry)))?.engine ?? null;
    },
    distrust: (engine) => {
      distrusted.add(engine);
      known = known.filter((entry) => entry.engine !== engine);
      tell(null);
    },
    rest: (subject) => {
      stopWaiting();
      const begin = async () => {
        if (isBusy()) return;
        if (isWriting()) {
          wait(LOOK);
          return;
        }
        const configuration = configurationOfSubject(subject);
        const candidates = worthwhile(usable(await survey.engines())).filter(({ name }) => !unopened.has(name));
        const unknown = candidates.filter((info) => !isKnown(configuration, info));
        // Where there is but one engine there is nothing to choose.
        if (candidates.length > 1 && unknown.length > 0) await work(subject, unknown, ++wish, false);
      };
      const wait = (milliseconds: number) => {
        stopWaiting = clock.later(milliseconds, () => void begin());
      };
      wait(IDLE);
    },
    timeEngines: (subject) => {
      stopWaiting();
      const mine = ++wish;
      // Devices that did not answer are asked once more.
      void survey.again().then((infos) => work(subject, usable(infos), mine, true));
    },
  };
};
