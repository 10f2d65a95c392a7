/** What each of the worker's events makes of the state: a pure function, so that a story of events can be told in a test. */
import { CELLS } from '../model/cells';
import type { Failure } from '../model/failures';
import { SPEEDS, type Settings } from '../model/settings';
import { NO_METRICS, type Metrics, type Points, type Sample } from '../model/telemetry';
import type { Event as WorkerEvent, RunDescription } from '../workers/protocol';
import { selectFollowed } from './following';
import {
  untold,
  type EarlierRun,
  type Facts,
  type NumberedSample,
  type Problem,
  type Selection,
  type ShownRun,
} from './state';

const MOST_SAMPLES = 50;
const MOST_PROBLEMS = 20;
/** A speed that differs by less, as a share, says the same to a reader. */
const SAME_SPEED = 0.1;

const patchRun = (state: Facts, runId: string, patch: Partial<ShownRun>): Partial<Facts> =>
  state.run?.runId === runId ? { run: { ...state.run, ...patch } } : {};

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

/** What is known of the run, now that it is described anew. A speed that was measured on another engine says nothing any more. */
const describedRun = (run: ShownRun, description: RunDescription): ShownRun =>
  run.description === null || run.description.engine.name === description.engine.name
    ? { ...run, description }
    : { ...run, description, metrics: { ...run.metrics, charactersPerSecond: 0 }, fullSpeed: 0 };

/** The speed at which the run trains where it is let loose. */
const fullSpeedOf = ({ fullSpeed }: ShownRun, { charactersPerSecond }: Metrics, { speed }: Settings): number => {
  const isSame = Math.abs(charactersPerSecond - fullSpeed) <= SAME_SPEED * fullSpeed;
  return SPEEDS[speed] < Infinity || charactersPerSecond === 0 || isSame ? fullSpeed : charactersPerSecond;
};

/** Copies: what a frame's buffer holds is overwritten. */
const kept = ({ steps, values }: Points): Points => ({ steps: steps.slice(), values: values.slice() });

/** The run that is left beside the one that takes its place; none where that is the one that stood beside it. */
const earlierBeside = (
  { run, history, earlier }: Facts,
  { runId, replaced }: Extract<WorkerEvent, { type: 'replaced' }>,
): EarlierRun | null => {
  if (runId === earlier?.runId) return null;
  const hasLearnt = run !== null && run.metrics.step > 0;
  if (runId === replaced || !hasLearnt || run.description === null || history === null) return earlier;
  const { textId, settings } = run.description;
  return {
    runId: run.runId,
    textId,
    settings,
    step: run.metrics.step,
    smoothedLoss: kept(history.smoothedLoss),
    heldOutLoss: kept(history.heldOutLoss),
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
    case 'measurements':
      return { measurements: event.known, measuring: event.measuring };
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
      if (state.run?.runId !== description.runId) return {};
      return { run: describedRun(state.run, description), selection: fitSelection(state.selection, description) };
    }
    case 'rankings': {
      const { runId, step, layer, rankings, probeLabels } = event;
      if (state.run?.runId !== runId) return {};
      const unitRankings = { step, layer, rankings, probeLabels };
      return { unitRankings, selection: selectFollowed({ ...state, unitRankings }) };
    }
    case 'ruined':
      return patchRun(state, event.runId, { ruin: event.ruin });
    case 'baselines':
      return patchRun(state, event.runId, { baselines: event.baselines });
    case 'phase': {
      const { runId, phase, metrics, failure, resumable, stopped } = event;
      if (state.opening?.runId === runId) {
        return phase === 'failed' ? { opening: { ...state.opening, failure } } : {};
      }
      return patchRun(state, runId, { phase, metrics, failure, resumable, stopped });
    }
    case 'replaced':
      return {
        run: {
          runId: event.runId,
          phase: 'loading',
          description: null,
          metrics: NO_METRICS,
          failure: null,
          resumable: null,
          stopped: null,
          ruin: null,
          baselines: null,
          fullSpeed: state.run?.runId === event.runId ? state.run.fullSpeed : 0,
        },
        opening: state.opening?.runId === event.runId ? null : state.opening,
        heldBack: heldBackFrom(state, event),
        history: null,
        frame: null,
        earlier: earlierBeside(state, event),
        samples: [],
        unitRankings: null,
      };
    case 'deeds':
      return state.run?.runId === event.runId ? { undoable: event.undo, redoable: event.redo } : {};
    case 'frame': {
      const { runId, metrics, history, probe } = event;
      const fullSpeed = state.run === null ? 0 : fullSpeedOf(state.run, metrics, state.settings);
      return { ...patchRun(state, runId, { metrics, fullSpeed }), history, frame: probe };
    }
    case 'sample':
      return state.run?.runId === event.sample.runId ? { samples: addSample(state.samples, event.sample) } : {};
    case 'problem':
      return { problems: addProblem(state.problems, event.failure) };
    case 'alive':
    case 'waiting':
      return {};
  }
};
