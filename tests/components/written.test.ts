/** Long texts that the page gives away in a blob. */
import { describe, expect, it } from 'vitest';
import { writtenInBlob } from '../../src/components/corpus/written';

/** What the browser itself makes of the whole string. */
const byBrowser = (text: string) => new Blob([text]).bytes();
const written = (text: string) => writtenInBlob(text).bytes();

describe('a long text in a blob', () => {
  it('is what the whole string is in UTF-8, wherever it is cut', async () => {
    for (const before of [0, 1]) {
      // Of pairs alone, so that each cut would part one of them.
      const text = 'a'.repeat(before) + '🐈'.repeat(1_300_000);
      const bytes = await written(text);
      expect(Buffer.compare(bytes, await byBrowser(text))).toBe(0);
    }
  });

  it('has U+FFFD where half of a pair stands alone, also where it is cut', async () => {
    const text = `${'é'.repeat(2 ** 20 - 1)}\ud83d${'a'.repeat(10)}\udc08`;
    expect(Buffer.compare(await written(text), await byBrowser(text))).toBe(0);
  });

  it('is never written whole: the browser would hold it three times more meanwhile', () => {
    const pieces: number[] = [];
    const Original = globalThis.Blob;
    class Counted extends Original {
      constructor(parts: BlobPart[] = []) {
        super(parts);
        for (const part of parts) {
          if (typeof part === 'string') pieces.push(part.length);
          else if (!(part instanceof Blob)) pieces.push(part.byteLength);
        }
      }
    }
    globalThis.Blob = Counted;
    try {
      expect(writtenInBlob('x'.repeat(5_000_000)).size).toBe(5_000_000);
    } finally {
      globalThis.Blob = Original;
    }
    expect(Math.max(...pieces)).toBeLessThanOrEqual(2 ** 21);
  });
});
