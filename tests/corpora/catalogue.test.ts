/** A catalogue is believed only where it is one. */
import { describe, expect, it } from 'vitest';
import { parseCatalogue } from '../../scripts/corpora/catalogue';

const entry = {
  id: 'a-text',
  kind: 'written',
  file: 'a-text.txt',
  title: { en: 'A text', zh: '文' },
  language: 'en',
  made: { en: 'Written.', zh: '写成。' },
  look: { en: 'Look.', zh: '看。' },
  settings: { units: 8 },
  promises: [{ label: 'quoted', characters: 1000 }],
  bytes: 5,
  hash: '0123456789abcdef',
  grammar: null,
};

describe('parseCatalogue', () => {
  it('takes entries as they are', () => {
    const local = { ...entry, id: 'b', kind: 'local', file: 'local/b.txt' };
    expect(parseCatalogue([entry, local])).toEqual([entry, local]);
    expect(parseCatalogue([])).toEqual([]);
    // A list that was made before there were hashes.
    expect(parseCatalogue([{ ...entry, hash: undefined }])).toEqual([{ ...entry, hash: null }]);
  });

  it.each([
    ['no list', entry],
    ['an entry without a title', [{ ...entry, title: undefined }]],
    ['a title in one language', [{ ...entry, title: { en: 'A' } }]],
    ['an empty title', [{ ...entry, title: { en: '', zh: '文' } }]],
    ['an unknown kind', [{ ...entry, kind: 'stolen' }]],
    ['an id that no link can hold', [{ ...entry, id: 'a b' }]],
    ['a file outside of corpora/', [{ ...entry, file: '../secret.txt' }]],
    ['a file elsewhere', [{ ...entry, file: 'https://example.org/a.txt' }]],
    ['a written text without a file', [{ ...entry, file: null }]],
    ['half a byte', [{ ...entry, bytes: 0.5 }]],
    ['two corpora of one id', [entry, entry]],
    ['more than is known', [{ ...entry, script: 'x' }]],
  ])('refuses %s', (_, json) => {
    expect(() => parseCatalogue(json)).toThrow();
  });
});
