/** One contestant, alone in its worker. */
import type { Answer, Request, Runner } from '../protocol';
import type { Shape } from '../shapes';
import { countDispatches } from './dispatches';

interface Port {
  postMessage(message: Answer): void;
  onmessage: ((event: MessageEvent<Request>) => void) | null;
}
const port = self as unknown as Port;

/** Each by its own import: what one library brings is not loaded for another. */
const openRunner = async (id: string, shape: Shape): Promise<Runner> => {
  const [kind, medium] = id.split('-');
  switch (kind) {
    case 'limit':
      return (await import('./limits')).openLimit(medium);
    case 'layers':
      return (await import('./layers')).openLayers(medium, shape);
    case 'jax':
      return (await import('./jax')).openJax(medium, shape);
    default:
      return (await import('./ours')).openOurs(kind, Number(id.split('-').at(1) ?? 1), shape);
  }
};

let runner: Runner | null = null;

const answer = async (request: Request): Promise<Answer> => {
  if (request.type === 'open') {
    runner = await openRunner(request.id, request.shape);
    return { type: 'opened', device: runner.device, flops: runner.flops };
  }
  const open = runner;
  if (open === null) throw new Error('Nothing is open');
  if (request.type === 'dispatches') return { type: 'dispatches', count: await countDispatches(() => open.steps(1)) };
  const began = performance.now();
  const losses = await open.steps(request.count);
  return { type: 'steps', milliseconds: performance.now() - began, losses };
};

port.onmessage = ({ data }) => {
  answer(data).then(
    (message) => {
      port.postMessage(message);
    },
    (error: unknown) => {
      port.postMessage({
        type: 'failed',
        cause: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      });
    },
  );
};
