/** The entry of a thread that takes shards of another worker's batches on the simd engine. */
import type { ShardThread } from '../model/batchGradient';
import { createSimdKernels } from '../model/kernels/simd';
import { serveShards } from '../model/shardServer';
import type { ShardCommand, ShardEvent } from './shardProtocol';

/** The part of DedicatedWorkerGlobalScope that is used: the compiler's library for the page does not have it. */
interface Port {
  postMessage(message: ShardEvent, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ShardCommand>) => void) | null;
}
const port = self as unknown as Port;

const runs = new Map<number, ShardThread>();
let kernels: ReturnType<typeof createSimdKernels> | null = null;

const answer = async (command: ShardCommand): Promise<void> => {
  switch (command.type) {
    case 'program':
      kernels = createSimdKernels(command.program);
      await kernels;
      break;
    case 'open':
      if (kernels) runs.set(command.run, serveShards(await kernels, command.spec));
      break;
    case 'compute': {
      const run = runs.get(command.run);
      if (!run) throw new Error('A shard of a run that is not here');
      const results = await run.compute(command.job);
      const arrays = results.flatMap(({ gradient, totals, h, c }) => [gradient, totals, ...h, ...(c ?? [])]);
      port.postMessage(
        { type: 'computed', results },
        arrays.map(({ buffer }) => buffer),
      );
      break;
    }
    case 'close':
      runs.get(command.run)?.close();
      runs.delete(command.run);
      break;
  }
};

/** One command after the other, whatever each waits for. */
let turn: Promise<void> = Promise.resolve();
port.onmessage = ({ data }) => {
  turn = turn
    .then(() => answer(data))
    .catch((error: unknown) => {
      port.postMessage({ type: 'failed', cause: String(error) }, []);
    });
};
