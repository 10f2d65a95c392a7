/** The probe text is a stretch that a reader can follow, out of what the network does not train on. */
import { describe, expect, it } from 'vitest';
import { fromString } from '../../../src/model/text/decode';
import { chooseProbe } from '../../../src/model/text/probe';

describe('chooseProbe', () => {
  it('takes whole lines out of the held-out part', () => {
    const lines = Array.from({ length: 100 }, (_, i) => `line ${i} of a text that goes on`);
    const probe = chooseProbe(fromString(`${lines.join('\n')}\n`), 2000, null);
    for (const line of probe.split('\n')) expect(lines.slice(60)).toContain(line);
    expect(probe).toContain('\n');
  });

  it('begins with a sentence where there are no lines, and with a word where there are no sentences', () => {
    const sentences = 'It was a fine day by the sea and nobody minded. '.repeat(40);
    expect(chooseProbe(fromString(sentences), 1000, null)).toMatch(/^It was .*\.$/);
    const words = 'one two three four five six seven eight nine ten '.repeat(40);
    const probe = chooseProbe(fromString(words), 1000, null);
    expect(` ${words}`).toContain(` ${probe} `);
  });

  it('takes fewer characters of Chinese', () => {
    const text = fromString('清晨，渔翁推开柴门，看见江上一片白雾。'.repeat(60));
    expect(chooseProbe(text, 800, null).length).toBeLessThanOrEqual(60);
    expect(chooseProbe(text, 800, null)).toMatch(/^清晨.*。$/);
  });

  it('prefers a stretch of many letters to a heading', () => {
    const text = `${'x\n'.repeat(500)}${'A HEADING IN CAPITALS AND OF A GOOD LENGTH BY ALL MEANS, QUITE LONG\n'.repeat(3)}${'the quick brown fox jumps over the lazy dog, and rests in the shade\n'.repeat(3)}`;
    expect(chooseProbe(fromString(text), 900, null)).toMatch(/^the quick/);
  });

  it('finds something in the shortest text', () => {
    const probe = chooseProbe(fromString('ab'.repeat(50)), 90, null);
    expect(probe.length).toBeGreaterThan(20);
    expect(chooseProbe(fromString(`a${'\n'.repeat(99)}`), 90, null)).not.toBeUndefined();
  });

  it('looks no further than a bounded stretch, however long the text', () => {
    const plain = 'aaa bbb aaa bbb aaa bbb aaa bbb aaa bbb aaa bbb\n';
    const telling = 'the quick brown fox jumps over the lazy dog\n'.repeat(20);
    const near = plain.repeat(1000) + telling + plain.repeat(2000);
    expect(chooseProbe(fromString(near), 0, null)).toMatch(/^the quick/);
    const far = plain.repeat(3000) + telling;
    expect(chooseProbe(fromString(far), 0, null)).toMatch(/^aaa/);
  });
});
