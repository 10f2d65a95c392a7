/** Small parts of the page, apart from the first download: fetched once the page has come to rest, or when they are wanted. */
import { FailureError } from '../model/failures';

/** Written by the build, as `name=file,file;name=file`; empty without one. */
declare const __PART_FILES__: string;

/** Milliseconds after which a file is not waited for any longer. */
const PATIENCE = 10_000;

/** @throws Error whose message says what came in place of the file */
const look = async (file: string): Promise<void> => {
  const response = await fetch(new URL(file, import.meta.url), {
    cache: 'no-cache',
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`.trim());
  if (/^text\/html\b/i.test(response.headers.get('content-type') ?? ''))
    throw new Error('a web page came in its place');
  await response.arrayBuffer();
};

/**
 * Its files are looked at before they are imported: a browser that has failed to import a module may remember that for
 * good. So what did not come is asked for again by the next call.
 *
 * @throws FailureError `part-unreachable`
 */
const createPart = <M>(
  name: 'panel' | 'encodings' | 'figures' | 'late' | 'chinese',
  load: () => Promise<M>,
): (() => Promise<M>) => {
  let part: M | null = null;
  return async () => {
    if (part !== null) return part;
    try {
      const written = __PART_FILES__.split(';').find((one) => one.startsWith(`${name}=`));
      for (const file of written?.split('=')[1].split(',') ?? []) await look(file);
      part = await load();
      return part;
    } catch (caught) {
      const cause = caught instanceof Error ? caught.message : String(caught);
      throw new FailureError({ code: 'part-unreachable', cause });
    }
  };
};

/** What opens beside a button. */
export const loadPanel = createPart('panel', () => import('./stage/PopupPanel'));
/** What draws figures that are not there at first. */
export const loadFigures = createPart('figures', () => import('./figures'));

/** The choice of an encoding. */
export const loadEncodings = createPart('encodings', () => import('./corpus/Encodings'));
/** What is said now and then. */
export const loadLate = createPart('late', () => import('./late'));
/** The page's words in Chinese. */
export const loadChinese = createPart('chinese', () => import('./messages/zh'));
