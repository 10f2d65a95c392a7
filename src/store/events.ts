/** What each of the worker's events makes of the state: a pure function, so that a story of events can be told in a test. */
import { CELLS } from '../model/cells';
import type { Failure } from '../model/failures';
import { SPEEDS, type Settings } from '../model/settings';
import type { History, Metrics, Sample } from '../model/telemetry';
import type { WorkerEvent, RunDescription } from '../workers/protocol';
import { selectFollowed } from './following';
import {
  newRunState,
  shownRun,
  untold,
  type Facts,
  type NumberedSample,
  type Problem,
  type RunState,
  type Selection,
} from './state';

const MOST_SAMPLES = 50;
const MOST_PROBLEMS = 20;
/** A speed that differs by less, as a share, says the same to a reader. */
const SAME_SPEED = 0.1;

/** What of the run changes; nothing where the page does not know it. */
const patchRun = (state: Facts, runId: string, patch: Partial<RunState>): Partial<Facts> =>
  runId in state.runs ? { runs: { ...state.runs, [runId]: { ...state.runs[runId], ...patch } } } : {};

/**
 * The reader's place in the network, moved to where the new run has one. In another text the cursor begins in the middle:
 * the first characters are read from a blank state.
 */
const fitSelection = (selection: Selection, { settings, probe }: RunDescription): Selection => {
  const { bands } = CELLS[settings.cell];
  const { colouring } = selection;
  const isSame = selection.text === null || probe === selection.text;
  return {
    ...selection,
    text: probe,
    ...(!isSame && { pinned: false, cursor: Array.from(probe).length >> 1 }),
    unit: Math.min(selection.unit, settings.units - 1),
    layer: Math.min(selection.layer, settings.layers - 1),
    chosenUnits: selection.chosenUnits.filter((unit) => unit < settings.units),
    colouring: colouring === 'surprise' || bands.includes(colouring) ? colouring : 'h',
  };
};

/** A sample that grows replaces its shorter self, and so does the next one where it was given up. */
const addSample = (samples: readonly NumberedSample[], sample: Sample): readonly NumberedSample[] => {
  const last = samples.at(-1);
  const kept = last !== undefined && !last.complete ? samples.slice(0, -1) : samples;
  return [...kept, { ...sample, number: (kept.at(-1)?.number ?? 0) + 1 }].slice(-MOST_SAMPLES);
};

/** A run that goes back leaves what waits for a new one as it is. */
const heldBackFrom = (
  state: Facts,
  { runId, replaced }: Extract<WorkerEvent, { type: 'replaced' }>,
): Partial<Settings> => {
  if (runId === replaced) return state.heldBack;
  return state.opening?.runId === runId ? untold(state) : {};
};

/** A speed that was measured on another engine says nothing any more. */
const described = (run: RunState, description: RunDescription): Partial<RunState> =>
  run.description === null || run.description.engine.name === description.engine.name
    ? { description }
    : { description, metrics: { ...run.metrics, charactersPerSecond: 0 }, fullSpeed: 0 };

const describe = (state: Facts, run: RunState, description: RunDescription): Partial<Facts> => ({
  ...patchRun(state, run.runId, described(run, description)),
  selection: fitSelection(state.selection, description),
});

/** The speed at which the run trains where it is let loose. */
const fullSpeedOf = ({ fullSpeed }: RunState, { charactersPerSecond }: Metrics, { speed }: Settings): number => {
  const isSame = Math.abs(charactersPerSecond - fullSpeed) <= SAME_SPEED * fullSpeed;
  return SPEEDS[speed] < Infinity || charactersPerSecond === 0 || isSame ? fullSpeed : charactersPerSecond;
};

/** Copies: what a frame's buffer holds is overwritten. */
const keptHistory = ({ loss, smoothedLoss, heldOutLoss, milestones }: History): History => {
  const kept = <T extends object>(record: T): T =>
    Object.fromEntries(
      Object.entries(record).map(([name, value]: [string, number | Float32Array | Float64Array]) => [
        name,
        typeof value === 'number' ? value : value.slice(),
      ]),
    ) as T;
  return {
    loss: kept(loss),
    smoothedLoss: kept(smoothedLoss),
    heldOutLoss: kept(heldOutLoss),
    milestones: kept(milestones),
  };
};

/** What stays of a run that leaves the page. */
const departed = (run: RunState): RunState => ({
  ...run,
  history: run.history && keptHistory(run.history),
  readings: {},
  unitRankings: null,
});

/** The run that is left beside the one that takes its place; none where that is the one that stood beside it. */
const earlierBeside = (
  state: Facts,
  { runId, replaced }: Extract<WorkerEvent, { type: 'replaced' }>,
): string | null => {
  const { earlier } = state;
  if (runId === earlier) return null;
  const run = shownRun(state);
  const hasLearnt = run !== null && run.metrics.step > 0 && run.description !== null && run.history !== null;
  return runId === replaced || !hasLearnt ? earlier : run.runId;
};

