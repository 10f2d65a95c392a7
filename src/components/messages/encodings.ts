/** Encodings as they are written in both languages, and what they are for. */
import type { Encoding, EncodingGroup } from '../../model/text/types';

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

export const en: Readonly<Record<EncodingGroup, string>> = {
  unicode: 'Unicode',
  western: 'Western European',
  chinese: 'Chinese',
  japanese: 'Japanese',
  korean: 'Korean',
  centralEuropean: 'Central European',
  baltic: 'Baltic',
  nordic: 'Nordic',
  cyrillic: 'Cyrillic',
  greek: 'Greek',
  turkish: 'Turkish',
  hebrew: 'Hebrew',
  arabic: 'Arabic',
  thai: 'Thai',
  vietnamese: 'Vietnamese',
};

export const zh: typeof en = {
  unicode: 'Unicode',
  western: '西欧',
  chinese: '中文',
  japanese: '日文',
  korean: '韩文',
  centralEuropean: '中欧',
  baltic: '波罗的海',
  nordic: '北欧',
  cyrillic: '西里尔文',
  greek: '希腊文',
  turkish: '土耳其文',
  hebrew: '希伯来文',
  arabic: '阿拉伯文',
  thai: '泰文',
  vietnamese: '越南文',
};
