/** A worker without a worker: runs on the reference engine, a clock that tests move, and a port that remembers. */
import type { Failure } from '../../src/model/failures';
import type { Kernels } from '../../src/model/kernels/kernels';
import { createReferenceKernels } from '../../src/model/kernels/reference';
import { createSimdKernels } from '../../src/model/kernels/simd';
import type { EngineName } from '../../src/model/kernels/engines';
import * as analyses from '../../src/model/text/analyses';
import type { Detect } from '../../src/model/text/decode';
import { detectEncoding } from '../../src/model/text/detect';
import { DEFAULT_SETTINGS, type EngineChoice, type Settings } from '../../src/model/settings';
import type { Clock } from '../../src/workers/clock';
import type { Corpora } from '../../src/workers/corpora';
import type { LoadAnalyses } from '../../src/workers/textWork';
import type { OpenEngine } from '../../src/workers/engines';
import type { Command, EngineInfo, WorkerEvent, OpenRun, RunDescription } from '../../src/workers/protocol';
import { Keeper } from '../../src/workers/keeper';
import type { Turn } from '../../src/workers/vaultAccess';
import type { RunToSave } from '../../src/model/formats/runFile';
import { createRuns } from '../../src/workers/runs';
import { simdProgram } from '../kernels/simdProgram';
import { FakeCabinet } from './cabinet';

/** Enough structure to learn from, 600 characters. */
export const TEXT = 'the cat sat on the mat, and the dog sat on the cat.\n'.repeat(12);

export const TINY: Settings = {
  ...DEFAULT_SETTINGS,
  units: 6,
  batch: 2,
  length: 8,
  evaluateEvery: 5,
  engine: 'cpu',
};

/** Milliseconds that pass each time the loops are let run. */
const TICK = 5;

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

export class FakeClock implements Clock {
  private time = 0;
  private readonly timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  /** Milliseconds that pass whenever a loop lets messages in. */
  breath = TICK;

  now = () => this.time;

  later = (milliseconds: number, callback: () => void) => {
    const timer = { at: this.time + milliseconds, callback };
    this.timers.add(timer);
    return () => {
      this.timers.delete(timer);
    };
  };

  breathe = async () => {
    this.advance(this.breath);
    await tick();
  };

  advance(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (;;) {
      let next: { readonly at: number; readonly callback: () => void } | undefined;
      for (const timer of this.timers) if (timer.at <= end && timer.at < (next?.at ?? Infinity)) next = timer;
      if (next === undefined) break;
      this.timers.delete(next);
      this.time = Math.max(this.time, next.at);
      next.callback();
    }
    this.time = end;
  }

  /** Time passes in which nobody is awake: what was due meanwhile is called late. */
  sleep(milliseconds: number): void {
    this.time += milliseconds;
  }
}

export interface FakeEngine {
  /** Bytes that a run may take. */
  memoryLimit: number;
  /** Whether simd is what it says; else every engine is the reference. */
  isReal: boolean;
  /** Engines that cannot be had. */
  readonly unavailable: Set<EngineName>;
  /** Engines that cannot be fetched or opened just now, and why. */
  readonly unopened: Map<EngineName, Failure>;
  /** Engines that can be had and cannot compute anything. */
  readonly useless: Set<EngineName>;
  /** Engines that do not answer while they are opened, until `answer` is called. */
  readonly silent: Set<EngineName>;
  /** Those that were asked answer now, late. */
  answer(): void;
  /** An engine whose device never finishes what it is at. */
  hanging: EngineName | null;
  /** The same, until the returned function is called. */
  hang(name: EngineName): () => void;
  /** Reports that the device of that name is gone. */
  lose(name: EngineName): void;
  /** Makes the gradient's norm infinite. */
  breaks: boolean;
  /** Milliseconds that each scan takes by the fake clock. */
  scanMilliseconds: number;
  /** Milliseconds that it takes to write a run as a file. */
  fileMilliseconds: number;
  /** Of a scan, for one engine. */
  readonly scanMillisecondsOf: Map<EngineName, number>;
  /** What a survey finds. */
  readonly survey: EngineInfo[];
  /** Whether a survey never ends. */
  surveyHangs: boolean;
  /** How often engines have been opened, and surveyed. */
  openings: EngineChoice[];
  surveys: number;
  /** Buffers allocated and not freed. */
  buffers: number;
  /** Engines open. */
  open: number;
  trainingSteps: number;
}

