/** What the build adds to corpora/: the joined source, and a catalogue that is whole without a local one. */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CORPORA, serialise } from '../../scripts/corpora/make';
import { joinSource, mergedIndex } from '../../scripts/corpora/plugin';
import type { CatalogueEntry } from '../../src/model/text/types';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'corpora-'));
  mkdirSync(join(root, 'src', 'model'), { recursive: true });
  mkdirSync(join(root, 'public', 'corpora', 'local'), { recursive: true });
  cpSync(join(CORPORA, 'index.json'), join(root, 'public', 'corpora', 'index.json'));
  writeFileSync(join(root, 'src', 'b.tsx'), 'second\n\n');
  writeFileSync(join(root, 'src', 'a.css'), 'not this');
  writeFileSync(join(root, 'src', 'model', 'a.ts'), 'third');
  writeFileSync(join(root, 'src', 'a.ts'), 'first\n');
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

describe('the corpora of the build', () => {
  it('join the TypeScript in the order of its paths', () => {
    expect(joinSource(root)).toBe('// src/a.ts\nfirst\n\n// src/b.tsx\nsecond\n\n// src/model/a.ts\nthird\n');
  });

  it('say how long the source is, and what its hash is', () => {
    const source = mergedIndex(root).find(({ id }) => id === 'source');
    expect(source?.bytes).toBe(Buffer.byteLength(joinSource(root)));
    expect(source?.hash).toBe(createHash('sha256').update(joinSource(root)).digest('hex').slice(0, 16));
  });

  it('do without a local catalogue, and take it in where there is one', () => {
    const bundled = mergedIndex(root);
    expect(bundled.some(({ kind }) => kind === 'local')).toBe(false);
    const added: CatalogueEntry = { ...bundled[0], id: 'mine', kind: 'local', file: 'local/mine.txt' };
    const local = join(root, 'public', 'corpora', 'local', 'index.json');
    writeFileSync(local, serialise([added]));
    expect(mergedIndex(root)).toEqual([...bundled, added]);
    // As lists were before they had hashes.
    writeFileSync(local, JSON.stringify([{ ...added, hash: undefined }]));
    expect(mergedIndex(root)).toEqual([...bundled, { ...added, hash: null }]);
    // Two corpora of one name could not be told apart in a link.
    writeFileSync(local, serialise([{ ...added, id: 'quotes' }]));
    expect(() => mergedIndex(root)).toThrow(/same id/);
  });
});
