/**
 * Whatever is done to a run file: it is refused with a failure that says why, or it is a run that can go on; nothing else
 * is ever thrown, and no more memory is taken than twice the file. FUZZ_RUNS sets how many files are tried.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHECKSUM, seal } from '../../../src/model/formats/checksum';
import { readRunFile, writeRunFile } from '../../../src/model/formats/runFile';
import type { RunToSave, SavedRun } from '../../../src/model/formats/runFile';
import { VERSION } from '../../../src/model/formats/runVersions';
import { createReferenceKernels } from '../../../src/model/kernels/reference';
import { Run } from '../../../src/model/run';
import type { Settings } from '../../../src/model/settings';
import { fromString } from '../../../src/model/text/decode';
import type { Dataset } from '../../../src/model/text/types';
import { createDataset } from '../../../src/model/text/vocabulary';
import { complaintOf } from './complaint';
import { fixture, FIXTURE_TEXT } from './files';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 2000);
/** Milliseconds, for a machine that has much else to do. */
const TIMEOUT = 60_000 + RUNS * 20;
/** What the machine itself takes while a file is read: decoders, and files so small that nothing else is. */
const SLACK = 1 << 16;
const CHECKSUM_BYTES = 32;

type Bytes = Uint8Array<ArrayBuffer>;

type Json = Record<string, unknown>;

const isBranch = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** Every place in a value, as the object that holds it and its key there. */
const placesOf = (value: unknown): { readonly holder: Json; readonly key: string }[] =>
  isBranch(value) ? Object.keys(value).flatMap((key) => [{ holder: value, key }, ...placesOf(value[key])]) : [];

/** Stands for a number that JSON knows and JavaScript's own writer does not. */
const BEYOND = '"1e999"';

const ODD = fc.oneof(
  fc.constantFrom<unknown>(null, true, '', 'x', [], {}, [[]], -1, 0, -0, 0.5, 1, 2, 3, 9, 15, 255, 256, 1024, 65535),
  fc.constantFrom<unknown>(1e9, 2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 53, 1e300, '1e999', '__proto__', 'constructor'),
  fc.constantFrom<unknown>('F64', 'F32', 'I32', 'U8', 'BF16', 'lstm', 'gru', 'rnn', 'sgd', 'rmsprop', 'embedding'),
  fc.nat(1e6),
  fc.double(),
  fc.string(),
);

interface Edit {
  readonly kind: 'set' | 'remove' | 'add';
  readonly place: number;
  readonly value: unknown;
}

const EDIT: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom('set' as const, 'set' as const, 'remove' as const, 'add' as const),
  place: fc.nat(),
  value: ODD,
});

const apply = (root: unknown, { kind, place, value: shared }: Edit): void => {
  const value = structuredClone(shared);
  const places = placesOf(root);
  if (places.length === 0) return;
  const at = places[place % places.length];
  if (kind === 'set') at.holder[at.key] = value;
  else if (kind === 'remove') Reflect.deleteProperty(at.holder, at.key);
  else if (Array.isArray(at.holder)) at.holder.push(value);
  else at.holder[String(value)] = value;
};

const headerOf = (bytes: Bytes) => {
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  return {
    header: JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Json & { __metadata__: Json },
    body: bytes.slice(8 + length),
  };
};

/** @param sealed whether the checksum is made to fit */
const fileOf = (header: unknown, body: Bytes, sealed: boolean): Bytes => {
  const json = new TextEncoder().encode(JSON.stringify(header).replaceAll(BEYOND, '1e999'));
  const bytes = new Uint8Array(8 + json.length + body.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(body, 8 + json.length);
  return sealed && CHECKSUM in (header as object) && body.length >= CHECKSUM_BYTES ? seal(bytes) : bytes;
};

/** Something done to a file, that may or may not leave it a file. */
type Mutation = (bytes: Bytes) => Bytes;

const SEALED = fc.boolean();
const EDITS = fc.array(EDIT, { minLength: 1, maxLength: 3 });

const MUTATIONS: fc.Arbitrary<Mutation> = fc.oneof(
  // Bytes: some of them changed, cut out, doubled, or cut off.
  fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }).map((changes) => (bytes: Bytes) => {
    const copy = bytes.slice();
    for (const [at, byte] of changes) copy[at % copy.length] = byte;
    return copy;
  }),
  fc.tuple(fc.nat(), fc.nat(100)).map(([at, count]) => (bytes: Bytes) => {
    const from = at % bytes.length;
    return Uint8Array.from([...bytes.subarray(0, from), ...bytes.subarray(from + count)]);
  }),
  fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 40 })).map(([at, more]) => (bytes: Bytes) => {
    const from = at % bytes.length;
    return Uint8Array.from([...bytes.subarray(0, from), ...more, ...bytes.subarray(from)]);
  }),
  fc.nat().map((at) => (bytes: Bytes) => bytes.slice(0, at % bytes.length)),
  // The header: tensors described in another way, other metadata.
  fc.tuple(EDITS, SEALED).map(([edits, sealed]) => (bytes: Bytes) => {
    const { header, body } = headerOf(bytes);
    for (const edit of edits) apply(header, edit);
    return fileOf(header, body, sealed);
  }),
  // The record: settings, counters, history.
  fc.tuple(EDITS, SEALED).map(([edits, sealed]) => (bytes: Bytes) => {
    const { header, body } = headerOf(bytes);
    const record = JSON.parse(String(header.__metadata__['run'])) as Json;
    for (const edit of edits) apply(record, edit);
    header.__metadata__['run'] = JSON.stringify(record).replaceAll(BEYOND, '1e999');
    return fileOf(header, body, sealed);
  }),
  // The numbers.
  fc
    .tuple(fc.nat(), fc.constantFrom(NaN, Infinity, -Infinity, -1, 1e300, 0.5, 5e-324), fc.constantFrom(4, 8), SEALED)
    .map(([at, value, width, sealed]) => (bytes: Bytes) => {
      const { header, body } = headerOf(bytes);
      const view = new DataView(body.buffer);
      const place = (at % Math.floor((body.length - CHECKSUM_BYTES) / width)) * width;
      if (width === 4) view.setFloat32(place, value, true);
      else view.setFloat64(place, value, true);
      return fileOf(header, body, sealed);
    }),
  // The version.
  fc.tuple(fc.nat(VERSION + 2), SEALED).map(([version, sealed]) => (bytes: Bytes) => {
    const { header, body } = headerOf(bytes);
    header.__metadata__['format'] = `lstm-playground-run-${String(version)}`;
    return fileOf(header, body, sealed);
  }),
);

