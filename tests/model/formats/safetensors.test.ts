/** The safetensors format: what is written is read again, and nothing else is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTensors, writeTensors } from '../../../src/model/formats/safetensors';
import type { StoredTensor } from '../../../src/model/formats/safetensors';
import { complaintOf } from './complaint';

const FILE = {
  tensors: new Map<string, StoredTensor>([
    ['a', { shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, NaN, -0) }],
    ['b', { shape: [1], values: Float64Array.of(Math.PI) }],
    ['c', { shape: [], values: Int32Array.of(-7) }],
    ['d', { shape: [0], values: new Float32Array(0) }],
  ]),
  metadata: { format: 'a', note: '水 "quoted"' },
};

/** A file of any header and so many bytes of numbers. */
const fileOf = (header: unknown, bytes: number): Uint8Array => {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const file = new Uint8Array(8 + json.length + bytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  return file;
};

const complaint = (bytes: Uint8Array): string => complaintOf(() => readTensors(bytes));

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
  expect(bytes.length).toBe(8 + length + 36);
});

it('reads a file that does not begin where its memory does', () => {
  const bytes = writeTensors(FILE);
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  expect(readTensors(shifted.subarray(3)).tensors.get('b')?.values[0]).toBe(Math.PI);
});

describe('a file that is none', () => {
  const tensor = (o: object) => ({ x: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...o } });
  it.each<[string, Uint8Array, RegExp]>([
    ['nothing', new Uint8Array(0), /shorter/],
    ['a length alone', new Uint8Array(8).fill(255), /shorter/],
    ['a text', new TextEncoder().encode('{"name": "a package"}\n'.repeat(9)), /shorter/],
    ['no JSON', fileOf('{"x":', 0), /JSON/],
    ['a list', fileOf([], 0), /no object/],
    ['a number', fileOf(3, 0), /no object/],
    ['metadata that are no texts', fileOf({ __metadata__: { a: 1 } }, 0), /metadata/],
    ['a tensor that is none', fileOf({ x: 3 }, 0), /x is not described/],
    ['another type', fileOf(tensor({ dtype: 'BF16' }), 8), /holds BF16/],
    ['a negative size', fileOf(tensor({ shape: [-2] }), 8), /not described/],
    ['a shape of another size', fileOf(tensor({ shape: [3] }), 8), /does not fit/],
    ['a gap', fileOf(tensor({ data_offsets: [4, 12] }), 12), /does not fit/],
    ['numbers that are cut off', fileOf(tensor({}), 7), /does not fit/],
    ['numbers too many', fileOf(tensor({}), 9), /more bytes/],
  ])('is refused: %s', (_, bytes, why) => {
    expect(complaint(bytes)).toMatch(why);
  });

  it('is never read as something else where a byte is wrong', () => {
    const bytes = writeTensors(FILE);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const broken = bytes.slice();
        broken[at] = value;
        // Either it is refused, or only a name, a text or a number has changed.
        if (complaint(broken) === 'none') expect(readTensors(broken).tensors.size).toBeLessThanOrEqual(4);
      }),
    );
  });
});

it('refuses to write a tensor that is not of its shape', () => {
  const tensors = new Map([['a', { shape: [3], values: Float32Array.of(1) }]]);
  expect(() => writeTensors({ tensors, metadata: {} })).toThrow(RangeError);
});
