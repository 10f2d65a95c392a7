/** One race: everyone at one shape, in turns, in one page. */
import { limitOf, LIMITS, type Contestant } from './contestants';
import type { OpenPage } from './browser';
import type { Native } from './native';
import type { Answer, Turn } from './protocol';
import { paceOf, quartilesOf, turnsOf, type Pace, type Quartiles } from './rounds';
import { flopsOf, type Shape, type ShapeName } from './shapes';

/** Steps before any is timed: programs are compiled in the first, and a GPU's scans are measured in the next. */
const WARM_UP = 4;
/** Milliseconds after which warming up ends; a first step that is longer than all patience is the only one. */
const WARM_UP_BUDGET = 4_000;
const PATIENCE = 60_000;
/** How far the losses of the first steps may lie apart, relatively: everyone trains the same network on the same batch. */
const TOLERANCE = 1e-3;
/** Steps whose losses are compared: later ones magnify what rounding began. */
const COMPARED = 3;

export interface Result {
  readonly contestant: Contestant;
  readonly shape: ShapeName;
  /** Adapter, renderer or version. */
  readonly device: string;
  /** Milliseconds of a step. */
  readonly milliseconds: Quartiles;
  readonly rounds: number;
  /** Fewer rounds than the others had, because a step takes so long. */
  readonly isShort: boolean;
  readonly gflops: number;
  /** Of a plain matrix product on the same medium; null where it could not be measured. */
  readonly limitGflops: number | null;
  /** Of one step; null where nothing is dispatched. */
  readonly dispatches: number | null;
  /** Bytes beyond those of the empty page; null where the system does not say. */
  readonly peakMemory: number | null;
}

export interface Absence {
  readonly contestant: Contestant;
  readonly shape: ShapeName;
  readonly cause: string;
}

/** Who can be asked to make steps. */
interface Entrant {
  readonly device: string;
  readonly flops: number;
  readonly steps: (count: number) => Promise<Turn>;
  readonly dispatches: () => Promise<number | null>;
  readonly close: () => Promise<void>;
}

const expectAnswer = <T extends Answer['type']>(answer: Answer, type: T): Extract<Answer, { type: T }> => {
  if (answer.type === 'failed') throw new Error(answer.cause);
  if (answer.type !== type) throw new Error(`${answer.type} in place of ${type}`);
  return answer as Extract<Answer, { type: T }>;
};

const enterPage = async (page: OpenPage, id: string, shape: Shape): Promise<Entrant> => {
  const { device, flops } = expectAnswer(await page.ask(id, { type: 'open', id, shape }), 'opened');
  return {
    device,
    flops,
    steps: async (count) => expectAnswer(await page.ask(id, { type: 'steps', count }), 'steps'),
    dispatches: async () => expectAnswer(await page.ask(id, { type: 'dispatches' }), 'dispatches').count,
    close: () => page.close(id),
  };
};

/** PyTorch with so many threads, each a process of its own; none where it is not installed. */
export type Natives = ReadonlyMap<number, Native>;

type Runner = Pick<Contestant, 'id' | 'medium' | 'threads'>;

const enterNative = async (native: Native | undefined, { id }: Runner, shape: Shape): Promise<Entrant> => {
  if (!native) throw new Error('No Python with PyTorch was found (PYTHON names one)');
  const rest = { device: native.version, dispatches: () => Promise.resolve(null), close: () => Promise.resolve() };
  if (id.startsWith('limit')) {
    const { flops } = await native.limit(1);
    return {
      ...rest,
      flops,
      steps: async (count) => ({ ...(await native.limit(count)), losses: [] }),
    };
  }
  await native.open(shape);
  return { ...rest, flops: flopsOf(shape), steps: (count) => native.steps(count) };
};

const enter = (page: OpenPage, natives: Natives, runner: Runner, shape: Shape): Promise<Entrant> =>
  runner.medium === 'native'
    ? enterNative(natives.get(runner.threads), runner, shape)
    : enterPage(page, runner.id, shape);

/** The first losses and a guess of a step's milliseconds. */
const warmUp = async (entrant: Entrant): Promise<{ readonly losses: readonly number[]; readonly stepMs: number }> => {
  const losses: number[] = [];
  let stepMs = 0;
  let spent = 0;
  for (let k = 0; k < WARM_UP && (spent < WARM_UP_BUDGET || (k < 2 && spent < PATIENCE)); k++) {
    const turn = await entrant.steps(1);
    losses.push(...turn.losses);
    stepMs = turn.milliseconds;
    spent += stepMs;
  }
  return { losses, stepMs };
};