const isSame = (a: Bytes, b: Bytes): boolean => Buffer.compare(a, b) === 0;

const datasets = new Map<string, Dataset>();

/** The fixtures' text as a network with these settings reads it. */
const datasetFor = (settings: Settings): Dataset => {
  const key = `${String(settings.validation)} ${String(settings.vocabularyLimit)}`;
  const known = datasets.get(key) ?? createDataset(fromString(FIXTURE_TEXT), settings);
  datasets.set(key, known);
  return known;
};

/** What was accepted is a run: it can be written and read again, and goes on where it has the text's sizes. */
const assertSound = (saved: SavedRun): void => {
  const { snapshot } = saved;
  const dataset = datasetFor(snapshot.settings);
  const restored = complaintOf(() => {
    const known = { ...snapshot, textHash: dataset.textHash };
    Run.restore({ snapshot: known, dataset, kernels: createReferenceKernels(), memoryLimit: 1e9 }).dispose();
  });
  // A validation share that was changed leaves another vocabulary or batch to the text.
  if (restored !== 'none') {
    expect(restored).toMatch(/^size /);
    return;
  }
  const toSave = { ...saved, textName: saved.textName ?? '', vocabulary: saved.vocabulary ?? dataset.vocabulary };
  const written = writeRunFile(toSave);
  expect(isSame(written, writeRunFile(readRunFile(written) as RunToSave))).toBe(true);
};

describe.each([1, VERSION])('a file of version %d', (version) => {
  const good = fixture(version);

  it('is refused, or is a run, whatever is done to it', { timeout: TIMEOUT }, () => {
    const outcomes = new Map<string, number>();
    fc.assert(
      fc.property(MUTATIONS, fc.nat(7), (mutate, askew) => {
        const mutated = mutate(good);
        // Wherever it lies in its memory.
        const bytes = new Uint8Array(mutated.length + askew).subarray(askew);
        bytes.set(mutated);
        const before = process.memoryUsage().arrayBuffers;
        const saved: SavedRun[] = [];
        const complaint = complaintOf(() => saved.push(readRunFile(bytes)));
        const taken = process.memoryUsage().arrayBuffers - before;
        expect(taken).toBeLessThanOrEqual(2 * bytes.length + SLACK);
        const kind = complaint.split(' ', 1)[0];
        outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
        saved.forEach(assertSound);
      }),
      { numRuns: RUNS / 2 },
    );
    // Every way of being refused was met, and some files were none the worse.
    const met = [...outcomes.keys()];
    expect(met).toEqual(
      expect.arrayContaining(['none', 'foreign', 'incomplete', 'unreadable', 'missing', 'size', 'bounds', 'newer']),
    );
  });
});

it('of this version is never accepted with another byte than it was saved with', { timeout: TIMEOUT }, () => {
  const good = fixture(VERSION);
  // What has a checksum that fits was not damaged but made so.
  fc.assert(
    fc.property(MUTATIONS, (mutate) => {
      const bytes = mutate(good);
      if (isSame(bytes, good) || (bytes.length >= CHECKSUM_BYTES && isSame(bytes, seal(bytes.slice())))) return;
      expect(complaintOf(() => readRunFile(bytes))).not.toBe('none');
    }),
    { numRuns: RUNS / 4 },
  );
});
