/** Facts of a text and of a run for tests to which it does not matter which. */
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import type { Sample } from '../../src/model/telemetry';
import type { TextFacts } from '../../src/model/text/types';
import { newRunState, type Facts, type RunState } from '../../src/store/state';
import type { RunDescription } from '../../src/workers/protocol';

export const FACTS: TextFacts = {
  hash: '0123456789abcdef',
  characters: 1000,
  bytes: 1000,
  distinct: 20,
  frequent: [],
  encoding: 'utf-8',
  byteOrderMark: false,
  newlinesChanged: 0,
  replaced: 0,
  cutOff: false,
  nulsRemoved: 0,
  beginning: 'The',
};

/** A sample that is finished. */
export const SAMPLE: Sample = {
  runId: 'run-1',
  step: 9,
  temperature: 1,
  topK: 0,
  topP: 1,
  prompt: '',
  unknown: [],
  text: 'a',
  asked: true,
  complete: true,
};

export const DESCRIPTION: RunDescription = {
  runId: 'a',
  textId: 't',
  settings: DEFAULT_SETTINGS,
  adjustments: [],
  tunedFrom: null,
  engine: { name: 'cpu', available: true, device: '', software: true },
  engineWished: 'auto',
  engineFailure: null,
  engineToCome: null,
  facts: FACTS,
  trainLength: 900,
  heldOutLength: 100,
  symbols: new Int32Array(20),
  cutDistinct: 0,
  cutCount: 0,
  unseenDistinct: 0,
  unseenCount: 0,
  cost: { parameters: 1, bytes: 1, readings: 1, free: 1, flopsPerStep: 1 },
  probe: 'The',
  changes: [],
};

/** A page that shows a run. */
export const showing = (run: Partial<RunState>): Pick<Facts, 'runs' | 'shown'> => {
  const runId = run.runId ?? SAMPLE.runId;
  return { runs: { [runId]: { ...newRunState(runId), phase: 'ready', ...run } }, shown: runId };
};