/** The runs once one takes the place of another, or goes back itself. What it wrote is still there, and so is its past. */
const runsAfter = (state: Facts, { runId }: Extract<WorkerEvent, { type: 'replaced' }>): Facts['runs'] => {
  const run = shownRun(state);
  const known = runId in state.runs ? state.runs[runId] : null;
  return {
    ...state.runs,
    ...(run !== null && { [run.runId]: departed(run) }),
    [runId]: {
      ...newRunState(runId),
      ...(known !== null && { samples: known.samples }),
      ...(run?.runId === runId ? { fullSpeed: run.fullSpeed } : known !== null && { history: known.history }),
    },
  };
};

/** Failures of the same thing in the same way, whatever cause each names, are of one kind. */
const kindOf = (failure: Failure): string => JSON.stringify({ ...failure, cause: undefined });

/** One of a kind that stands there already is counted with it: what follows from one fault is no news. */
const addProblem = (problems: readonly Problem[], failure: Failure): readonly Problem[] => {
  const known = problems.find((problem) => kindOf(problem.failure) === kindOf(failure));
  if (known !== undefined) {
    return problems.map((problem) => (problem === known ? { ...problem, times: problem.times + 1 } : problem));
  }
  const id = Math.max(0, ...problems.map((problem) => problem.id)) + 1;
  return [...problems, { id, failure, times: 1 }].slice(-MOST_PROBLEMS);
};

export const reduceEvent = (state: Facts, event: WorkerEvent): Partial<Facts> => {
  switch (event.type) {
    case 'catalogue':
      return { catalogue: event.entries, catalogueFailure: null };
    case 'catalogue-failed':
      return { catalogueFailure: event.failure };
    case 'engines':
      return { engines: event.engines };
    case 'timings':
      return { timings: event.known, timedEngine: event.timedEngine };
    case 'text-progress':
      return state.text?.textId === event.textId
        ? { text: { ...state.text, stage: event.stage, done: event.done } }
        : {};
    case 'text-ready':
      return state.text?.textId === event.textId
        ? { text: { ...state.text, status: 'ready', done: 1, facts: event.facts } }
        : {};
    case 'text-failed':
      return state.text?.textId === event.textId
        ? { text: { ...state.text, status: 'failed', failure: event.failure, failedSource: state.text.source } }
        : {};
    case 'description': {
      const { description } = event;
      const run = shownRun(state);
      return run?.runId === description.runId ? describe(state, run, description) : {};
    }
    case 'standing': {
      const run = shownRun(state);
      if (run?.runId !== event.runId || run.description === null) return {};
      return describe(state, run, { ...run.description, ...event.standing });
    }
    case 'rankings': {
      const { runId, step, layer, rankings, probeLabels } = event;
      if (state.shown !== runId) return {};
      const patch = patchRun(state, runId, { unitRankings: { step, layer, rankings, probeLabels } });
      return { ...patch, selection: selectFollowed({ ...state, ...patch }) };
    }
    case 'ruined':
      return patchRun(state, event.runId, { ruin: event.ruin });
    case 'baselines':
      return patchRun(state, event.runId, { baselines: event.baselines });
    case 'decisions':
      return patchRun(state, event.runId, { decided: event.decided });
    case 'phase': {
      const { runId, phase, metrics, failure, resumable, stopped } = event;
      if (state.opening?.runId === runId) {
        return phase === 'failed' ? { opening: { ...state.opening, failure } } : {};
      }
      return patchRun(state, runId, { phase, metrics, failure, resumable, stopped });
    }
    case 'replaced':
      return {
        runs: runsAfter(state, event),
        shown: event.runId,
        opening: state.opening?.runId === event.runId ? null : state.opening,
        heldBack: heldBackFrom(state, event),
        earlier: earlierBeside(state, event),
        selection: { ...state.selection, pastStep: null },
      };
    case 'deeds': {
      const { runId, undo, redo } = event;
      if (state.shown !== runId) return {};
      const there = new Set([...undo, ...redo].map((deed) => deed.runId));
      const runs = Object.fromEntries(
        Object.entries(state.runs).filter(([id]) => there.has(id) || id === state.shown || id === state.earlier),
      );
      return { undoable: undo, redoable: redo, runs };
    }
    case 'frame': {
      const { runId, metrics, history, readings } = event;
      const run = shownRun(state);
      if (run?.runId !== runId) return {};
      return patchRun(state, runId, {
        metrics,
        fullSpeed: fullSpeedOf(run, metrics, state.settings),
        history,
        readings,
      });
    }
    case 'sample': {
      const { sample } = event;
      const run = shownRun(state);
      return run?.runId === sample.runId
        ? patchRun(state, sample.runId, { samples: addSample(run.samples, sample) })
        : {};
    }
    case 'problem':
      return { problems: addProblem(state.problems, event.failure) };
    case 'alive':
    case 'answer':
    case 'waiting':
    case 'run-file':
    case 'run-read':
    case 'run-unread':
    case 'run-kept':
    case 'keeping':
    case 'kept-runs':
    case 'kept-runs-failed':
    case 'bound':
    case 'returns':
      return {};
  }
};
