/** The worker's entry: its port, and the runs behind it. */
import { openEngine, surveyEngines } from '../model/kernels/choose';
import { createClock } from './clock';
import { createCorpora } from './corpora';
import type { Command, Event as WorkerEvent } from './protocol';
import { createRuns } from './runs';
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

const runs = createRuns({
  clock: createClock(),
  post: (event, transfer = []) => {
    port.postMessage(event, transfer);
  },
  corpora: createCorpora((input, init) => fetch(input, init)),
  openEngine,
  surveyEngines,
});

port.onmessage = ({ data }) => {
  runs.handle(data);
};
