/** Hands a file to the reader. */
import { FailureError } from '../../model/failures';
import { loadPanel } from '../parts';

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

/** What writes the table has come with the menu that offers it. */
export const saveCsv = async (rows: readonly string[][], name: string): Promise<void> => {
  const { csvFormatRows } = await loadPanel();
  saveBlob(new Blob([csvFormatRows(rows)], { type: 'text/csv;charset=utf-8' }), name);
};

/** Size of the type in a picture of its own size, in CSS pixels. */
export const PICTURE_TYPE = 12;

/** A picture of `width` by `height` CSS pixels on paper, at the screen's sharpness and at least twice that size. */
export const savePicture = (
  size: { readonly width: number; readonly height: number },
  paper: string,
  draw: (context: CanvasRenderingContext2D) => void,
  name: string,
): void => {
  const ratio = Math.max(2, window.devicePixelRatio);
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(size.width * ratio);
  canvas.height = Math.ceil(size.height * ratio);
  const context = canvas.getContext('2d');
  if (!context) throw new FailureError({ code: 'browser-lacks', what: 'CanvasRenderingContext2D' });
  context.scale(ratio, ratio);
  context.fillStyle = paper;
  context.fillRect(0, 0, size.width, size.height);
  draw(context);
  canvas.toBlob((blob) => {
    // A picture larger than what the browser can make.
    if (!blob) throw new FailureError({ code: 'browser-lacks', what: 'HTMLCanvasElement.toBlob' });
    saveBlob(blob, name);
  }, 'image/png');
};
