/** The probe text is a stretch that a reader can follow, out of what the network does not train on. */
import { describe, expect, it } from 'vitest';
import { fromString } from '../../../src/model/text/decode';
import { grammarLabelsInSteps } from '../../../src/model/text/grammars';
import { plainLabelsInSteps } from '../../../src/model/text/plainLabels';
import { chooseProbe } from '../../../src/model/text/probe';
import type { DecodedText } from '../../../src/model/text/types';
import { createDataset } from '../../../src/model/text/vocabulary';
import { DEFAULT_SETTINGS } from '../../../src/model/settings';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { finish } from './steps';
import { DESCRIBED } from '../../../scripts/corpora/entries';
import { CORPORA } from '../../../scripts/corpora/make';

/** Of one's own text, all of whose characters are known. */
const choose = (text: DecodedText, trainLength: number): string =>
  chooseProbe(text, trainLength, { codePoints: Int32Array.from(new Set(text.codePoints)) }, null);

describe('chooseProbe', () => {
  it('takes whole lines out of the held-out part', () => {
    const lines = Array.from({ length: 100 }, (_, i) => `line ${i} of a text that goes on`);
    const probe = choose(fromString(`${lines.join('\n')}\n`), 2000);
    for (const line of probe.split('\n')) expect(lines.slice(60)).toContain(line);
    expect(probe).toContain('\n');
  });

  it('begins with a sentence where there are no lines, and with a word where there are no sentences', () => {
    const sentences = 'It was a fine day by the sea and nobody minded. '.repeat(40);
    expect(choose(fromString(sentences), 1000)).toMatch(/^It was .*\.$/);
    const words = 'one two three four five six seven eight nine ten '.repeat(40);
    const probe = choose(fromString(words), 1000);
    expect(` ${words}`).toContain(` ${probe} `);
  });

  it('takes fewer characters of Chinese', () => {
    const text = fromString('清晨，渔翁推开柴门，看见江上一片白雾。'.repeat(60));
    expect(choose(text, 800).length).toBeLessThanOrEqual(60);
    expect(choose(text, 800)).toMatch(/^清晨.*。$/);
  });

  it('prefers a stretch of many letters to a heading', () => {
    const text = `${'x\n'.repeat(500)}${'A HEADING IN CAPITALS AND OF A GOOD LENGTH BY ALL MEANS, QUITE LONG\n'.repeat(3)}${'the quick brown fox jumps over the lazy dog, and rests in the shade\n'.repeat(3)}`;
    expect(choose(fromString(text), 900)).toMatch(/^the quick/);
  });

  it('finds something in the shortest text', () => {
    const probe = choose(fromString('ab'.repeat(50)), 90);
    expect(probe.length).toBeGreaterThan(20);
    expect(choose(fromString(`a${'\n'.repeat(99)}`), 90)).not.toBeUndefined();
  });

  it('looks no further than a bounded stretch, however long the text', () => {
    const plain = 'aaa bbb aaa bbb aaa bbb aaa bbb aaa bbb aaa bbb\n';
    const telling = 'the quick brown fox jumps over the lazy dog\n'.repeat(20);
    const near = plain.repeat(1000) + telling + plain.repeat(2000);
    expect(choose(fromString(near), 0)).toMatch(/^the quick/);
    const far = plain.repeat(3000) + telling;
    expect(choose(fromString(far), 0)).toMatch(/^aaa/);
  });

  it('reads nothing that the network does not know, where there is anything else', () => {
    const known = 'the quick brown fox jumps over a dog\n'.repeat(10);
    const unknown = 'ταχεία καφέ αλεπού πηδάει πάνω από σκύλο\n'.repeat(10);
    const text = fromString(known + unknown);
    const vocabulary = { codePoints: Int32Array.from(new Set(fromString(known).codePoints)) };
    expect(chooseProbe(text, 0, vocabulary, null)).toMatch(/^the quick/);
    expect(chooseProbe(text, known.length, vocabulary, null)).toMatch(/^the quick/);
    expect(chooseProbe(fromString(unknown), 0, vocabulary, null)).toMatch(/^ταχεία/);
  });

  const promised = DESCRIBED.flatMap((described) =>
    described.promises.map(({ label }) => ({
      id: described.id,
      label,
      described,
      grammar: described.grammar?.id ?? '',
    })),
  );
  it.each(promised)('shows how $label of $id changes, several times', ({ id, label, described, grammar }) => {
    const content = readFileSync(join(CORPORA, `${id}.txt`), 'utf8');
    const text = fromString(content);
    const dataset = createDataset(text, DEFAULT_SETTINGS);
    const entry = { ...described, bytes: null, hash: null, file: null };
    const probe = chooseProbe(text, dataset.trainLength, dataset.vocabulary, entry);
    const at = content.indexOf(probe, dataset.trainLength);
    expect(at).toBeGreaterThan(0);
    const told = finish(grammarLabelsInSteps(grammar, text));
    const known = told?.get(label) ?? finish(plainLabelsInSteps(text, 0, text.codePoints.length)).get(label);
    const values = known?.subarray(at, at + probe.length) ?? new Int16Array(0);
    expect(values.filter((value, i) => i > 0 && value !== values[i - 1]).length).toBeGreaterThanOrEqual(3);
  });
});
