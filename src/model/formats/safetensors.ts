/**
 * The safetensors format: eight bytes with the length of a header in JSON, little-endian, the header, and the numbers of
 * the tensors one after the other without gaps. https://github.com/huggingface/safetensors#format
 */
import * as v from 'valibot';
import { sizeOf } from '../kernels/kernels';
import { damaged } from './damage';

export type TensorValues =
  Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

export interface StoredTensor {
  readonly shape: readonly number[];
  readonly values: TensorValues;
}

/** Tensors in the order of the file. */
export type Tensors = ReadonlyMap<string, StoredTensor>;

export interface TensorFile {
  readonly tensors: Tensors;
  readonly metadata: Readonly<Record<string, string>>;
}

/** What stands before the numbers. */
export interface Header {
  readonly metadata: Readonly<Record<string, string>>;
  /** By name, as the file has them. */
  readonly descriptions: Readonly<Record<string, unknown>>;
  /** Where the numbers begin, in bytes. */
  readonly start: number;
}

const TYPES = { F64: Float64Array, F32: Float32Array, I32: Int32Array, U8: Uint8Array } as const;
type TypeName = keyof typeof TYPES;

const LENGTH_BYTES = 8;
/** Numbers begin at a multiple of this, so that they can be used where they stand. */
const ALIGNMENT = 8;
/** The format's own reader takes six times as much; a run has a few kilobytes, and what is parsed needs more room than its text. */
export const LONGEST_HEADER = 1 << 24;
const METADATA = '__metadata__';

const COUNT = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const TENSOR = v.object({ dtype: v.string(), shape: v.array(COUNT), data_offsets: v.tuple([COUNT, COUNT]) });

const typeOf = (values: TensorValues): TypeName => {
  if (values instanceof Float64Array) return 'F64';
  if (values instanceof Float32Array) return 'F32';
  return values instanceof Int32Array ? 'I32' : 'U8';
};

/**
 * The widest numbers come first, so that all are aligned; else in the order given.
 * @throws {RangeError} where a tensor's values are not as many as its shape says, or the header is too long to be read again
 */
export const writeTensors = ({ tensors, metadata }: TensorFile): Uint8Array<ArrayBuffer> => {
  const header: Record<string, unknown> = { [METADATA]: metadata };
  const sorted = [...tensors].sort(([, a], [, b]) => b.values.BYTES_PER_ELEMENT - a.values.BYTES_PER_ELEMENT);
  let end = 0;
  for (const [name, { shape, values }] of sorted) {
    if (sizeOf(shape) !== values.length) throw new RangeError(`${name} is not [${shape.join(', ')}]`);
    header[name] = { dtype: typeOf(values), shape, data_offsets: [end, end + values.byteLength] };
    end += values.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = LENGTH_BYTES + Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  if (start - LENGTH_BYTES > LONGEST_HEADER) throw new RangeError(`a header of ${String(json.length)} bytes`);
  const bytes = new Uint8Array(start + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - LENGTH_BYTES), true);
  bytes.fill(0x20, LENGTH_BYTES, start);
  bytes.set(json, LENGTH_BYTES);
  let at = start;
  for (const [, { values }] of sorted) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return bytes;
};

/** @throws {FailureError} 'run-file-damaged' */
export const readHeader = (bytes: Uint8Array): Header => {
  if (bytes.length < LENGTH_BYTES) throw damaged({ kind: 'foreign' });
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > LONGEST_HEADER) throw damaged({ kind: 'foreign' });
  const start = LENGTH_BYTES + length;
  if (start > bytes.length) throw damaged({ kind: 'incomplete' });
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(LENGTH_BYTES, start)));
  } catch {
    throw damaged({ kind: 'unreadable', where: 'header' });
  }
  const header = v.safeParse(v.record(v.string(), v.unknown()), parsed);
  if (!header.success || Array.isArray(parsed)) throw damaged({ kind: 'unreadable', where: 'header' });
  const { [METADATA]: given = {}, ...descriptions } = header.output;
  const metadata = v.safeParse(v.record(v.string(), v.string()), given);
  if (!metadata.success) throw damaged({ kind: 'unreadable', where: METADATA });
  return { metadata: metadata.output, descriptions, start };
};

/**
 * The numbers stand where they are in `bytes`, and are copied only where the machine could not use them there.
 * @throws {FailureError} 'run-file-damaged'
 */
export const readTensors = (bytes: Uint8Array<ArrayBuffer>, header: Header = readHeader(bytes)): TensorFile => {
  const { descriptions, start } = header;
  const entries = Object.entries(descriptions)
    .map(([name, entry]) => {
      const parsed = v.safeParse(TENSOR, entry);
      if (!parsed.success) throw damaged({ kind: 'unreadable', where: name });
      return { name, ...parsed.output };
    })
    .sort((a, b) => a.data_offsets[0] - b.data_offsets[0]);
  const tensors = new Map<string, StoredTensor>();
  let end = 0;
  for (const { name, dtype, shape, data_offsets } of entries) {
    const type = Object.hasOwn(TYPES, dtype) ? TYPES[dtype as TypeName] : null;
    if (type === null) throw damaged({ kind: 'bounds', where: `${name}.dtype`, value: dtype });
    const [from, to] = data_offsets;
    if (from !== end || to - from !== sizeOf(shape) * type.BYTES_PER_ELEMENT)
      throw damaged({ kind: 'size', where: name });
    if (start + to > bytes.length) throw damaged({ kind: 'incomplete' });
    const at = bytes.byteOffset + start + from;
    const values =
      at % type.BYTES_PER_ELEMENT === 0
        ? new type(bytes.buffer, at, (to - from) / type.BYTES_PER_ELEMENT)
        : new type(bytes.slice(start + from, start + to).buffer);
    tensors.set(name, { shape, values });
    end = to;
  }
  if (start + end !== bytes.length) throw damaged({ kind: 'incomplete' });
  return { tensors, metadata: header.metadata };
};
