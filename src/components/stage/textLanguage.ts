/** The language that a text is set in, by its letters: which of the faces of type draws what scripts share. */

const CJK = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/gu;
/** A text of at least this share of such letters is in a language that they write; a word or two do not make it one. */
const SHARE = 0.25;
/** Characters that tell. */
const ENOUGH = 1000;

/** A BCP 47 tag; empty where the text's letters name no language that type is set otherwise for. */
export const textLanguage = (text: string): 'zh' | 'ja' | 'ko' | '' => {
  const beginning = text.slice(0, ENOUGH);
  const letters = beginning.match(/\p{L}/gu)?.length ?? 0;
  const written = beginning.match(CJK) ?? [];
  if (written.length === 0 || written.length < SHARE * letters) return '';
  if (/[\p{sc=Hiragana}\p{sc=Katakana}]/u.test(beginning)) return 'ja';
  return /\p{sc=Hangul}/u.test(beginning) ? 'ko' : 'zh';
};
