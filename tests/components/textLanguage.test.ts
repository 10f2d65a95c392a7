/** Which language a text is set in. */
import { describe, expect, it } from 'vitest';
import { textLanguage } from '../../src/components/stage/textLanguage';

describe('textLanguage', () => {
  it('goes by the letters of the text', () => {
    expect(textLanguage('“你好，”他说……')).toBe('zh');
    expect(textLanguage('LSTM 有三个门。')).toBe('zh');
    expect(textLanguage('「こんにちは」と彼は言った。')).toBe('ja');
    expect(textLanguage('“안녕하세요”')).toBe('ko');
  });

  it('leaves alone what only quotes a word of it, or has no letters', () => {
    expect(textLanguage('“Don’t,” she said, and wrote 你 on the wall with a piece of chalk.')).toBe('');
    expect(textLanguage('((()))')).toBe('');
    expect(textLanguage('')).toBe('');
  });
});