const createFakeEngine = (clock: FakeClock): { engine: FakeEngine; openEngine: OpenEngine } => {
  const late: (() => void)[] = [];
  const hung: (() => void)[] = [];
  const listeners = new Map<EngineName, Set<(failure: Failure) => void>>();
  const engine: FakeEngine = {
    memoryLimit: 2 ** 30,
    isReal: false,
    unavailable: new Set(),
    unopened: new Map(),
    useless: new Set(),
    silent: new Set(),
    answer: () => {
      for (const answer of late.splice(0)) answer();
    },
    hanging: null,
    hang: (name) => {
      engine.hanging = name;
      return () => {
        engine.hanging = null;
        for (const finish of hung.splice(0)) finish();
      };
    },
    surveyHangs: false,
    openings: [],
    surveys: 0,
    breaks: false,
    scanMilliseconds: 0,
    fileMilliseconds: 0,
    scanMillisecondsOf: new Map(),
    survey: [],
    buffers: 0,
    open: 0,
    trainingSteps: 0,
    lose: (name) => {
      const told = listeners.get(name) ?? new Set();
      listeners.delete(name);
      for (const tell of told) tell({ code: 'device-lost', engine: name, cause: 'unplugged' });
    },
  };

  const instrument = (kernels: Kernels, name: EngineName): Kernels => ({
    ...kernels,
    allocate: (kind, length) => {
      engine.buffers += 1;
      return kernels.allocate(kind, length);
    },
    free: (buffer) => {
      engine.buffers -= 1;
      kernels.free(buffer);
    },
    settle: async () => {
      if (engine.hanging === name) {
        await new Promise<void>((resolve) => {
          hung.push(resolve);
        });
      }
      await kernels.settle();
    },
    scan: (args) => {
      if (engine.useless.has(name)) throw new Error(`${name} cannot do this`);
      clock.advance(engine.scanMillisecondsOf.get(name) ?? engine.scanMilliseconds);
      kernels.scan(args);
    },
    sumOfSquares: (x, out) => {
      kernels.sumOfSquares(x, out);
      if (engine.breaks) kernels.fill(out, Infinity);
    },
    optimizerStep: (args) => {
      engine.trainingSteps += 1;
      kernels.optimizerStep(args);
    },
    dispose: () => {
      engine.open -= 1;
      kernels.dispose();
    },
  });

  const openEngine: OpenEngine = async (choice: EngineChoice, onLost) => {
    const wished: EngineName = choice === 'auto' ? 'cpu' : choice;
    engine.openings.push(choice);
    if (engine.silent.has(wished)) {
      await new Promise<void>((resolve) => {
        late.push(resolve);
      });
    }
    const absent: Failure = { code: 'engine-unavailable', engine: wished, cause: 'absent' };
    const failure = engine.unopened.get(wished) ?? (engine.unavailable.has(wished) ? absent : null);
    const name = failure === null ? wished : 'cpu';
    if (!listeners.has(name)) listeners.set(name, new Set());
    listeners.get(name)?.add(onLost);
    engine.open += 1;
    const info: EngineInfo = { name, available: true, device: `fake ${name}`, software: true };
    const isSimd = engine.isReal && name === 'simd';
    const kernels = isSimd ? await createSimdKernels(await simdProgram()) : createReferenceKernels();
    return { kernels: instrument(kernels, name), info, failure, memoryLimit: engine.memoryLimit };
  };
  return { engine, openEngine };
};

const CORPORA: Corpora = {
  setBase: () => undefined,
  catalogue: () => Promise.resolve([]),
  addTasks: () => Promise.resolve(),
  load: (id) => Promise.reject(new Error(`no ${id}`)),
};

type Told<T extends WorkerEvent['type']> = Extract<WorkerEvent, { type: T }>;

