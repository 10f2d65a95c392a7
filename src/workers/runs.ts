/** All runs of the worker: who is shown, who is on the way to replace whom, who can come back. Its port is injected. */
import { toFailure } from '../model/failures';
import type { FrameReadingName } from '../model/inspect/readings';
import { liveOf } from '../model/settings';
import type { Detect } from '../model/text/decode';
import type { Clock } from './clock';
import type { Corpora } from './corpora';
import { createEngines, type OpenEngine } from './engines';
import type { Keeper } from './keeper';
import { Keeping, type KeepingPart } from './keeping';
import type { Command, WorkerEvent, OpenRun } from './protocol';
import { parseTimings } from './storedTimings';
import { createSurvey, type AskEngines } from './survey';
import { createTexts } from './texts';
import { createTextWork, type LoadAnalyses, type TextWorkHost } from './textWork';
import { createTrials } from './trials';
import { Timeline, type Direction, type Taken } from './timeline';
import { TrainingRun, type RunHost, type RunRequest } from './trainingRun';

export interface RunsHost {
  readonly clock: Clock;
  readonly post: (event: WorkerEvent, transfer?: Transferable[]) => void;
  readonly corpora: Corpora;
  /** Brings what tells the encoding of a file. */
  readonly loadDetector: () => Promise<Detect>;
  readonly loadAnalyses: LoadAnalyses;
  readonly openEngine: OpenEngine;
  readonly askEngines: AskEngines;
  /** Brings what keeps runs and reads their files. */
  readonly loadKeeping: () => Promise<KeepingPart>;
  /** Milliseconds since 1970. */
  readonly today: () => number;
}

export interface Runs {
  handle(command: Command): void;
}

/** The page has two; more would only be memory. */
const MOST_BUFFERS = 4;

/** What a run begins with. */
type Origin = Pick<RunRequest, 'snapshot' | 'chronicle' | 'vocabulary' | 'before' | 'tune'>;

const NOTHING: Origin = { snapshot: null, chronicle: null, vocabulary: null, before: null, tune: null };

interface Opening {
  readonly run: TrainingRun;
  readonly replaces: string | null;
  /** The run comes back; where it cannot, the page must not take it for a new one that failed. */
  readonly returns: Taken | null;
}

