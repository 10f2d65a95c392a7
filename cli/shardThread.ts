/** A thread in Node, begun by thread.mjs. */
import { parentPort } from 'node:worker_threads';
import type { ShardCommand } from '../src/workers/shardProtocol';
import { serveShardPort } from '../src/workers/shardPort';

const hear = serveShardPort((event, transfer) => {
  parentPort?.postMessage(event, transfer);
});
parentPort?.on('message', (command: ShardCommand) => {
  hear(command);
});
