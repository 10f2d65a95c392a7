/** The page of the benchmark: a worker for each contestant, so that none has the settings of another's library. */
import type { Answer, BenchPage, Request } from '../protocol';

const workers = new Map<string, Worker>();

const workerOf = (id: string): Worker => {
  const worker =
    workers.get(id) ?? new Worker(new URL('./contestant.worker.ts', import.meta.url), { type: 'module', name: id });
  workers.set(id, worker);
  return worker;
};

const bench: BenchPage = {
  ask: (id: string, request: Request) =>
    new Promise<Answer>((resolve) => {
      const worker = workerOf(id);
      worker.onmessage = ({ data }: MessageEvent<Answer>) => {
        resolve(data);
      };
      worker.onerror = ({ message }) => {
        resolve({ type: 'failed', cause: message });
      };
      worker.postMessage(request);
    }),
  close: (id) => {
    workers.get(id)?.terminate();
    workers.delete(id);
  },
};

Object.assign(globalThis, { bench });
