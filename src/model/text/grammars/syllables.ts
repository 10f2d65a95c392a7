/** Words of a language that does not exist: all syllables are as likely, so that no word tells anything. */
const CONSONANTS = 'bdklmnrt';
const VOWELS = 'aeiou';

/** Forty syllables of a consonant and a vowel. */
export const SYLLABLES: readonly string[] = Array.from(CONSONANTS).flatMap((consonant) =>
  Array.from(VOWELS, (vowel) => consonant + vowel),
);
