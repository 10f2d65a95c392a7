/** What a page and all its workers, those that workers start among them, hold in memory: by the debugger's protocol. */
import type { CDPSession } from 'playwright';

/** Asks the debugger of one page or worker. */
export type Ask = (method: string, params?: object) => Promise<Record<string, unknown>>;

/** The debugger of one page or worker. */
export interface Endpoint {
  readonly ask: Ask;
  readonly on: (event: string, listener: (params: Record<string, unknown>) => void) => void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
}

const endpointOf = (session: CDPSession): Endpoint => {
  const { send, on } = session as unknown as { send: Ask; on: Endpoint['on'] };
  return { ask: send.bind(session), on: on.bind(session) };
};

/** A worker that `parent` is attached to. */
const endpointIn = (parent: Endpoint, sessionId: unknown): Endpoint => {
  const waiting = new Map<number, (result: Record<string, unknown>) => void>();
  const listeners: [string, (params: Record<string, unknown>) => void][] = [];
  let calls = 0;
  parent.on('Target.receivedMessageFromTarget', (received) => {
    if (received['sessionId'] !== sessionId) return;
    const { id, method, params = {}, result = {} } = JSON.parse(String(received['message'])) as Message;
    if (id !== undefined) waiting.get(id)?.(result);
    for (const [event, listener] of listeners) if (event === method) listener(params);
  });
  return {
    ask: (method, params = {}) =>
      new Promise((resolve) => {
        const id = ++calls;
        waiting.set(id, resolve);
        void parent.ask('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) });
      }),
    on: (event, listener) => {
      listeners.push([event, listener]);
    },
  };
};

/** Keeps `workers` to those that are there. */
const follow = async (endpoint: Endpoint, workers: Map<unknown, Ask>): Promise<void> => {
  endpoint.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if ((targetInfo as { type: string }).type !== 'worker') return;
    const worker = endpointIn(endpoint, sessionId);
    workers.set(sessionId, worker.ask);
    void worker.ask('Runtime.enable');
    void worker.ask('HeapProfiler.enable');
    void follow(worker, workers);
  });
  endpoint.on('Target.detachedFromTarget', ({ sessionId }) => {
    workers.delete(sessionId);
  });
  await endpoint.ask('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
};

export interface Inspector {
  readonly page: Endpoint;
  /** The page's worker first, then those that it has started. */
  readonly workers: () => Ask[];
}

/** To be called before the page has started a worker. */
export const inspect = async (session: CDPSession): Promise<Inspector> => {
  const endpoint = endpointOf(session);
  const workers = new Map<unknown, Ask>();
  await follow(endpoint, workers);
  return { page: endpoint, workers: () => [...workers.values()] };
};

/** Bytes in use of a page's or worker's heap after a collection. */
export const heapOf = async (ask: Ask): Promise<number> => {
  await ask('HeapProfiler.collectGarbage');
  const { usedSize } = await ask('Runtime.getHeapUsage');
  return Number(usedSize);
};

interface Snapshot {
  readonly snapshot: {
    readonly meta: { readonly node_fields: readonly string[]; readonly node_types: readonly (readonly string[])[] };
  };
  readonly nodes: readonly number[];
}

/** Bytes of compiled code in a heap after a collection: it grows for as long as functions are compiled anew for speed. */
export const createCodeMeter = ({ ask, on }: Endpoint): (() => Promise<number>) => {
  const chunks: unknown[] = [];
  on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  return async () => {
    chunks.length = 0;
    await ask('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    const { snapshot, nodes } = JSON.parse(chunks.join('')) as Snapshot;
    const { node_fields: fields, node_types: types } = snapshot.meta;
    const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
    const code = types[type].indexOf('code');
    let bytes = 0;
    for (let k = 0; k < nodes.length; k += fields.length) if (nodes[k + type] === code) bytes += nodes[k + size];
    return bytes;
  };
};

/** The sum of what `measure` makes of every object of a class that is alive there; 0 where it has no such class. */
export const sumOver = async (ask: Ask, name: string, measure: string): Promise<number> => {
  const { result } = (await ask('Runtime.evaluate', {
    expression: `typeof ${name} === 'undefined' ? null : ${name}.prototype`,
  })) as { result: { objectId?: string } };
  if (result.objectId === undefined) return 0;
  const { objects } = (await ask('Runtime.queryObjects', { prototypeObjectId: result.objectId })) as {
    objects: { objectId: string };
  };
  const { result: sum } = (await ask('Runtime.callFunctionOn', {
    objectId: objects.objectId,
    functionDeclaration: `function () { return this.reduce((sum, each) => sum + ${measure}, 0); }`,
    returnByValue: true,
  })) as { result: { value: number } };
  await ask('Runtime.releaseObject', { objectId: objects.objectId });
  await ask('Runtime.releaseObject', { objectId: result.objectId });
  return sum.value;
};

/** Bytes of all WebAssembly memories of some workers, after a collection in each. */
export const webAssemblyOf = async (workers: readonly Ask[]): Promise<number> => {
  let sum = 0;
  for (const ask of workers) {
    await ask('HeapProfiler.collectGarbage');
    sum += await sumOver(ask, 'WebAssembly.Memory', 'each.buffer.byteLength');
  }
  return sum;
};
