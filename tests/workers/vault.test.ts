/** Kept runs and texts: what is there after a write that was cut off, damage, and no room. */
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../src/model/failures';
import { fromString } from '../../src/model/text/decode';
import type { SavedRun } from '../../src/model/formats/runFile';
import { openVault, storageFailure } from '../../src/workers/vault';
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

const open = (cabinet: FakeCabinet) => openVault(cabinet, { read, today: () => 1234 });
const runOf = (which: number, runId = 'a') => ({
  runId,
  textHash: `hash of ${runId}`,
  bytes: bytesOf(which),
  page: `page ${which}`,
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
    expect(cabinet.values.size).toBe(2);
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

  it('keeps two runs, and one that is still needed beside them', async () => {
    const cabinet = new FakeCabinet();
    const vault = await open(cabinet);
    for (const runId of ['a', 'b', 'c']) await vault.keep(runOf(1, runId), 'a');
    expect(runKeys(cabinet)).toEqual(['run/a/0', 'run/b/0', 'run/c/0']);
    expect(await whichOf(cabinet, 'a')).toMatchObject({ runId: 'a' });
    await vault.keep(runOf(2, 'c'), null);
    expect(runKeys(cabinet)).toEqual(['run/b/0', 'run/c/0', 'run/c/1']);
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
    const keep = () => vault.keepText({ name: 'tale.txt', text }, () => Promise.resolve());
    await keep();
    await vault.keep({ ...runOf(1), textHash: text.hash }, null);
    expect(vault.hasText(text.hash)).toBe(true);
    const again = await open(cabinet);
    expect(again.hasText(text.hash)).toBe(true);
    expect(await again.text(text.hash)).toEqual({ name: 'tale.txt', text });
    await again.keep({ ...runOf(2), textHash: text.hash }, null);
    expect([...cabinet.values.keys()].filter((key) => key.startsWith('text/'))).toHaveLength(1);
    for (const which of [3, 4]) await again.keep(runOf(which), null);
    expect(again.hasText(text.hash)).toBe(false);
    expect(await again.text(text.hash)).toBeNull();
  });

  it('gives no text that is not the one that was kept', async () => {
    const cabinet = new FakeCabinet();
    const vault = await open(cabinet);
    const text = fromString('the cat sat on the mat. ');
    await vault.keepText({ name: '', text }, () => Promise.resolve());
    (cabinet.values.get(`text/${text.hash}`) as { parts: string[] }).parts[0] += '!';
    expect(await vault.text(text.hash)).toBeNull();
  });

  it('tells no room from no permission', async () => {
    expect(storageFailure(new DOMException('', 'QuotaExceededError')).failure).toEqual({ code: 'storage-full' });
    const cabinet = new FakeCabinet();
    cabinet.refuses = new DOMException('denied', 'SecurityError');
    await expect(open(cabinet)).rejects.toMatchObject({ failure: { code: 'storage-refused' } });
  });
});
