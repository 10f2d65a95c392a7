/** Kept runs and texts: what is there after a write that was cut off, damage, and no room. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../src/model/failures';
import { fromString } from '../../src/model/text/decode';
import { readRunFile, type SavedRun } from '../../src/model/formats/runFile';
import type { RunCard } from '../../src/model/telemetry';
import { storageFailure } from '../../src/workers/storageFailure';
import { openVault } from '../../src/workers/vault';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import { checksum } from '../../src/workers/cards';
import { FakeCabinet } from './cabinet';

/** Stands for a run file: its first byte says which it is, and its last one has to be twice that. */
const bytesOf = (which: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array([which, ...Array<number>(98).fill(7), which * 2]);
const read = (bytes: Uint8Array): SavedRun => {
  if (bytes.at(-1) !== bytes[0] * 2) {
    throw new FailureError({ code: 'run-file-damaged', fault: { kind: 'changed' } });
  }
  return { which: bytes[0] } as unknown as SavedRun;
};

const cardAt = (step: number): RunCard => ({
  settings: DEFAULT_SETTINGS,
  textName: 'tale.txt',
  step,
  smoothedLoss: 1,
  heldOutLoss: null,
  curve: [2, 1],
});

const noPause = () => Promise.resolve();
const open = (cabinet: FakeCabinet) => openVault(cabinet, { read, today: () => 1234 });
const runOf = (which: number, runId = 'a') => ({
  runId,
  textHash: `hash of ${runId}`,
  bytes: bytesOf(which),
  page: `page ${which}`,
  card: cardAt(which),
});
const whichOf = async (cabinet: FakeCabinet, runId: string | null = null) => {
  const kept = await (await open(cabinet)).newest(runId);
  return kept && { runId: kept.runId, page: kept.page, ...(kept.saved as unknown as { which: number }) };
};
const runKeys = (cabinet: FakeCabinet) => [...cabinet.values.keys()].filter((key) => key.startsWith('run/')).sort();

/** In the order in which they were written. */
const generations = (cabinet: FakeCabinet) =>
  [...cabinet.values]
    .filter(([key]) => key.startsWith('run/'))
    .map(([key, value]) => ({ key, value: value as { number: number; bytes: Uint8Array; page: string } }))
    .sort((a, b) => a.value.number - b.value.number);

describe('the vault', () => {
  it('gives back the newest of what was kept, in two places however often', async () => {
    const cabinet = new FakeCabinet();
    expect(await whichOf(cabinet)).toBeNull();
    for (let which = 1; which <= 50; which++) {
      const vault = await open(cabinet);
      await vault.keep(runOf(which), null);
      expect(await whichOf(cabinet)).toEqual({ runId: 'a', page: `page ${which}`, which });
    }
    expect(runKeys(cabinet)).toEqual(['run/a/0', 'run/a/1']);
    expect([...cabinet.values.keys()].filter((key) => key.startsWith('card/'))).toHaveLength(2);
    expect(cabinet.values.size).toBe(4);
  });

  it('loses one generation to a write that is cut off half-way, never the one before', async () => {
    const cabinet = new FakeCabinet();
    const vault = await open(cabinet);
    await vault.keep(runOf(1), null);
    await vault.keep(runOf(2), null);
    cabinet.breaks = { error: new Error('killed'), leavesHalf: true };
    await expect(vault.keep(runOf(3), null)).rejects.toMatchObject({ failure: { code: 'storage-refused' } });
    expect(await whichOf(cabinet)).toMatchObject({ which: 2 });
    // The same again, by the worker that saw it fail and by one that finds what it left.
    await expect(vault.keep(runOf(4), null)).rejects.toThrow();
    await expect((await open(cabinet)).keep(runOf(5), null)).rejects.toThrow();
    expect(await whichOf(cabinet)).toMatchObject({ which: 2 });
    cabinet.breaks = null;
    await (await open(cabinet)).keep(runOf(6), null);
    expect(await whichOf(cabinet)).toMatchObject({ which: 6 });
    expect(generations(cabinet).map(({ value }) => value.bytes[0])).toEqual([2, 6]);
  });

  it('takes the other generation where any byte of one, or what is said of it, has changed', async () => {
    const damages: ((value: Record<string, unknown>) => void)[] = [
      (value) => ((value['bytes'] as Uint8Array)[99] ^= 1),
      (value) => ((value['bytes'] as Uint8Array)[0] ^= 1),
      (value) => (value['bytes'] = new Uint8Array()),
      (value) => (value['page'] = 'other'),
      (value) => (value['number'] = 99),
      (value) => (value['runId'] = 'b'),
      (value) => delete value['checksum'],
    ];
    for (const generation of [0, 1]) {
      for (const damage of damages) {
        const cabinet = new FakeCabinet();
        const vault = await open(cabinet);
        for (const which of [1, 2]) await vault.keep(runOf(which), null);
        damage(generations(cabinet)[generation].value);
        expect(await whichOf(cabinet)).toMatchObject({ runId: 'a', which: generation === 0 ? 2 : 1 });
      }
    }
  });

  it('says what is wrong where no generation is whole', async () => {
    const cabinet = new FakeCabinet();
    const vault = await open(cabinet);
    for (const which of [1, 2]) await vault.keep(runOf(which), null);
    for (const { value } of generations(cabinet)) value.bytes[40] ^= 1;
    // That the checksum of the file itself notices.
    for (const { value } of generations(cabinet)) value.bytes[0] ^= 1;
    await expect(whichOf(cabinet)).rejects.toMatchObject({ failure: { code: 'run-file-damaged' } });
  });

  it('keeps the run on the page and ten before it, those that have a name, and one that is still needed', async () => {
    const cabinet = new FakeCabinet();
    const vault = await open(cabinet);
    const names = Array.from({ length: 14 }, (_, k) => `run ${String.fromCharCode(97 + k)}`);
    for (const runId of names) {
      await vault.keep(runOf(1, runId), names[0]);
      if (runId === names[1]) await vault.label(runId, { name: 'the good one' });
    }
    const kept = () => [...new Set(runKeys(cabinet).map((key) => key.split('/')[1]))];
    expect(kept()).toEqual([names[0], names[1], ...names.slice(3)]);
    expect(await whichOf(cabinet, names[0])).toMatchObject({ runId: names[0] });
    await vault.keep(runOf(2, names[13]), null);
    expect(kept()).toEqual([names[1], ...names.slice(3)]);
    expect([...cabinet.values.keys()].filter((key) => key.includes(names[2]))).toEqual([]);
  });

  it('lists what it keeps, the newest first, without reading it', async () => {
    const cabinet = new FakeCabinet();
    const vault = await open(cabinet);
    for (const [which, runId] of [
      [1, 'a'],
      [2, 'b'],
      [3, 'a'],
    ] as const)
      await vault.keep(runOf(which, runId), null);
    await vault.label('b', { name: 'second' });
    const listed = [
      { runId: 'a', savedAt: 1234, bytes: 200, card: cardAt(3), name: null, parent: null, isRemoved: false },
      { runId: 'b', savedAt: 1234, bytes: 100, card: cardAt(2), name: 'second', parent: null, isRemoved: false },
    ];
    expect(vault.list()).toEqual(listed);
    const read: string[] = [];
    const { get } = cabinet;
    Object.assign(cabinet, {
      get: (key: string) => {
        read.push(key);
        return get(key);
      },
    });
    expect((await open(cabinet)).list()).toEqual(listed);
    expect(read.filter((key) => key.startsWith('run/'))).toEqual([]);
  });

  it('puts back what was removed in this visit, and lets it go in the next one', async () => {
    const cabinet = new FakeCabinet();
    const vault = await open(cabinet);
    for (const runId of ['a', 'b']) await vault.keep(runOf(1, runId), null);
    await vault.label('b', { isRemoved: true });
    expect(vault.list().map(({ runId, isRemoved }) => [runId, isRemoved])).toEqual([
      ['b', true],
      ['a', false],
    ]);
    expect(await whichOf(cabinet)).toMatchObject({ runId: 'a' });
    await vault.keep(runOf(2, 'a'), null);
    await vault.label('b', { isRemoved: false });
    expect((await vault.newest(null))?.runId).toBe('a');
    expect((await vault.newest('b'))?.runId).toBe('b');
    // One that goes on is not removed any more.
    await vault.label('b', { isRemoved: true });
    await vault.keep(runOf(2, 'b'), null);
    expect(vault.list()[0]).toMatchObject({ runId: 'b', isRemoved: false });
    await vault.label('b', { isRemoved: true });
    const next = await open(cabinet);
    await next.keep(runOf(3, 'a'), null);
    expect(next.list().map(({ runId }) => runId)).toEqual(['a']);
    expect([...cabinet.values.keys()].filter((key) => key.includes('/b'))).toEqual([]);
  });

  it('duplicates a run as it is: the copy has a name and its parent, and does not come before it', async () => {
    const cabinet = new FakeCabinet();
    const vault = await open(cabinet);
    for (const which of [1, 2]) await vault.keep(runOf(which), null);
    await vault.duplicate('a', 'copy', 'a (copy)');
    await vault.duplicate('gone', 'none', 'nothing');
    expect(vault.list().map(({ runId, name, parent }) => [runId, name, parent])).toEqual([
      ['a', null, null],
      ['copy', 'a (copy)', 'a'],
    ]);
    expect(await whichOf(cabinet)).toMatchObject({ runId: 'a', which: 2 });
    expect(await whichOf(cabinet, 'copy')).toEqual({ runId: 'copy', which: 2, page: 'page 2' });
    // What happens to one is nothing to the other.
    for (const which of [3, 4]) await vault.keep(runOf(which), null);
    expect(await whichOf(cabinet, 'copy')).toMatchObject({ which: 2 });
  });

  it('makes room by the oldest runs without a name, and says when there is none left', async () => {
    const cabinet = new FakeCabinet();
    const vault = await open(cabinet);
    for (const runId of ['a', 'b', 'c', 'd', 'e']) await vault.keep(runOf(1, runId), null);
    await vault.label('b', { name: 'stays' });
    const { put } = cabinet;
    let most = 4;
    Object.assign(cabinet, {
      put: (key: string, value: unknown) => {
        const others = runKeys(cabinet).filter((other) => other !== key);
        return key.startsWith('run/') && others.length >= most
          ? Promise.reject(new DOMException('', 'QuotaExceededError'))
          : put(key, value);
      },
    });
    await vault.keep(runOf(1, 'f'), 'd');
    expect(vault.list().map(({ runId }) => runId)).toEqual(['f', 'e', 'd', 'b']);
    most = 1;
    await expect(vault.keep(runOf(2, 'f'), 'd')).rejects.toMatchObject({ failure: { code: 'storage-full' } });
    expect(vault.list().map(({ runId }) => runId)).toEqual(['f', 'd', 'b']);
    expect((await vault.newest('f'))?.runId).toBe('f');
  });

  it('reads what was kept before there were cards', async () => {
    const cabinet = new FakeCabinet();
    const vault = await open(cabinet);
    for (const which of [1, 2]) await vault.keep(runOf(which), null);
    for (const key of [...cabinet.values.keys()]) if (key.startsWith('card/')) cabinet.values.delete(key);
    expect(await whichOf(cabinet)).toMatchObject({ which: 2 });
    await (await open(cabinet)).keep(runOf(3), null);
    expect(generations(cabinet).map(({ value }) => value.bytes[0])).toEqual([2, 3]);
  });

  it('has the generation that was written, where its card was not', async () => {
    const cabinet = new FakeCabinet();
    const vault = await open(cabinet);
    for (const which of [1, 2]) await vault.keep(runOf(which), null);
    const { put } = cabinet;
    Object.assign(cabinet, {
      put: (key: string, value: unknown) =>
        key.startsWith('card/') ? Promise.reject(new Error('killed')) : put(key, value),
    });
    await expect(vault.keep(runOf(3), null)).rejects.toThrow();
    Object.assign(cabinet, { put });
    expect(await whichOf(cabinet)).toMatchObject({ which: 2 });
    await (await open(cabinet)).keep(runOf(4), null);
    expect(await whichOf(cabinet)).toMatchObject({ which: 4 });
    expect(generations(cabinet).map(({ value }) => value.bytes[0])).toEqual([2, 4]);
  });

  it('keeps a text once under the hash of its content, as long as a run reads it', async () => {
    const cabinet = new FakeCabinet();
    const vault = await open(cabinet);
    const text = {
      ...fromString('naïve 😀\ntext '.repeat(9)),
      encoding: 'utf-16le' as const,
      newlinesChanged: 4,
      bytes: 300,
    };
    const keep = () => vault.keepText({ name: 'tale.txt', text }, [], noPause);
    await keep();
    await vault.keep({ ...runOf(1), textHash: text.hash }, null);
    expect(vault.hasText(text.hash)).toBe(true);
    const again = await open(cabinet);
    expect(again.hasText(text.hash)).toBe(true);
    expect(await again.text(text.hash, noPause)).toEqual({ name: 'tale.txt', text });
    await again.keep({ ...runOf(2), textHash: text.hash }, null);
    expect([...cabinet.values.keys()].filter((key) => key.startsWith('text/'))).toHaveLength(1);
    for (const which of [3, 4]) await again.keep(runOf(which), null);
    expect(again.hasText(text.hash)).toBe(false);
    expect(await again.text(text.hash, noPause)).toBeNull();
  });

  it('gives no text that is not the one that was kept', async () => {
    const cabinet = new FakeCabinet();
    const vault = await open(cabinet);
    const text = fromString('the cat sat on the mat. ');
    await vault.keepText({ name: '', text }, [], noPause);
    const record = cabinet.values.get(`text/${text.hash}`) as { content: unknown };
    const { content } = record;
    for (const other of [new Blob(['the cat sat on a mat. ']), new Blob([]), undefined]) {
      record.content = other;
      expect(await vault.text(text.hash, noPause)).toBeNull();
    }
    record.content = content;
    expect(await vault.text(text.hash, noPause)).toEqual({ name: '', text });
  });

  it('reads what the first versions of its records hold, and writes them anew', async () => {
    const url = new URL('../fixtures/vault/version-1.json', import.meta.url);
    const first = JSON.parse(readFileSync(url, 'utf8')) as Record<string, { bytes: string; parts: string[] }>;
    const file = new Uint8Array(readFileSync(new URL(`../../${first['run/a1/0'].bytes}`, import.meta.url)));
    const cabinet = new FakeCabinet();
    const textKey = 'text/3ef6c0bdbb1f8e16';
    for (const [key, value] of Object.entries(first)) cabinet.values.set(key, value);
    cabinet.values.set('run/a1/0', { ...first['run/a1/0'], bytes: file });
    // Their strings were cut after some thousand characters.
    const [part] = first[textKey].parts;
    cabinet.values.set(textKey, { ...first[textKey], parts: [part.slice(0, 20), part.slice(20)] });

    const vault = await openVault(cabinet, { read: readRunFile, today: () => 1234 });
    const kept = await vault.text('3ef6c0bdbb1f8e16', noPause);
    const text = 'naïve 😀 «quoted»\nlines of text, 水山\n'.repeat(8);
    expect(kept?.name).toBe('tale.txt');
    const { codePoints, hash, ...facts } = kept?.text ?? fromString('-');
    expect(String.fromCodePoint(...codePoints)).toBe(text);
    expect(hash).toBe(fromString(text).hash);
    expect(facts).toMatchObject({ encoding: 'utf-8', byteOrderMark: true, newlinesChanged: 8, bytes: 371 });
    const run = await vault.newest('a1');
    expect(run).toMatchObject({ savedAt: 1795000000000, saved: { textName: 'text.txt' } });

    await vault.keepText(kept ?? { name: '', text: fromString('-') }, [], noPause);
    await vault.keep({ ...runOf(1, 'a1'), textHash: hash, bytes: file }, null);
    expect(cabinet.values.get(textKey)).toMatchObject({ version: 2, content: expect.any(Blob) as Blob });
    expect(cabinet.values.get('run/a1/1')).toMatchObject({ version: 1, number: 2 });
    expect(await (await open(cabinet)).text(hash, noPause)).toEqual(kept);
  });

  const newer = (cabinet: FakeCabinet, key: string) => {
    cabinet.values.set(key, { version: 7, of: 'the future' });
  };

  it('leaves alone what a later version has kept, and says so', async () => {
    const failure = { code: 'run-file-newer', version: 7, known: 1 };
    const cabinet = new FakeCabinet();
    const first = await open(cabinet);
    const text = fromString('the cat sat on the mat. ');
    await first.keepText({ name: '', text }, [], noPause);
    expect(first.newer).toBeNull();
    for (const which of [1, 2]) await first.keep({ ...runOf(which), textHash: text.hash }, null);
    newer(cabinet, 'run/a/1');
    cabinet.values.delete('card/run/a/1');
    newer(cabinet, 'run/b/0');
    newer(cabinet, 'run/b/1');

    const vault = await open(cabinet);
    expect(vault.newer?.failure).toEqual(failure);
    expect(vault.list().map(({ runId }) => runId)).toEqual(['a']);
    expect(await whichOf(cabinet, 'a')).toMatchObject({ which: 1 });
    await expect(vault.newest('b')).rejects.toMatchObject({ failure });
    for (let which = 3; which < 20; which++) await vault.keep(runOf(which, `run ${String(which % 15)}`), null);
    await vault.keep(runOf(9), null);
    for (const key of ['run/a/1', 'run/b/0', 'run/b/1']) {
      expect(cabinet.values.get(key)).toEqual({ version: 7, of: 'the future' });
    }
    // A run of the future may read it.
    expect(vault.hasText(text.hash)).toBe(true);
  });

  it('knows a later version by the card beside it, without reading the run', async () => {
    const cabinet = new FakeCabinet();
    await (await open(cabinet)).keep(runOf(1), null);
    const said = JSON.stringify({ number: 1, textHash: '', savedAt: 1, bytes: 9, form: 2, card: cardAt(1) });
    cabinet.values.set('card/run/a/0', { version: 1, said, checksum: checksum(said) });
    const vault = await open(cabinet);
    expect(vault.newer?.failure).toMatchObject({ version: 2 });
    expect(vault.list()).toEqual([]);
  });

  it('neither reads nor removes a text that a later version has kept', async () => {
    const cabinet = new FakeCabinet();
    newer(cabinet, 'text/abc');
    const vault = await open(cabinet);
    await expect(vault.text('abc', noPause)).rejects.toMatchObject({
      failure: { code: 'run-file-newer', version: 7, known: 2 },
    });
    for (const which of [1, 2]) await vault.keep(runOf(which), null);
    expect(cabinet.values.has('text/abc')).toBe(true);
  });

  it('tells no room from no permission', async () => {
    expect(storageFailure(new DOMException('', 'QuotaExceededError')).failure).toEqual({ code: 'storage-full' });
    const cabinet = new FakeCabinet();
    cabinet.refuses = new DOMException('denied', 'SecurityError');
    await expect(open(cabinet)).rejects.toMatchObject({ failure: { code: 'storage-refused' } });
  });
});