export const createHarness = (
  makeCorpora: (clock: FakeClock) => Corpora = () => CORPORA,
  loadDetector: () => Promise<Detect> = () => Promise.resolve(detectEncoding),
  loadAnalyses: LoadAnalyses = () => Promise.resolve(analyses),
  { cabinet = new FakeCabinet(), turn = () => Promise.resolve() }: { cabinet?: FakeCabinet; turn?: Turn } = {},
) => {
  const clock = new FakeClock();
  const corpora = makeCorpora(clock);
  const { engine, openEngine } = createFakeEngine(clock);
  const events: WorkerEvent[] = [];
  class SlowKeeper extends Keeper {
    override fileOf(run: RunToSave) {
      clock.advance(engine.fileMilliseconds);
      return super.fileOf(run);
    }
  }
  const keeping = {
    Keeper: SlowKeeper,
    openCabinet: cabinet.open,
    bindLife: () => undefined,
    awaitTurn: turn,
    spaceOf: () => Promise.resolve({ used: 1e6, most: 1e9 }),
  };
  const runs = createRuns({
    clock,
    corpora,
    loadDetector,
    loadAnalyses,
    openEngine,
    askEngines: (tell) => {
      engine.surveys += 1;
      if (engine.surveyHangs) return new Promise(() => undefined);
      tell([...engine.survey]);
      return Promise.resolve(engine.survey);
    },
    loadKeeping: () => Promise.resolve(keeping),
    today: () => clock.now(),
    // As the real port does: what arrives is a copy of what was sent.
    post: (event, transfer = []) => {
      events.push(structuredClone(event, { transfer }));
    },
  });

  const post = (command: Command) => {
    runs.handle(command);
  };
  // As a page whose score is in sight.
  post({ type: 'want', readings: ['probe'] });
  const all = <T extends WorkerEvent['type']>(type: T) =>
    events.filter((event): event is Told<T> => event.type === type);
  /** What the page was told of runs, each time: a description, and what has changed of it since. */
  const descriptions = (): RunDescription[] =>
    events.reduce<RunDescription[]>((told, event) => {
      if (event.type === 'description') return [...told, event.description];
      if (event.type !== 'standing') return told;
      const before = told.findLast(({ runId }) => runId === event.runId);
      return before === undefined ? told : [...told, { ...before, ...event.standing }];
    }, []);
  const description = () => descriptions().at(-1);
  const phaseOf = (runId: string) =>
    all('phase')
      .filter((event) => event.runId === runId)
      .at(-1);

  /** Lets the loops run, and time pass where they sleep, until `reached`. */
  const until = async (reached: () => boolean, what = 'it'): Promise<void> => {
    for (let k = 0; k < 4000; k++) {
      if (reached()) return;
      clock.advance(TICK);
      await tick();
    }
    const last = events.slice(-3).map((event) => JSON.stringify(event).slice(0, 300));
    throw new Error(`${what} never came; last: ${last.join('\n')}`);
  };
  const pass = async (milliseconds: number) => {
    const end = clock.now() + milliseconds;
    while (clock.now() < end) {
      clock.advance(TICK);
      await tick();
    }
  };

  let texts = 0;
  const loadText = async (text = TEXT): Promise<string> => {
    const textId = `text-${++texts}`;
    post({ type: 'load-text', textId, source: { kind: 'pasted', text } });
    await until(() => all('text-ready').some((event) => event.textId === textId), 'the text');
    return textId;
  };

  const phase = (runId: string, wanted: string) => until(() => phaseOf(runId)?.phase === wanted, `${runId} ${wanted}`);

  /** Opens a run and waits until it is shown. */
  const open = async (o: Partial<OpenRun> & { readonly runId: string; readonly textId: string }): Promise<void> => {
    post({ type: 'open', settings: TINY, replaces: null, when: 'ready', then: 'wait', ...o });
    await until(() => all('replaced').some((event) => event.runId === o.runId), `${o.runId} shown`);
    await until(() => phaseOf(o.runId) !== undefined, `phase of ${o.runId}`);
  };

  /** Makes single steps and returns their losses. */
  const losses = async (runId: string, count: number): Promise<number[]> => {
    const values: number[] = [];
    for (let k = 0; k < count; k++) {
      const before = phaseOf(runId)?.metrics.step ?? 0;
      post({ type: 'step', runId });
      await until(() => phaseOf(runId)?.metrics.step === before + 1, `step ${before + 1}`);
      values.push(phaseOf(runId)?.metrics.loss ?? NaN);
    }
    return values;
  };

  const giveBuffer = () => {
    post({ type: 'frame-buffer', buffer: new ArrayBuffer(64) });
  };

  return {
    clock,
    engine,
    cabinet,
    events,
    post,
    all,
    description,
    descriptions,
    phaseOf,
    until,
    pass,
    loadText,
    phase,
    open,
    losses,
    giveBuffer,
  };
};