export const createRuns = (surroundings: RunsHost): Runs => {
  const { clock, post, corpora, loadDetector, loadAnalyses, openEngine, askEngines } = surroundings;
  /** On the page, or side by side. */
  const shown = new Map<string, TrainingRun>();
  const keeping: Keeping = new Keeping({
    clock,
    post,
    load: async () => {
      const { Keeper, openCabinet, awaitTurn, bindLife, spaceOf } = await surroundings.loadKeeping();
      bindLife((lock) => {
        post({ type: 'bound', lock });
      });
      return new Keeper({
        clock,
        post,
        openCabinet,
        turn: awaitTurn,
        space: spaceOf,
        today: surroundings.today,
        catalogue: () => corpora.catalogue(),
        addTasks: () => corpora.addTasks(),
        isShown: (runId) => shown.has(runId),
        pages: keeping.pages,
      });
    },
    came: () => {
      for (const run of shown.values()) run.mayBeSaved();
    },
  });
  const texts = createTexts({
    clock,
    corpora,
    loadDetector,
    kept: async (hash, pause) => (await keeping.load()).text(hash, pause),
    written: async (...text) => (await keeping.load()).written(...text),
    post,
  });
  const openings = new Map<string, Opening>();
  /** Those whose place another run has taken, and which have not left yet. */
  const departing = new Map<string, TrainingRun>();
  /** Who took whose place: a command may still name the run that was there when it was sent. */
  const heirs = new Map<string, string>();
  /** What can be undone, by the run that is shown at its place. */
  const timelines = new Map<string, Timeline>();
  /** Runs whose place the one before them has not left yet. */
  const arriving = new Set<string>();
  const buffers: ArrayBuffer[] = [];
  /** Readings that the page's views want. */
  let wanted: readonly FrameReadingName[] = [];

  const isTraining = () => [...shown.values()].some(({ phase }) => phase === 'running');

  const textWork: TextWorkHost = {
    clock,
    loadAnalyses,
    isBusy: isTraining,
    isWanted: (dataset) => [...shown.values()].some(({ reading }) => reading?.dataset === dataset),
  };
  const baselinesOf = createTextWork(textWork, ({ text, entry }, dataset, { baselinesWithGrammar }) =>
    baselinesWithGrammar(text, entry?.grammar?.id ?? null, dataset),
  );
  const followedIn = createTextWork(textWork, function* ({ text, entry }, dataset, by) {
    const grammar = entry?.grammar?.id ?? null;
    const decisions = yield* by.heldOutDecisionsInSteps(text, grammar, dataset);
    return {
      followed: { labels: yield* by.heldOutLabelsInSteps(text, grammar, dataset), by },
      asked: decisions && { decisions, by },
    };
  });

  const giveBuffer = (buffer: ArrayBuffer) => {
    if (buffers.length < MOST_BUFFERS) buffers.push(buffer);
    for (const run of shown.values()) run.bufferCame();
  };

  const retainTexts = () => {
    const runs = [...shown.values(), ...[...openings.values()].map(({ run }) => run)];
    const states = [...timelines.values()].flatMap((timeline) => timeline.states());
    texts.retain(new Set([...runs, ...states].map(({ textId }) => textId)));
  };

  const tellDeeds = (runId: string) => {
    const timeline = timelines.get(runId);
    if (timeline !== undefined) post({ type: 'deeds', runId, ...timeline.deeds() });
    retainTexts();
  };

  let listsTasks = false;
  /** The list of corpora with the toy tasks, whose part of the program is there once a run is. */
  const listTasks = async () => {
    if (listsTasks) return;
    await corpora.addTasks();
    listsTasks = true;
    loadCatalogue();
  };

  /** What the text of a run tells once that has been worked out. */
  const readText = async (run: TrainingRun) => {
    const { reading, runId } = run;
    if (reading === null) return;
    const { loaded, dataset } = reading;
    try {
      if (loaded.entry?.kind === 'task') await listTasks();
      const found = await followedIn(loaded, dataset);
      if (found !== null && shown.get(runId) === run) run.follow(found.followed, found.asked);
      await listTasks();
      const baselines = await baselinesOf(loaded, dataset);
      if (baselines !== null && shown.get(runId) === run) post({ type: 'baselines', runId, baselines });
    } catch (caught) {
      post({ type: 'problem', runId, failure: toFailure(caught) });
    }
  };

  /** From here on there is no way back: the old run departs, whoever else wants to replace it now replaces the new one. */
  const show = async (run: TrainingRun) => {
    const { runId, textId } = run;
    const { replaces = null, returns = null } = openings.get(runId) ?? {};
    const old = replaces === null ? undefined : shown.get(replaces);
    const timeline = timelines.get(old?.runId ?? '') ?? new Timeline((text) => texts.bytes(text));
    openings.delete(runId);
    if (old !== undefined) {
      shown.delete(old.runId);
      timelines.delete(old.runId);
      heirs.set(old.runId, runId);
      departing.set(old.runId, old);
    }
    shown.set(runId, run);
    keeping.release(runId);
    timelines.set(runId, timeline);
    heirs.delete(runId);
    if (old !== undefined) {
      arriving.add(runId);
      const left = await old.depart();
      departing.delete(old.runId);
      arriving.delete(runId);
      if (returns !== null) timeline.arrived(returns, left);
      else timeline.replaced(left, textId, clock.now());
    }
    post({ type: 'replaced', runId, replaced: replaces });
    tellDeeds(runId);
    void readText(run);
    keeping.begin();
  };

  const engines = createEngines(openEngine);
  const survey = createSurvey(askEngines, (infos) => {
    post({ type: 'engines', engines: infos });
  });
  const trials = createTrials({
    clock,
    engines,
    survey,
    isBusy: () => openings.size > 0 || isTraining(),
    isWriting: () => [...shown.values()].some((run) => run.isWriting),
    post,
  });

  const host: RunHost = {
    clock,
    post,
    keeping,
    texts,
    engines,
    trials,
    hasBuffer: () => buffers.length > 0,
    takeBuffer: () => buffers.pop() ?? null,
    giveBuffer,
    wanted: () => wanted,
    show,
    continues: ({ runId }, changed) => timelines.get(runId)?.continues(runId, changed, clock.now()) ?? false,
    changed: (run, changed, before) => {
      const { runId } = run;
      if (shown.get(runId) !== run) return;
      timelines.get(runId)?.changed(before, changed, clock.now());
      tellDeeds(runId);
    },
    stillborn: (run, failure) => {
      const { runId } = run;
      const opening = openings.get(runId);
      if (opening?.returns) {
        abandon(opening);
        post({ type: 'problem', runId: opening.replaces, failure });
      } else
        post({ type: 'phase', runId, phase: 'failed', metrics: run.metrics, failure, resumable: null, stopped: null });
      retainTexts();
    },
  };

  const abandon = ({ run, replaces, returns }: Opening) => {
    run.cancel();
    openings.delete(run.runId);
    if (returns !== null) timelines.get(replaces ?? '')?.putBack(returns);
  };

  const begin = (request: Omit<RunRequest, 'meanwhile'>, replaces: string | null, returns: Taken | null) => {
    const meanwhile = shown.get(replaces ?? '')?.meanwhile ?? null;
    const run = new TrainingRun(host, { ...request, meanwhile });
    openings.set(request.runId, { run, replaces, returns });
    run.start();
  };

  /** What a new run begins with: nothing, or the saved run that was read; null where that is gone. */
  const originOf = ({ from, tunes, settings, replaces, pastStep }: OpenRun): Origin | null => {
    if (pastStep !== undefined) {
      const past = shown.get(replaces ?? '')?.asOf(pastStep) ?? null;
      return past && { ...NOTHING, ...past };
    }
    if (from === undefined) return NOTHING;
    const { keeper } = keeping;
    const saved = keeper?.take(from) ?? null;
    if (keeper === null || saved === null) return null;
    const { snapshot, vocabulary } = saved;
    const before = vocabulary?.codePoints ?? null;
    if (tunes === true) return { ...NOTHING, before, tune: (dataset) => keeper.tune(saved, dataset) };
    // The same text may have come under another name.
    const named = { ...snapshot, settings: { ...snapshot.settings, corpus: settings.corpus } };
    return { ...NOTHING, snapshot: named, vocabulary, before: snapshot.tunedFrom && before };
  };

  const open = (command: OpenRun) => {
    if (shown.has(command.runId) || openings.has(command.runId)) return;
    const origin = originOf(command);
    if (origin === null) throw new Error(`there is no run ${String(command.from ?? command.pastStep)} to go on from`);
    let { replaces } = command;
    const unborn = replaces === null ? undefined : openings.get(replaces);
    if (unborn !== undefined) {
      abandon(unborn);
      ({ replaces } = unborn);
    }
    while (replaces !== null && !shown.has(replaces)) replaces = heirs.get(replaces) ?? null;
    // Only one run at a time is on its way to a place.
    for (const rival of [...openings.values()]) if (replaces !== null && rival.replaces === replaces) abandon(rival);
    begin({ ...command, layer: 0, healthy: null, ...origin }, replaces, null);
  };

  /** A run that was replaced comes back as it was; one that goes back itself keeps what its numbers do not depend on. */
  const travel = async (runId: string, direction: Direction) => {
    await shown.get(runId)?.changesMade();
    const run = shown.get(runId);
    const isTaken = arriving.has(runId) || [...openings.values()].some(({ replaces }) => replaces === runId);
    const taken = run === undefined || isTaken ? null : (timelines.get(runId)?.take(direction) ?? null);
    if (run === undefined || taken === null) return;
    const { state } = taken.moment;
    const goesBack = state.runId === runId;
    const settings = goesBack ? { ...run.settings, ...liveOf(state.settings) } : state.settings;
    const then = goesBack && run.phase === 'running' ? 'train' : 'wait';
    begin({ ...state, settings, vocabulary: null, tune: null, when: 'ready', then }, runId, taken);
  };

  const readRun = (fileId: string, read: (keeper: Keeper) => Promise<void>) => {
    keeping.with(read, (failure) => {
      post({ type: 'run-unread', fileId, failure });
    });
  };

  const loadCatalogue = () => {
    corpora.catalogue().then(
      (entries) => {
        post({ type: 'catalogue', entries });
      },
      (caught: unknown) => {
        post({ type: 'catalogue-failed', failure: toFailure(caught) });
      },
    );
  };

  const handle = (command: Command) => {
    const runId = 'runId' in command ? command.runId : null;
    const named = runId === null ? [] : [shown.get(runId), openings.get(runId)?.run];
    // A run that goes back is there twice for a moment.
    const runs = named.filter((run) => run !== undefined);
    switch (command.type) {
      case 'start':
        corpora.setBase(command.base);
        loadCatalogue();
        break;
      case 'load-catalogue':
        loadCatalogue();
        break;
      case 'survey':
        void survey.engines();
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
      case 'pause':
      case 'step':
      case 'resume':
      case 'recover':
      case 'sample':
        for (const run of runs) run[command.type]();
        break;
      case 'save-run':
        keeping.with(
          () => {
            for (const run of runs) run.save();
          },
          (failure) => {
            post({ type: 'problem', runId, failure });
          },
        );
        break;
      case 'read-run':
        readRun(command.fileId, (keeper) => keeper.readFile(command.fileId, command.file));
        break;
      case 'recollect':
        readRun(command.fileId, (keeper) => keeper.recollect(command.fileId, command.runId));
        break;
      case 'forget-run':
        keeping.keeper?.forget(command.fileId);
        break;
      case 'keep-page':
        keeping.pages.set(command.runId, command.page);
        for (const run of runs) run.mayBeSaved();
        break;
      case 'kept':
        keeping.with(
          (keeper) => keeper.obey(command.order),
          (failure) => {
            post({ type: 'kept-runs-failed', failure });
          },
        );
        break;
      case 'let-go':
        keeping.keeper?.letGo();
        break;
      case 'stop':
        for (const run of [...runs, departing.get(command.runId)]) run?.stop();
        break;
      case 'change':
        for (const run of runs) run.change(command.settings);
        break;
      case 'watch':
        for (const run of runs) run.watch(command.layer, command.pastStep);
        break;
      case 'want':
        wanted = command.readings;
        for (const run of shown.values()) run.lookAgain();
        break;
      case 'ask': {
        const { id, question } = command;
        const run = shown.get(command.runId);
        if (run === undefined) post({ type: 'answer', id, answer: null });
        else run.ask(id, question);
        break;
      }
      case 'recall':
        trials.recall(parseTimings(command.stored));
        break;
      case 'time-engines':
        for (const { subject } of runs) if (subject) trials.timeEngines(subject);
        break;
      case 'undo':
      case 'redo':
        void travel(command.runId, command.type);
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
