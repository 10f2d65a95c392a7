/** A thread that takes shards of another worker's batches on the simd engine, behind whatever port its platform has. */
import type { ShardThread } from '../model/batchGradient';
import { createSimdKernels } from '../model/kernels/simd';
import { serveShards } from '../model/shardServer';
import { memoryOf } from './shardProtocol';
import type { ShardCommand, ShardEvent } from './shardProtocol';

/** Hears commands, and answers by `post`; one command after the other, whatever each waits for. */
export const serveShardPort = (
  post: (event: ShardEvent, transfer: ArrayBuffer[]) => void,
): ((command: ShardCommand) => void) => {
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
        const parcel = await run.compute(command.parcel);
        post({ type: 'computed', parcel }, memoryOf(parcel));
        break;
      }
      case 'close':
        runs.get(command.run)?.close();
        runs.delete(command.run);
        break;
    }
  };

  let turn: Promise<void> = Promise.resolve();
  return (command) => {
    turn = turn
      .then(() => answer(command))
      .catch((error: unknown) => {
        post({ type: 'failed', cause: String(error) }, []);
      });
  };
};
