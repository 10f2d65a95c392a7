/** Files of the page: looked at when they come, given up when they do not, and asked for again. */
import { describe, expect, it, vi } from 'vitest';
import { fetchWhole, LONGEST_SILENCE, type Fetching } from '../../src/workers/fetching';
import { createPartLoader, parsePartFiles } from '../../src/workers/parts';
import { createProgramLoader } from '../../src/workers/program';
import { simdProgram } from '../kernels/simdProgram';
import { FakeClock } from './harness';

const ADDRESS = new URL('https://example.org/assets/part.js');
const tick = () => new Promise((resolve) => setImmediate(resolve));

type Answer = (init: RequestInit) => Promise<Response>;

const text = (body: BodyInit, type = 'text/javascript'): Answer => {
  return () => Promise.resolve(new Response(body, { headers: { 'content-type': type } }));
};
const unavailable: Answer = () => Promise.resolve(new Response('', { status: 503, statusText: 'Service Unavailable' }));
const silent: Answer = () => new Promise(() => undefined);

/** Answers requests in turn, the last answer again and again. */
const serve = (...answers: Answer[]) => {
  const clock = new FakeClock();
  const asked: { readonly url: string; readonly signal: AbortSignal | null }[] = [];
  const fetching: Fetching = {
    clock,
    fetchFile: (input, init = {}) => {
      asked.push({ url: input instanceof Request ? input.url : String(input), signal: init.signal ?? null });
      return answers[Math.min(asked.length, answers.length) - 1](init);
    },
  };
  return { clock, asked, fetching };
};

describe('a file', () => {
  it('comes whole, and says how much of it has come', async () => {
    const { fetching } = serve(text('0123456789'));
    const report = vi.fn();
    const bytes = await fetchWhole(fetching, ADDRESS, { report });
    expect(new TextDecoder().decode(bytes)).toBe('0123456789');
    expect(report).toHaveBeenLastCalledWith(10);
  });

  it.each([
    ['it is refused', unavailable, '503 Service Unavailable'],
    ['a page comes in its place', text('<p>', 'text/html'), 'a web page came in its place'],
    ['the connection fails', () => Promise.reject(new TypeError('Failed to fetch')), 'Failed to fetch'],
  ])('is not taken where %s', async (_, answer, message) => {
    const { fetching } = serve(answer);
    await expect(fetchWhole(fetching, ADDRESS)).rejects.toThrow(message);
  });

  it('is given up where nothing comes, and the request with it', async () => {
    const { fetching, clock, asked } = serve(silent);
    const fetched = fetchWhole(fetching, ADDRESS);
    clock.advance(LONGEST_SILENCE - 1);
    expect(asked[0].signal?.aborted).toBe(false);
    clock.advance(1);
    await expect(fetched).rejects.toThrow('no answer for 10 s');
    expect(asked[0].signal?.aborted).toBe(true);
  });

  it('may take its time as long as something comes', async () => {
    let send: (part: string | null) => void = () => undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        send = (part) => {
          if (part === null) controller.close();
          else controller.enqueue(new TextEncoder().encode(part));
        };
      },
    });
    const { fetching, clock } = serve(text(body));
    const fetched = fetchWhole(fetching, ADDRESS);
    for (const part of ['slow', 'ly ', 'but', ' surely']) {
      await tick();
      clock.advance(LONGEST_SILENCE - 1);
      send(part);
      await tick();
    }
    send(null);
    expect(new TextDecoder().decode(await fetched)).toBe('slowly but surely');
  });

  it('is not asked for any longer where nobody wants it', async () => {
    const { fetching, asked } = serve(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        }),
    );
    const abort = new AbortController();
    const fetched = fetchWhole(fetching, ADDRESS, { signal: abort.signal });
    abort.abort(new Error('not wanted'));
    await expect(fetched).rejects.toThrow('not wanted');
    await expect(fetchWhole(fetching, ADDRESS, { signal: abort.signal })).rejects.toThrow('not wanted');
    expect(asked).toHaveLength(1);
  });
});

describe('a part of the program', () => {
  const base = 'https://example.org/assets/training.worker.js';
  const files = parsePartFiles('webgpu=open.js,shared.js;tfjs=tfjs.js');

  it('has the files that the build has written, and none without a build', () => {
    expect(files).toEqual({ webgpu: ['open.js', 'shared.js'], tfjs: ['tfjs.js'] });
    expect(parsePartFiles('')).toEqual({});
  });

  it('is imported once its files are there, which are fetched only once', async () => {
    const { fetching, asked } = serve(text('export {}'));
    const loadPart = createPartLoader({ ...fetching, files, base });
    expect(await loadPart('webgpu', () => Promise.resolve('module'))).toBe('module');
    await loadPart('webgpu', () => Promise.resolve('module'));
    expect(asked.map(({ url }) => url)).toEqual([
      'https://example.org/assets/open.js',
      'https://example.org/assets/shared.js',
    ]);
  });

  it('is not imported where a file does not come, since that would be remembered; the next wish asks again', async () => {
    const { fetching } = serve(text('export {}'), unavailable, text('export {}'));
    const loadPart = createPartLoader({ ...fetching, files, base });
    const load = vi.fn(() => Promise.resolve('module'));
    await expect(loadPart('webgpu', load)).rejects.toMatchObject({
      failure: { code: 'part-unreachable', cause: '503 Service Unavailable' },
    });
    expect(load).not.toHaveBeenCalled();
    expect(await loadPart('webgpu', load)).toBe('module');
  });

  it('is given up where its import never ends', async () => {
    const { fetching, clock } = serve(text('export {}'));
    const loadPart = createPartLoader({ ...fetching, files: {}, base });
    const loaded = loadPart('tensorflow', () => new Promise(() => undefined));
    await tick();
    clock.advance(LONGEST_SILENCE);
    await expect(loaded).rejects.toMatchObject({ failure: { code: 'part-unreachable', cause: 'no answer for 10 s' } });
  });
});

describe('the program of the simd engine', () => {
  it('is fetched and compiled once', async () => {
    const compiled = await simdProgram();
    const compile = vi.spyOn(WebAssembly, 'compile').mockResolvedValue(compiled);
    const { fetching, asked } = serve(text('wasm', 'application/wasm'));
    const load = createProgramLoader(fetching, ADDRESS);
    expect(await load()).toBe(await load());
    expect(asked).toHaveLength(1);
    compile.mockRestore();
  });

  it.each([
    ['refused', unavailable],
    ['another file', text('no program', 'application/wasm')],
  ])('that was %s is asked for again', async (_, answer) => {
    const { fetching, asked } = serve(answer);
    const load = createProgramLoader(fetching, ADDRESS);
    await expect(load()).rejects.toThrow();
    await expect(load()).rejects.toThrow();
    expect(asked).toHaveLength(2);
  });
});
