/** Names that the runtime knows make texts of one name a line. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FailureError } from '../../../src/model/failures';
import { makeBrowserCorpus } from '../../../src/model/text/intl';

const names = (id: string): string[] => makeBrowserCorpus(id).trimEnd().split('\n');

afterEach(() => {
  vi.restoreAllMocks();
});

describe('makeBrowserCorpus', () => {
  it.each([
    ['names', ['Frankreich', 'France', '法国', 'Франция', 'français', 'Deutsch']],
    ['countries', ['Japan', 'Japon', 'Japón', 'Giappone']],
    ['languages', ['Welsh', 'Cymraeg', 'gallois', 'Walisisch']],
    ['currencies', ['Japanese Yen', 'yen japonais']],
  ])('%s has names in many languages, each once', (id, some) => {
    const list = names(id);
    expect(list).toEqual(expect.arrayContaining(some));
    expect(new Set(list).size).toBe(list.length);
    expect(list.length).toBeGreaterThan(1000);
    expect(list.every((name) => name.trim() === name && name !== '')).toBe(true);
  });

  it('writes the Latin corpora in Latin letters', () => {
    const letters = makeBrowserCorpus('countries').match(/\p{L}/gu) ?? [];
    const latin = letters.filter((letter) => /\p{sc=Latin}/u.test(letter));
    expect(latin.length).toBeGreaterThan(0.999 * letters.length);
  });

  it('takes one locale where it is named', () => {
    expect(names('countries:fr')).toContain('Allemagne');
    expect(names('countries:fr')).not.toContain('Germany');
    expect(names('currencies:zh')).toContain('日元');
  });

  it('is the same every time, and not in the order of the codes', () => {
    const list = names('countries:en');
    expect(names('countries:en')).toEqual(list);
    expect(list).not.toEqual([...list].sort((a, b) => a.localeCompare(b, 'en')));
    expect(list.slice(0, 20).every((name) => name < 'D')).toBe(false);
  });

  it('does with the locales that there are', () => {
    vi.spyOn(Intl.DisplayNames, 'supportedLocalesOf').mockImplementation((locales) =>
      [locales]
        .flat()
        .map(String)
        .filter((locale) => locale === 'de'),
    );
    expect(names('countries')).toEqual(expect.arrayContaining(['Frankreich']));
    expect(names('countries')).not.toContain('France');
    expect(() => makeBrowserCorpus('countries:fr')).toThrow(FailureError);
  });

  it.each(['flowers', 'constructor', 'countries:not a locale', ''])('does not know %j', (id) => {
    expect(() => makeBrowserCorpus(id)).toThrow(new FailureError({ code: 'corpus-unknown', id }));
  });
});
