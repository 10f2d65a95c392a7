/** A thread that takes parts of another worker's batches on the simd engine, behind whatever port its platform has. */
import { createSimdKernels } from '../model/kernels/simd';
import { serveShards } from '../model/shardServer';
import type { ShardThread } from '../model/shards';
import { memoryOf } from './shardProtocol';
import type { ShardCommand, ShardEvent } from './shardProtocol';

/** Hears commands, and answers by `post`; one command after the other, whatever each waits for. */
export const serveShardPort = (
  post: (event: ShardEvent, transfer: ArrayBuffer[]) => void,
): ((command: ShardCommand) => void) => {
  /** Each on a memory of its own, which goes with it. */
  const runs = new Map<number, ShardThread>();
  let program: WebAssembly.Module | null = null;

  const answer = async (command: ShardCommand): Promise<void> => {
    switch (command.type) {
      case 'program':
        ({ program } = command);
        break;
      case 'open':
        if (program === null) throw new Error('A run before the program');
        runs.set(command.run, serveShards(await createSimdKernels(program), command.spec));
        break;
      case 'compute': {
        const run = runs.get(command.run);
        if (!run) throw new Error('A part of a run that is not here');
        const parcel = await run.compute(command.parcel);
        post({ type: 'computed', run: command.run, parcel }, memoryOf(parcel));
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
        if ('run' in command) post({ type: 'failed', run: command.run, cause: String(error) }, []);
      });
  };
};
