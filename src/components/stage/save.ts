/** Hands a file to the reader. */
import { FailureError } from '../../model/failures';

/** @throws FailureError `browser-lacks` */
const addressOf = (blob: Blob): string => {
  try {
    return URL.createObjectURL(blob);
  } catch {
    throw new FailureError({ code: 'browser-lacks', what: 'URL.createObjectURL' });
  }
};

/** @throws FailureError `browser-lacks` */
export const saveBlob = (blob: Blob, name: string): void => {
  const url = addressOf(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun with the click; the address is let go once the browser has had time to read it.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
};

export const saveText = (text: string, name: string): void => {
  saveBlob(new Blob([text], { type: 'text/plain;charset=utf-8' }), name);
};
