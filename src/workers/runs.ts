/** All runs of the worker: who is shown, who is on the way to replace whom, who can come back. Its port is injected. */
import { toFailure } from '../model/failures';
import type { Dataset } from '../model/text/types';
import type { Clock } from './clock';
import type { Corpora } from './corpora';
import { createEngines, type OpenEngine } from './engines';
import { createMeasuring } from './measuring';
import type { Command, EngineInfo, Event as WorkerEvent, OpenRun } from './protocol';
import { createTexts } from './texts';
import { createTrials } from './trials';
import { TrainingRun, type RunHost, type RunRequest, type Suspended } from './trainingRun';

export interface Surroundings {
  readonly clock: Clock;
  readonly post: (event: WorkerEvent, transfer?: Transferable[]) => void;
  readonly corpora: Corpora;
  readonly openEngine: OpenEngine;
  readonly surveyEngines: () => Promise<readonly EngineInfo[]>;
}

export interface Runs {
  handle(command: Command): void;
}

/** The page has two; more would only be memory. */
const MOST_BUFFERS = 4;

interface Opening {
  readonly run: TrainingRun;
  readonly replaces: string | null;
  /** The run comes back; where it cannot, the page must not take it for a new one that failed. */
  readonly returns: Suspended | null;
}

export const createRuns = ({ clock, post, corpora, openEngine, surveyEngines }: Surroundings): Runs => {
  const texts = createTexts({ clock, corpora, post });
  /** On the page, or side by side. */
  const shown = new Map<string, TrainingRun>();
  const openings = new Map<string, Opening>();
  /** Who took whose place: a command may still name the run that was there when it was sent. */
  const heirs = new Map<string, string>();
  /** What `undo` brings back: the run that `by` replaced last, or the one before where that one had made no step. */
  let past: { readonly by: string; readonly suspended: Suspended } | null = null;
  const buffers: ArrayBuffer[] = [];

  const isTraining = () => [...shown.values()].some(({ phase }) => phase === 'running');

  const measuring = createMeasuring({
    clock,
    isBusy: isTraining,
    isWanted: (dataset: Dataset) => [...shown.values()].some(({ reading }) => reading?.dataset === dataset),
  });

  const giveBuffer = (buffer: ArrayBuffer) => {
    if (buffers.length < MOST_BUFFERS) buffers.push(buffer);
    for (const run of shown.values()) run.bufferCame();
  };

  const retainTexts = () => {
    const runs = [...shown.values(), ...[...openings.values()].map(({ run }) => run)];
    texts.retain(new Set([...runs.map(({ textId }) => textId), ...(past ? [past.suspended.textId] : [])]));
  };

  const measure = async (run: TrainingRun) => {
    const { reading, runId } = run;
    if (reading === null) return;
    try {
      const baselines = await measuring.measure(reading.loaded, reading.dataset);
      if (baselines !== null && shown.get(runId) === run) post({ type: 'baselines', runId, baselines });
    } catch (caught) {
      post({ type: 'problem', runId, failure: toFailure(caught) });
    }
  };

  /** From here on there is no way back: the old run departs, whoever else wants to replace it now replaces the new one. */
  const show = async (run: TrainingRun) => {
    const { runId } = run;
    const replaces = openings.get(runId)?.replaces ?? null;
    const old = replaces === null ? undefined : shown.get(replaces);
    openings.delete(runId);
    shown.set(runId, run);
    heirs.delete(runId);
    if (old !== undefined) {
      shown.delete(old.runId);
      heirs.set(old.runId, runId);
      const suspended = await old.depart();
      const hasLearnt = (past?.suspended.snapshot?.metrics.step ?? 0) > 0;
      if (suspended.snapshot === null) past = null;
      // A run that has made no step is nothing to come back to where another one has.
      else if (past !== null && hasLearnt && suspended.snapshot.metrics.step === 0) past = { ...past, by: runId };
      else past = { by: runId, suspended };
    }
    post({ type: 'replaced', runId, replaced: replaces, undoes: past?.by === runId ? past.suspended.runId : null });
    retainTexts();
    void measure(run);
  };

  const engines = createEngines(openEngine);
  const trials = createTrials({
    clock,
    engines,
    surveyEngines,
    isBusy: () => openings.size > 0 || isTraining(),
    post,
  });

  const host: RunHost = {
    clock,
    post,
    texts,
    engines,
    trials,
    takeBuffer: () => buffers.pop() ?? null,
    giveBuffer,
    show,
    stillborn: (run, failure) => {
      const { runId } = run;
      const opening = openings.get(runId);
      openings.delete(runId);
      if (opening?.returns) {
        past = { by: opening.replaces ?? '', suspended: opening.returns };
        post({ type: 'problem', runId: opening.replaces, failure });
      } else post({ type: 'phase', runId, phase: 'failed', metrics: run.metrics, failure, resumable: null });
      retainTexts();
    },
  };

  const abandon = ({ run, replaces, returns }: Opening) => {
    run.cancel();
    openings.delete(run.runId);
    if (returns !== null && replaces !== null) past = { by: replaces, suspended: returns };
  };

  const begin = (request: RunRequest, replaces: string | null, returns: Suspended | null) => {
    const run = new TrainingRun(host, request);
    openings.set(request.runId, { run, replaces, returns });
    run.start();
  };

  const open = (command: OpenRun) => {
    if (shown.has(command.runId) || openings.has(command.runId)) return;
    let { replaces } = command;
    const unborn = replaces === null ? undefined : openings.get(replaces);
    if (unborn !== undefined) {
      abandon(unborn);
      ({ replaces } = unborn);
    }
    while (replaces !== null && !shown.has(replaces)) replaces = heirs.get(replaces) ?? null;
    // Only one run at a time is on its way to a place.
    for (const rival of [...openings.values()]) if (replaces !== null && rival.replaces === replaces) abandon(rival);
    begin({ ...command, layer: 0, snapshot: null, healthy: null }, replaces, null);
  };

  const undo = (runId: string) => {
    const isTaken = [...openings.values()].some(({ replaces }) => replaces === runId);
    if (past?.by !== runId || !shown.has(runId) || isTaken) return;
    const { suspended } = past;
    past = null;
    begin({ ...suspended, when: 'ready', then: 'wait' }, runId, suspended);
  };

  const handle = (command: Command) => {
    const run = 'runId' in command ? (shown.get(command.runId) ?? openings.get(command.runId)?.run) : undefined;
    switch (command.type) {
      case 'start':
        corpora.setBase(command.base);
        break;
      case 'survey':
        surveyEngines().then(
          (engines) => {
            post({ type: 'engines', engines });
          },
          (caught: unknown) => {
            post({ type: 'problem', runId: null, failure: toFailure(caught) });
          },
        );
        break;
      case 'load-text':
        texts.load(command.textId, command.source);
        break;
      case 'cancel-text':
        texts.cancel(command.textId);
        break;
      case 'open':
        open(command);
        break;
      case 'train':
        run?.train();
        break;
      case 'pause':
        run?.pause();
        break;
      case 'step':
        run?.step();
        break;
      case 'resume':
        run?.resume();
        break;
      case 'change':
        run?.change(command.settings);
        break;
      case 'watch':
        run?.watch(command.layer);
        break;
      case 'sample':
        run?.sample();
        break;
      case 'recall':
        trials.recall(command.measurements);
        break;
      case 'measure':
        if (run?.subject) trials.measure(run.subject);
        break;
      case 'undo':
        undo(command.runId);
        break;
      case 'frame-buffer':
        giveBuffer(command.buffer);
        break;
      case 'ping':
        post({ type: 'alive', id: command.id });
        break;
    }
  };

  return {
    handle: (command) => {
      try {
        handle(command);
      } catch (caught) {
        post({ type: 'problem', runId: null, failure: toFailure(caught) });
      }
    },
  };
};
