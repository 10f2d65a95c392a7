/** Hands a figure to the reader, as numbers or as a picture; part of what comes with the menu that offers it. */
import { csvFormatRows } from 'd3';
import { FailureError } from '../../model/failures';
import { saveBlob } from './save';

export const saveCsv = (rows: readonly string[][], name: string): void => {
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
