/** A run file taken apart and put together without this program's own reader or writer, however little sense it makes. */
import { CHECKSUM, seal } from '../../../../src/model/formats/checksum';

export type Bytes = Uint8Array<ArrayBuffer>;
export type Json = Record<string, unknown>;

export interface Parts {
  /** By name, and the metadata. */
  header: Json;
  body: Bytes;
}

/** What the metadata hold of the run itself. */
const METADATA = '__metadata__';
const LENGTH_BYTES = 8;
const CHECKSUM_BYTES = 32;

/** Stand for what JSON can say and JavaScript's own writer does not: an endless number, and a value that is very deep. */
export const BEYOND = '1e999';
export const DEEP = 'deep';
const DEPTH = 20_000;

const jsonOf = (value: unknown): string => JSON.stringify(value);

const withOddities = (json: string): string =>
  json.replaceAll(`"${BEYOND}"`, BEYOND).replaceAll(`"${DEEP}"`, () => '['.repeat(DEPTH) + ']'.repeat(DEPTH));

export const takeApart = (bytes: Bytes): Parts => {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const json = new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
  return { header: JSON.parse(json) as Json, body: bytes.slice(LENGTH_BYTES + length) };
};

export const metadataOf = ({ header }: Parts): Json => header[METADATA] as Json;

/** What is edited in the record of the run. */
export const recordOf = (parts: Parts): Json => JSON.parse(String(metadataOf(parts)['run'])) as Json;

export const setRecord = (parts: Parts, record: Json): void => {
  metadataOf(parts)['run'] = withOddities(jsonOf(record));
};

/** @param sealed whether the checksum, where there is one, is made to fit */
export const putTogether = ({ header, body }: Parts, sealed: boolean): Bytes => {
  const json = new TextEncoder().encode(withOddities(jsonOf(header)));
  const bytes = new Uint8Array(LENGTH_BYTES + json.length + body.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, LENGTH_BYTES);
  bytes.set(body, LENGTH_BYTES + json.length);
  return sealed && CHECKSUM in header && body.length >= CHECKSUM_BYTES ? seal(bytes) : bytes;
};

/** Where the numbers of each tensor stand in `body`; what is described in another way is left out. */
export const placesIn = ({ header }: Parts): ReadonlyMap<string, readonly [number, number]> =>
  new Map(
    Object.entries(header).flatMap(([name, entry]): [string, [number, number]][] => {
      const offsets = (entry as { data_offsets?: unknown } | null)?.data_offsets;
      return name !== METADATA && Array.isArray(offsets) ? [[name, [Number(offsets[0]), Number(offsets[1])]]] : [];
    }),
  );
