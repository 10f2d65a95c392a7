/** The worker's entry: its port, and the runs behind it. */
import { coresKnown, threadsWished } from '../model/cost';
import { openEngine, surveyEngines } from '../model/kernels/choose';
import type { Means, Within } from '../model/kernels/means';
import programUrl from '../model/kernels/simd/program.wasm?url';
import { createClock, within } from './clock';
import { createCorpora } from './corpora';
import type { Fetching } from './fetching';
import { createPartLoader, parsePartFiles } from './parts';
import { createProgramLoader } from './program';
import type { Command, WorkerEvent } from './protocol';
import { createRuns } from './runs';
import shardsUrl from './shards.worker?worker&url';
import { spawnInheriting } from './spawn';
import { createThreads } from './threads';
import { reportRejections } from './uncaught';

/** The part of DedicatedWorkerGlobalScope that is used: the compiler's library for the page does not have it. */
interface Port {
  postMessage(message: WorkerEvent, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<Command>) => void) | null;
}
const port = self as unknown as Port;

reportRejections(self, (event) => {
  port.postMessage(event, []);
});

/** Written by the build; empty without one. */
declare const __PART_FILES__: string;

/** Milliseconds that a device may take for an answer. */
const DEVICE_PATIENCE = 10_000;

const clock = createClock();
const fetching: Fetching = { clock, fetchFile: (input, init) => fetch(input, init) };
const loadProgram = createProgramLoader(fetching, new URL(programUrl, import.meta.url));
const loadPart = createPartLoader({ ...fetching, files: parsePartFiles(__PART_FILES__), base: import.meta.url });
const deviceWithin: Within = (asked, discard) => within(clock, DEVICE_PATIENCE, asked, discard);
const means: Means = {
  loadProgram,
  loadPart,
  within: deviceWithin,
  now: () => clock.now(),
};

const loadAnalyses = () => loadPart('analyses', () => import('../model/text/analyses'));
const threads = createThreads(() => spawnInheriting(new URL(shardsUrl, import.meta.url).href), clock);

const runs = createRuns({
  clock,
  post: (event, transfer = []) => {
    port.postMessage(event, transfer);
  },
  corpora: createCorpora(fetching, loadAnalyses),
  loadDetector: () => loadPart('detector', async () => (await import('../model/text/detect')).detectEncoding),
  loadAnalyses,
  openEngine: async (choice, onLost) => {
    const engine = await openEngine(choice, onLost, means);
    if (engine.info.name !== 'simd') return engine;
    const module = await loadProgram();
    return {
      ...engine,
      threads: {
        most: (wished) =>
          threadsWished(
            wished,
            coresKnown(() => navigator.hardwareConcurrency),
          ),
        open: (specs) => threads.open(module, specs),
      },
    };
  },
  askEngines: (tell) => surveyEngines(deviceWithin, tell),
  loadKeeping: () => loadPart('keeping', () => import('./keepingPart')),
  today: () => Date.now(),
});

port.onmessage = ({ data }) => {
  runs.handle(data);
};
