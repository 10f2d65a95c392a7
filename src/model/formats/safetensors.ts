/**
 * The safetensors format: eight bytes with the length of a header in JSON, little-endian, the header, and the numbers of
 * the tensors one after the other without gaps. https://github.com/huggingface/safetensors#format
 */
import * as v from 'valibot';
import { FailureError } from '../failures';
import { sizeOf } from '../kernels/kernels';

export type TensorValues = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

export interface StoredTensor {
  readonly shape: readonly number[];
  readonly values: TensorValues;
}

export interface TensorFile {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

const TYPES = { F32: Float32Array, F64: Float64Array, I32: Int32Array } as const;
type TypeName = keyof typeof TYPES;

const LENGTH_BYTES = 8;
/** Numbers begin at a multiple of this, so that they can be used where they stand. */
const ALIGNMENT = 8;
/** As in the format's own reader. */
const LONGEST_HEADER = 100_000_000;
const METADATA = '__metadata__';

const TENSOR = v.object({
  dtype: v.string(),
  shape: v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  data_offsets: v.tuple([v.pipe(v.number(), v.safeInteger()), v.pipe(v.number(), v.safeInteger())]),
});

const damaged = (cause: string): FailureError => new FailureError({ code: 'run-file-damaged', cause });

const typeOf = (values: TensorValues): TypeName =>
  values instanceof Float32Array ? 'F32' : values instanceof Float64Array ? 'F64' : 'I32';

/** @throws {RangeError} where a tensor's values are not as many as its shape says */
export const writeTensors = ({ tensors, metadata }: TensorFile): Uint8Array<ArrayBuffer> => {
  const header: Record<string, unknown> = { [METADATA]: metadata };
  // The widest first: then all are aligned.
  const sorted = [...tensors].sort(([, a], [, b]) => b.values.BYTES_PER_ELEMENT - a.values.BYTES_PER_ELEMENT);
  let end = 0;
  for (const [name, { shape, values }] of sorted) {
    if (sizeOf(shape) !== values.length) throw new RangeError(`${name} is not [${shape.join(', ')}]`);
    header[name] = { dtype: typeOf(values), shape, data_offsets: [end, end + values.byteLength] };
    end += values.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = LENGTH_BYTES + Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
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

const parseHeader = (bytes: Uint8Array): { readonly header: Record<string, unknown>; readonly start: number } => {
  if (bytes.length < LENGTH_BYTES) throw damaged('it is shorter than its own header');
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > LONGEST_HEADER || length > bytes.length - LENGTH_BYTES)
    throw damaged('it is shorter than its own header');
  const start = LENGTH_BYTES + length;
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(LENGTH_BYTES, start)));
  } catch {
    throw damaged('its header is not JSON');
  }
  const header = v.safeParse(v.record(v.string(), v.unknown()), parsed);
  if (!header.success || Array.isArray(parsed)) throw damaged('its header is no object');
  return { header: header.output, start };
};

/** @throws {FailureError} 'run-file-damaged' */
export const readTensors = (bytes: Uint8Array): TensorFile => {
  const { header, start } = parseHeader(bytes);
  const metadata = v.safeParse(v.record(v.string(), v.string()), header[METADATA] ?? {});
  if (!metadata.success) throw damaged('its metadata are not texts');
  const tensors = new Map<string, StoredTensor>();
  const entries = Object.entries(header)
    .filter(([name]) => name !== METADATA)
    .map(([name, entry]) => {
      const parsed = v.safeParse(TENSOR, entry);
      if (!parsed.success) throw damaged(`its tensor ${name} is not described as one`);
      return { name, ...parsed.output };
    })
    .sort((a, b) => a.data_offsets[0] - b.data_offsets[0]);
  let end = 0;
  for (const { name, dtype, shape, data_offsets } of entries) {
    const type = Object.hasOwn(TYPES, dtype) ? TYPES[dtype as TypeName] : null;
    if (type === null) throw damaged(`its tensor ${name} holds ${dtype}`);
    const [from, to] = data_offsets;
    if (from !== end || to - from !== sizeOf(shape) * type.BYTES_PER_ELEMENT || start + to > bytes.length) {
      throw damaged(`its tensor ${name} does not fit`);
    }
    tensors.set(name, { shape, values: new type(new Uint8Array(bytes.subarray(start + from, start + to)).buffer) });
    end = to;
  }
  if (start + end !== bytes.length) throw damaged('it has more bytes than its tensors');
  return { tensors, metadata: metadata.output };
};
