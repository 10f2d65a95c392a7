/** The safetensors format: what is written is read again, and nothing else is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_HEADER, readTensors, writeTensors } from '../../../src/model/formats/safetensors';
import type { StoredTensor } from '../../../src/model/formats/safetensors';
import { complaintOf } from './complaint';

const FILE = {
  tensors: new Map<string, StoredTensor>([
    ['a', { shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, NaN, -0) }],
    ['b', { shape: [1], values: Float64Array.of(Math.PI) }],
    ['c', { shape: [], values: Int32Array.of(-7) }],
    ['d', { shape: [0], values: new Float32Array(0) }],
    ['e', { shape: [3], values: Uint8Array.of(0, 127, 255) }],
  ]),
  metadata: { format: 'a', note: '水 "quoted"' },
};

/** A file of any header and so many bytes of numbers. */
const fileOf = (header: unknown, bytes: number): Uint8Array<ArrayBuffer> => {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const file = new Uint8Array(8 + json.length + bytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  return file;
};

const complaint = (bytes: Uint8Array<ArrayBuffer>): string => complaintOf(() => readTensors(bytes));

it('reads what it wrote, bit for bit', () => {
  const { tensors, metadata } = readTensors(writeTensors(FILE));
  expect(metadata).toEqual(FILE.metadata);
  expect(new Map(tensors)).toEqual(FILE.tensors);
  expect(Object.is(tensors.get('a')?.values[5], -0)).toBe(true);
});

it('writes numbers where they are aligned, without gaps', () => {
  const bytes = writeTensors(FILE);
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  expect(length % 8).toBe(0);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Record<string, unknown>;
  expect(header['b']).toEqual({ dtype: 'F64', shape: [1], data_offsets: [0, 8] });
  expect(header['a']).toEqual({ dtype: 'F32', shape: [2, 3], data_offsets: [8, 32] });
  expect(bytes.length).toBe(8 + length + 39);
});

it('reads a file that does not begin where its memory does', () => {
  const bytes = writeTensors(FILE);
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  expect(readTensors(shifted.subarray(3)).tensors.get('b')?.values[0]).toBe(Math.PI);
});

it('uses numbers where they stand', () => {
  const bytes = writeTensors(FILE);
  for (const { values } of readTensors(bytes).tensors.values()) expect(values.buffer).toBe(bytes.buffer);
});

describe('a file that is none', () => {
  const tensor = (o: object) => ({ x: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...o } });
  it.each<[string, Uint8Array<ArrayBuffer>, string]>([
    ['nothing', new Uint8Array(0), 'foreign'],
    ['a length alone', new Uint8Array(8).fill(255), 'foreign'],
    ['a text', new TextEncoder().encode('{"name": "a package"}\n'.repeat(9)), 'foreign'],
    ['a header longer than any', fileOf(' '.repeat(LONGEST_HEADER + 1), 0), 'foreign'],
    ['a header that is cut off', fileOf({ x: 3 }, 0).slice(0, 10), 'incomplete'],
    ['no JSON', fileOf('{"x":', 0), 'unreadable header'],
    ['brackets without end', fileOf('['.repeat(1_000_000), 0), 'unreadable header'],
    ['a list', fileOf([], 0), 'unreadable header'],
    ['a number', fileOf(3, 0), 'unreadable header'],
    ['metadata that are no texts', fileOf({ __metadata__: { a: 1 } }, 0), 'unreadable __metadata__'],
    ['a tensor that is none', fileOf({ x: 3 }, 0), 'unreadable x'],
    ['another type', fileOf(tensor({ dtype: 'BF16' }), 8), 'bounds x.dtype BF16'],
    ['a type that only objects have', fileOf(tensor({ dtype: 'constructor' }), 8), 'bounds x.dtype constructor'],
    ['a negative size', fileOf(tensor({ shape: [-2] }), 8), 'unreadable x'],
    ['a shape of another size', fileOf(tensor({ shape: [3] }), 8), 'size x'],
    ['a shape beyond all numbers', fileOf(tensor({ shape: Array<number>(40).fill(2 ** 50) }), 8), 'size x'],
    ['a gap', fileOf(tensor({ data_offsets: [4, 12] }), 12), 'size x'],
    ['more than there is', fileOf(tensor({ shape: [2 ** 50], data_offsets: [0, 2 ** 52] }), 8), 'incomplete'],
    ['numbers that are cut off', fileOf(tensor({}), 7), 'incomplete'],
    ['numbers too many', fileOf(tensor({}), 9), 'incomplete'],
  ])('is refused: %s', (_, bytes, why) => {
    expect(complaint(bytes)).toBe(why);
  });

  it('is never read as something else where a byte is wrong', () => {
    const bytes = writeTensors(FILE);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const broken = bytes.slice();
        broken[at] = value;
        // Either it is refused, or only a name, a text or a number has changed.
        if (complaint(broken) === 'none') expect(readTensors(broken).tensors.size).toBeLessThanOrEqual(5);
      }),
    );
  });
});

it('refuses to write a tensor that is not of its shape', () => {
  const tensors = new Map([['a', { shape: [3], values: Float32Array.of(1) }]]);
  expect(() => writeTensors({ tensors, metadata: {} })).toThrow(RangeError);
});

it('refuses to write a header that it would not read', () => {
  expect(() => writeTensors({ tensors: new Map(), metadata: { a: 'x'.repeat(LONGEST_HEADER) } })).toThrow(RangeError);
});
