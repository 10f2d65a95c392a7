/** Threads of Node as the training code knows threads. */
import { Worker } from 'node:worker_threads';
import type { ShardCommand } from '../src/workers/shardProtocol';
import type { ThreadLike } from '../src/workers/threads';

export const spawnThread = (): ThreadLike => {
  const worker = new Worker(new URL('./thread.mjs', import.meta.url));
  return {
    postMessage: (command: ShardCommand, transfer: ArrayBuffer[]) => {
      worker.postMessage(command, transfer);
    },
    addEventListener: (type, listener) => {
      if (type === 'message')
        worker.on('message', (data: unknown) => {
          listener(new MessageEvent('message', { data }));
        });
      else if (type === 'messageerror')
        worker.on('messageerror', () => {
          listener(new Event('messageerror'));
        });
      else
        worker.on('error', (error) => {
          listener(Object.assign(new Event('error'), { message: String(error) }));
        });
    },
    terminate: () => {
      void worker.terminate();
    },
  };
};
