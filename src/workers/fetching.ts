/** Files of the page, fetched whole: an answer that is late, cut, or another than was asked for is noticed. */
import { within, type Clock } from './clock';

/** Milliseconds without a byte after which a request is given up. */
export const LONGEST_SILENCE = 10_000;

export interface Fetching {
  readonly fetchFile: typeof fetch;
  readonly clock: Pick<Clock, 'later'>;
}

interface FetchOptions {
  readonly signal?: AbortSignal;
  /** Bytes that have come; the number is a sum. */
  readonly report?: (bytes: number) => void;
}

const readBody = async (
  { body }: Response,
  clock: Fetching['clock'],
  report: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> => {
  if (body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await within(clock, LONGEST_SILENCE, reader.read());
    if (done) break;
    chunks.push(value);
    length += value.length;
    report(length);
  }
  const all = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
};

/**
 * The bytes at `address`. Asked for anew each time, so that an answer that was wrong is not what a cache gives again.
 *
 * @throws Error whose message says what came in their place, or that nothing came
 */
export const fetchWhole = async (
  { fetchFile, clock }: Fetching,
  address: URL,
  { signal, report = () => undefined }: FetchOptions = {},
): Promise<Uint8Array<ArrayBuffer>> => {
  const own = new AbortController();
  const abort = () => {
    own.abort(signal?.reason);
  };
  signal?.addEventListener('abort', abort);
  try {
    signal?.throwIfAborted();
    const asked = fetchFile(address, { cache: 'no-cache', signal: own.signal });
    const response = await within(clock, LONGEST_SILENCE, asked);
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`.trim());
    // No file of the page but the page itself is HTML: some hosts answer with that, or with a page of their own.
    if (/^text\/html\b/i.test(response.headers.get('content-type') ?? '')) {
      throw new Error('a web page came in its place');
    }
    return await readBody(response, clock, report);
  } finally {
    signal?.removeEventListener('abort', abort);
    abort();
  }
};
