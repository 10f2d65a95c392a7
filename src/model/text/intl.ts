/** Corpora made on the spot: the names of countries, languages and currencies that a browser knows, one a line. */
import { FailureError } from '../failures';
import { deriveKey, hash } from '../random';

/** Locales that write in Latin letters. */
const LATIN =
  'af az ca cs cy da de en es et eu fi fil fr ga gl hr hu id is it lt lv ms mt nb nl pl pt ro sk sl sq sv sw tr uz vi zu';
const OTHER =
  'am ar be bg bn el fa gu he hi hy ja ka kk km kn ko lo mk ml mn mr my ne pa ru si sr ta te th uk ur zh-Hans zh-Hant';

const SEED = 1;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const twoLetters = Array.from(LETTERS, (a) => Array.from(LETTERS, (b) => a + b)).flat();

type NameType = 'region' | 'language' | 'currency';

/** Codes that may have a name. */
const codesOf = (type: NameType): readonly string[] => {
  if (type === 'currency') return Intl.supportedValuesOf('currency');
  return type === 'region' ? twoLetters : twoLetters.map((code) => code.toLowerCase());
};

/** The names of one kind in a locale; none where the browser does not know the locale. */
const namesIn = (locale: string, type: NameType): string[] => {
  if (Intl.DisplayNames.supportedLocalesOf([locale]).length === 0) return [];
  const names = new Intl.DisplayNames([locale], { type, fallback: 'none' });
  return codesOf(type).flatMap((code) => {
    const name = names.of(code)?.trim() ?? '';
    // Some browsers give the code back where they have no name.
    return name === '' || name === code ? [] : [name];
  });
};

/** In an order that depends on the names alone (Fisher and Yates). */
const shuffled = (names: readonly string[]): string[] => {
  const order = [...names];
  const key = deriveKey(SEED);
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor((hash(key, last) / 2 ** 32) * (last + 1));
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
};

const CORPORA: Readonly<Record<string, { readonly types: readonly NameType[]; readonly locales: string }>> = {
  names: { types: ['region', 'language'], locales: `${LATIN} ${OTHER}` },
  countries: { types: ['region'], locales: LATIN },
  languages: { types: ['language'], locales: LATIN },
  currencies: { types: ['currency'], locales: LATIN },
};

/**
 * A corpus of kind 'browser': each name once, one a line. `id:locale` takes the names of one locale only, as in
 * "countries:fr". Another browser, or another version of it, may know other names.
 *
 * @throws FailureError `corpus-unknown` where there is no such corpus, or the browser does not know the locale;
 * `browser-lacks` where it knows no names at all
 */
export const makeBrowserCorpus = (id: string): string => {
  const [corpus, locale] = id.split(':', 2);
  if (!Object.hasOwn(CORPORA, corpus)) throw new FailureError({ code: 'corpus-unknown', id });
  const { types, locales } = CORPORA[corpus];
  const names = new Set<string>();
  try {
    for (const one of locale ? [locale] : locales.split(' ')) {
      for (const type of types) for (const name of namesIn(one, type)) names.add(name);
    }
  } catch (error) {
    // What a malformed locale is answered with.
    if (!(error instanceof RangeError)) throw new FailureError({ code: 'browser-lacks', what: 'Intl.DisplayNames' });
  }
  if (names.size === 0) throw new FailureError({ code: 'corpus-unknown', id });
  return `${shuffled([...names]).join('\n')}\n`;
};
