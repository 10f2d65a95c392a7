/** What is committed in public/corpora is what its makers make, and the catalogue tells the truth about it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CORPORA, catalogue, generatedFiles, serialise } from '../../scripts/corpora/make';
import { parseSetting } from '../../src/model/parseSetting';
import { isStructural, SETTING_NAMES } from '../../src/model/settings';
import { parseCatalogue } from '../../scripts/corpora/catalogue';
import { decode } from '../../src/model/text/decode';
import { detectEncoding } from '../../src/model/text/detect';
import { grammarLossInSteps } from '../../src/model/text/grammars';
import { LABELS } from '../../src/model/text/labels';
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

    it('brings settings that a run can have, and promises what a label can tell', () => {
      for (const [name, value] of Object.entries(entry.settings)) {
        const known = SETTING_NAMES.find((setting) => setting === name);
        if (known === undefined) throw new Error(`There is no setting ${name}`);
        expect(isStructural(known) || known === 'learningRate').toBe(true);
        expect(parseSetting(known, String(value))).toEqual({ value, correction: null });
      }
      for (const { label } of entry.promises) expect(Object.keys(LABELS)).toContain(label);
    });

    it('has a probe text of whole lines that the network knows, held out unless every held-out line has unknown characters', () => {
      const probe = chooseProbe(text, dataset.trainLength, dataset.vocabulary, entry);
      const characters = Array.from(text.codePoints, (codePoint) => String.fromCodePoint(codePoint)).join('');
      const at = characters.indexOf(probe, entry.id === 'poems' ? 0 : dataset.trainLength);
      expect(at).toBeGreaterThanOrEqual(0);
      if (characters.includes('\n')) expect(characters.slice(0, at)).toMatch(entry.id === 'quotes' ? /\s$/ : /\n$/);
      const length = Array.from(probe).length;
      const isWide = entry.language === 'zh';
      expect(length).toBeGreaterThanOrEqual(isWide ? 24 : 32);
      expect(length).toBeLessThanOrEqual(isWide ? 48 : 64);
      const known = new Set(dataset.vocabulary.codePoints);
      expect(Array.from(probe, (character) => character.codePointAt(0) ?? 0).filter((c) => !known.has(c))).toEqual([]);
    });
  });
});
