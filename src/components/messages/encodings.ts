/** Encodings as they are written in both languages. */
import type { Encoding } from '../../model/text/types';

export const ENCODING_NAMES: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  gb18030: 'GB18030 / GBK',
  big5: 'Big5',
  shift_jis: 'Shift_JIS',
  'windows-1252': 'Latin-1 / Windows-1252',
};

/** Also of an encoding that the page recognises and does not read. */
export const encodingName = (encoding: string): string =>
  Object.hasOwn(ENCODING_NAMES, encoding) ? ENCODING_NAMES[encoding as Encoding] : encoding;
