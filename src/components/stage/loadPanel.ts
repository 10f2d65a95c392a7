/** The panel of popups, apart from the first download: fetched once the page has come to rest, or when one is opened. */
import { FailureError } from '../../model/failures';
import type PopupPanel from './PopupPanel';

export type Panel = typeof PopupPanel;

/** Written by the build, as `panel=file,file`; empty without one. */
declare const __PART_FILES__: string;

/** Milliseconds after which a file is not waited for any longer. */
const PATIENCE = 10_000;

let panel: Panel | null = null;

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
export const loadPanel = async (): Promise<Panel> => {
  if (panel !== null) return panel;
  try {
    const [, files = ''] = __PART_FILES__.split('=');
    for (const file of files.split(',').filter((name) => name !== '')) await look(file);
    panel = (await import('./PopupPanel')).default;
    return panel;
  } catch (caught) {
    const cause = caught instanceof Error ? caught.message : String(caught);
    throw new FailureError({ code: 'part-unreachable', cause });
  }
};
