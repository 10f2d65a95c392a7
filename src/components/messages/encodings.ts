/** Encodings as they are written in both languages. */
import type { Encoding } from '../../model/text/types';

/** Where more has to be said than the name. */
const NAMES: Partial<Readonly<Record<Encoding, string>>> = {
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'utf-32le': 'UTF-32 LE',
  'utf-32be': 'UTF-32 BE',
  gb18030: 'GB18030 / GBK',
  big5: 'Big5',
  shift_jis: 'Shift_JIS',
  'windows-1252': 'Latin-1 / Windows-1252',
  macintosh: 'Mac Roman',
  'x-mac-cyrillic': 'Mac Cyrillic',
  ibm866: 'DOS 866',
};

/** Also of an encoding that the page recognises and does not read. */
export const encodingName = (encoding: string): string =>
  NAMES[encoding as Encoding] ??
  (encoding.startsWith('windows-') ? encoding.replace('w', 'W') : encoding.toUpperCase());
