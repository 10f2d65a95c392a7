/** The text that is trained on: read, and what had to be done to it said on standard error. */
import { basename } from 'node:path';
import { decode, fromString } from '../src/model/text/decode';
import { detectEncoding } from '../src/model/text/detect';
import type { DecodedText } from '../src/model/text/types';
import { readBytes } from './files';
import { taskOf, textOfTask } from './tasks';
import type { TrainCommand } from './trainOptions';

/** @throws {FileError | UsageError | FailureError} where it cannot be read, or not without being told how */
export const readText = ({
  text: path,
  encoding,
  removeNuls,
}: Pick<TrainCommand, 'text' | 'encoding' | 'removeNuls'>): DecodedText => {
  const task = taskOf(path);
  if (task !== null) return fromString(textOfTask(task));
  const text = decode(readBytes(path), { name: basename(path), encoding: encoding ?? detectEncoding, removeNuls });
  const { replaced, cutOff, nulsRemoved } = text;
  if (encoding === null && text.encoding !== 'utf-8') console.error(`Read as ${text.encoding}.`);
  if (replaced > 0) {
    console.error(`Bytes that make no character in ${text.encoding} became U+FFFD, ${String(replaced)} times.`);
  }
  if (cutOff) console.error('The last character was cut off, and is left out.');
  if (nulsRemoved > 0) console.error(`NULs taken out: ${String(nulsRemoved)}.`);
  return text;
};
