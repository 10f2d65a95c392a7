/** Texts out of blobs of UTF-8: what was pasted, and what the vault has kept. */
import type { DecodedText } from '../model/text/types';
import { createWrittenReader } from '../model/text/written';

/** Between parts of the work on a text; told the share that is done, 0 to 1. */
export type Pause = (done: number) => Promise<void>;

/** Bytes that are read at a time. */
const SLICE = 1 << 20;

/** The text that a blob holds in UTF-8. @throws FailureError as `createWrittenReader` */
export const readWritten = async (
  content: Blob,
  o: { readonly removeNuls?: boolean },
  pause: Pause,
): Promise<DecodedText> => {
  const reader = createWrittenReader(content.size, o);
  for (let start = 0; start < content.size; start += SLICE) {
    reader.push(new Uint8Array(await content.slice(start, start + SLICE).arrayBuffer()));
    await pause(Math.min(1, (start + SLICE) / content.size));
  }
  return reader.finish();
};
