/** The worker's entry: its port, and the runs behind it. */
import { openEngine, surveyEngines } from '../model/kernels/choose';
import programUrl from '../model/kernels/simd/program.wasm?url';
import { createClock } from './clock';
import { createCorpora } from './corpora';
import type { Command, Event as WorkerEvent } from './protocol';
import { createRuns } from './runs';
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

/** Compiled once; not by streaming, which needs a server that knows the type of WebAssembly. */
let program: Promise<WebAssembly.Module> | null = null;
const loadProgram = (): Promise<WebAssembly.Module> =>
  (program ??= fetch(programUrl)
    .then((response) => response.arrayBuffer())
    .then((bytes) => WebAssembly.compile(bytes)));

const threads = createThreads(() => new Worker(new URL('./shards.worker.ts', import.meta.url), { type: 'module' }));

const clock = createClock();

const runs = createRuns({
  clock,
  post: (event, transfer = []) => {
    port.postMessage(event, transfer);
  },
  corpora: createCorpora((input, init) => fetch(input, init)),
  openEngine: async (choice, onLost) => {
    const engine = await openEngine(choice, onLost, { loadProgram, now: () => clock.now() });
    if (engine.info.name !== 'simd') return engine;
    const module = await loadProgram();
    return {
      ...engine,
      // One core is left to the page; one thread is this one.
      openThreads: (spec, wished) =>
        threads.open(module, spec, (wished > 0 ? wished : navigator.hardwareConcurrency - 1) - 1),
    };
  },
  surveyEngines,
});

port.onmessage = ({ data }) => {
  runs.handle(data);
};
