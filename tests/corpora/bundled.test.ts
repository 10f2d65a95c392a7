/** What is committed in public/corpora is what its makers make, and the catalogue tells the truth about it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CORPORA, catalogue, generatedFiles, serialise } from '../../scripts/corpora/make';
import { parseCatalogue } from '../../src/model/text/catalogue';
import { decode } from '../../src/model/text/decode';
import { detectEncoding } from '../../src/model/text/detect';
import { grammarLossInSteps } from '../../src/model/text/grammars';
import { chooseProbe } from '../../src/model/text/probe';
import { createDataset } from '../../src/model/text/vocabulary';
import { finish } from '../model/text/steps';

const files = generatedFiles();
const committed = readFileSync(join(CORPORA, 'index.json'), 'utf8');
const entries = parseCatalogue(JSON.parse(committed));

describe('bundled corpora', () => {
  it.each([...files.keys()])('%s is what its grammar writes', (name) => {
    // Not toBe: its report of a difference would be as long as the texts.
    expect(readFileSync(join(CORPORA, name), 'utf8') === files.get(name)).toBe(true);
  });

  it('are listed as they are', () => {
    expect(committed).toBe(serialise(catalogue(files, CORPORA)));
  });

  it('are all listed', () => {
    const listed = entries.flatMap(({ file, kind }) => (kind === 'project' || file === null ? [] : [file]));
    const there = readdirSync(CORPORA).filter((name) => name.endsWith('.txt'));
    expect(listed.sort()).toEqual(there.sort());
  });

  it('are of every kind that the page promises', () => {
    const ids = entries.map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining(['abab', 'brackets', 'quotes', 'counting', 'play', 'program', 'couplets', 'source']),
    );
    expect(ids).toEqual(expect.arrayContaining(['drama', 'stories', 'poems', 'tale']));
    expect(ids).toEqual(expect.arrayContaining(['names', 'countries', 'languages', 'currencies']));
  });

  describe.each(entries.filter(({ kind }) => kind === 'generated' || kind === 'written'))('$id', (entry) => {
    const bytes = readFileSync(join(CORPORA, entry.file ?? ''));
    const text = decode(bytes, { name: entry.id, encoding: detectEncoding });
    const dataset = createDataset(text, { validation: 0.1, vocabularyLimit: 1024 });

    it('has the bytes that the catalogue says, in UTF-8 with LF', () => {
      expect(bytes).toHaveLength(entry.bytes ?? -1);
      expect(text.hash).toBe(entry.hash);
      expect(text).toMatchObject({ encoding: 'utf-8', byteOrderMark: false, newlinesChanged: 0 });
    });

    it('fits the default vocabulary', () => {
      expect(dataset.vocabulary.codePoints.length).toBeLessThan(1024);
    });

    it('is known to the grammar that wrote it, if one did', () => {
      const heldOut = { start: dataset.trainLength, end: dataset.ids.length };
      const loss = finish(grammarLossInSteps(entry.grammar?.id ?? '', text, [heldOut]));
      if (entry.kind === 'generated') expect(loss).toBeGreaterThan(0.01);
      else expect(loss).toBeNull();
    });

    it('has a probe text out of its held-out part, at the start of a line', () => {
      const probe = chooseProbe(text, dataset.trainLength, entry);
      const heldOut = String.fromCodePoint(...text.codePoints.subarray(dataset.trainLength - 2));
      const at = heldOut.indexOf(probe);
      expect(at).toBeGreaterThanOrEqual(0);
      expect(heldOut.slice(0, at)).toMatch(entry.id === 'quotes' ? /[\s.]$/ : /\n$/);
      const length = Array.from(probe).length;
      expect(length).toBeGreaterThanOrEqual(entry.language === 'zh' ? 24 : 32);
      expect(length).toBeLessThanOrEqual(entry.language === 'zh' ? 48 : 64);
    });
  });

  it('shows an opened and closed quotation in the probe text of quotes', () => {
    const entry = entries.find(({ id }) => id === 'quotes') ?? null;
    const text = decode(readFileSync(join(CORPORA, 'quotes.txt')), { name: '', encoding: detectEncoding });
    const probe = chooseProbe(text, Math.floor(0.9 * text.codePoints.length), entry);
    expect(probe).toMatch(/^(?:[^"]+ )?"[A-Z][^"]+"[^"]+$/);
  });
});
