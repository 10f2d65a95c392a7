/** What was dropped on the page: one file, or what is wrong with it, by name. */
import { describe, expect, it } from 'vitest';
import { chooseFile } from '../../src/components/corpus/dropping';

const dropped = (name: string, isFolder = false) => ({ file: new File(['x'], name), isFolder });

describe('what was dropped', () => {
  it('is taken where it is one file', () => {
    const one = dropped('a.txt');
    expect(chooseFile([one])).toBe(one.file);
    expect(chooseFile([])).toBeNull();
  });

  it('is refused by name where it is a folder, or more than one', () => {
    expect(chooseFile([dropped('letters', true)])).toEqual({ code: 'file-folder', name: 'letters' });
    expect(chooseFile([dropped('a.txt'), dropped('letters', true)])).toEqual({
      code: 'files-several',
      names: ['a.txt', 'letters'],
    });
  });
});