/** @throws where the first losses are not those of `expected` */
const compareLosses = (id: string, losses: readonly number[], expected: readonly number[]): void => {
  losses.slice(0, Math.min(COMPARED, expected.length)).forEach((loss, k) => {
    if (!(Math.abs(loss - expected[k]) <= TOLERANCE * expected[k])) {
      throw new Error(`${id} computes another loss in step ${k + 1}: ${loss}, not ${expected[k]}`);
    }
  });
};

interface Ready {
  readonly runner: Runner;
  readonly entrant: Entrant;
  readonly pace: Pace;
  readonly dispatches: number | null;
}

export interface RaceOptions {
  readonly shape: ShapeName;
  readonly size: Shape;
  readonly contestants: readonly Contestant[];
  readonly rounds: number;
  readonly page: OpenPage;
  readonly natives: Natives;
  readonly say: (line: string) => void;
}

export interface Race {
  readonly results: readonly Omit<Result, 'peakMemory'>[];
  readonly absences: readonly Absence[];
}

export const race = async (options: RaceOptions): Promise<Race> => {
  const { shape, size, contestants, rounds, page, natives, say } = options;
  const ready = new Map<string, Ready>();
  const absences: Absence[] = [];
  let expected: readonly number[] | null = null;

  const limits = LIMITS.filter(({ id }) => contestants.some((contestant) => limitOf(contestant).id === id));
  const leave = (id: string, error: unknown): void => {
    ready.delete(id);
    const contestant = contestants.find((candidate) => candidate.id === id);
    const cause = error instanceof Error ? error.message : String(error);
    say(`${shape} ${id}: ${cause}`);
    if (contestant) absences.push({ contestant, shape, cause });
  };
  for (const runner of [...contestants, ...limits]) {
    try {
      const entrant = await enter(page, natives, runner, size);
      const { losses, stepMs } = await warmUp(entrant);
      if (losses.length > 0) {
        expected ??= losses;
        compareLosses(runner.id, losses, expected);
      }
      const dispatches = await entrant.dispatches();
      ready.set(runner.id, { runner, entrant, pace: paceOf(stepMs, rounds), dispatches });
      say(`${shape} ${runner.id}: ${stepMs.toFixed(1)} ms`);
    } catch (error) {
      leave(runner.id, error);
    }
  }

  const times = new Map([...ready.keys()].map((id) => [id, [] as number[]]));
  for (const id of turnsOf(new Map([...ready].map(([id, { pace }]) => [id, pace.rounds])))) {
    const found = ready.get(id);
    if (!found) continue;
    const { entrant, pace } = found;
    try {
      const { milliseconds } = await entrant.steps(pace.steps);
      times.get(id)?.push(milliseconds / pace.steps);
    } catch (error) {
      // A device that one of them has lost is lost to all on it; the others go on.
      leave(id, error);
    }
  }
  for (const { entrant } of ready.values()) await entrant.close().catch(() => undefined);

  const rateOf = (id: string): number | null => {
    const found = ready.get(id);
    const measured = times.get(id);
    return found && measured ? found.entrant.flops / quartilesOf(measured).median / 1e6 : null;
  };
  const results = contestants.flatMap((contestant) => {
    const found = ready.get(contestant.id);
    if (!found) return [];
    const measured = times.get(contestant.id) ?? [];
    const { id, times: many } = limitOf(contestant);
    const limit = rateOf(id);
    return [
      {
        contestant,
        shape,
        device: found.entrant.device,
        milliseconds: quartilesOf(measured),
        rounds: measured.length,
        isShort: measured.length < rounds,
        gflops: rateOf(contestant.id) ?? NaN,
        limitGflops: limit === null ? null : limit * many,
        dispatches: found.dispatches === 0 ? null : found.dispatches,
      },
    ];
  });
  return { results, absences };
};

/** Peak memory of one contestant alone in a browser of its own, in bytes. */
export const peakAlone = async (
  open: () => Promise<OpenPage>,
  id: string | null,
  shape: Shape,
): Promise<number | null> => {
  const page = await open();
  try {
    if (id !== null) {
      const entrant = await enterPage(page, id, shape);
      await entrant.steps(1);
    }
    return await page.peakMemory();
  } finally {
    await page.end();
  }
};
