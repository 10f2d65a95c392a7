/** The panel of popups, apart from the first download: fetched once the page has come to rest, or when one is opened. */
import { FailureError } from '../../model/failures';
import type PopupPanel from './PopupPanel';

export type Panel = typeof PopupPanel;

/** Milliseconds after which an answer is not waited for any longer. */
const PATIENCE = 10_000;

/** Asked for again where it did not come. @throws FailureError `part-unreachable` */
export const loadPanel = async (): Promise<Panel> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer for ${String(PATIENCE / 1000)} s`));
    }, PATIENCE);
  });
  try {
    return (await Promise.race([import('./PopupPanel'), silence])).default;
  } catch (caught) {
    throw new FailureError({
      code: 'part-unreachable',
      cause: caught instanceof Error ? caught.message : String(caught),
    });
  } finally {
    clearTimeout(timer);
  }
};
