/** The entry of a thread in the browser. */
import { serveShardPort } from './shardPort';
import type { ShardCommand, ShardEvent } from './shardProtocol';

/** The part of DedicatedWorkerGlobalScope that is used: the compiler's library for the page does not have it. */
interface Port {
  postMessage(message: ShardEvent, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ShardCommand>) => void) | null;
}
const port = self as unknown as Port;

const hear = serveShardPort((event, transfer) => {
  port.postMessage(event, transfer);
});
port.onmessage = ({ data }) => {
  hear(data);
};
