/** What can be done to a run file: to its bytes, to its description of tensors, to its record, to its numbers. */
import { VERSION } from '../../../../src/model/formats/runVersions';
import type { Chance } from './chance';
import { BEYOND, DEEP, metadataOf, placesIn, putTogether, recordOf, setRecord, takeApart } from './container';
import type { Bytes, Json } from './container';

const LONGEST = 100;

export interface Mutated {
  readonly bytes: Bytes;
  /** Whether its checksum was made to fit: somebody meant it to be as it is. */
  readonly sealed: boolean;
}

/** @param others files of other runs, of which parts are taken */
type Mutation = (bytes: Bytes, chance: Chance, others: readonly Bytes[]) => Mutated;

const damaged = (...parts: readonly Bytes[]): Mutated => {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes, sealed: false };
};

const random = (chance: Chance, length: number): Bytes => Uint8Array.from({ length }, () => chance.below(256));

/** A stretch of the file, from where to where. */
const stretch = (bytes: Bytes, chance: Chance): readonly [number, number] => {
  const from = chance.below(bytes.length);
  return [from, Math.min(bytes.length, from + 1 + chance.below(LONGEST))];
};

const OF_BYTES: readonly Mutation[] = [
  // One bit.
  (bytes, chance) => {
    const copy = bytes.slice();
    copy[chance.below(copy.length)] ^= 1 << chance.below(8);
    return damaged(copy);
  },
  // Some bytes.
  (bytes, chance) => {
    const copy = bytes.slice();
    for (let k = chance.below(4); k >= 0; k--) copy[chance.below(copy.length)] = chance.below(256);
    return damaged(copy);
  },
  // The length of the header.
  (bytes, chance) => {
    const copy = bytes.slice();
    const view = new DataView(copy.buffer);
    if (chance.oneIn(2)) view.setUint8(chance.below(8), chance.below(256));
    else view.setBigUint64(0, chance.pick([0n, 1n, 2n ** 24n, 2n ** 53n, 2n ** 63n, BigInt(copy.length) - 8n]), true);
    return damaged(copy);
  },
  // Cut out, put in, doubled, blank, in another place, cut off, longer.
  (bytes, chance) => {
    const [from, to] = stretch(bytes, chance);
    return damaged(bytes.subarray(0, from), bytes.subarray(to));
  },
  (bytes, chance) => {
    const at = chance.below(bytes.length);
    return damaged(bytes.subarray(0, at), random(chance, 1 + chance.below(40)), bytes.subarray(at));
  },
  (bytes, chance) => {
    const [from, to] = stretch(bytes, chance);
    return damaged(bytes.subarray(0, to), bytes.subarray(from));
  },
  (bytes, chance) => {
    const [from, to] = stretch(bytes, chance);
    return damaged(bytes.slice().fill(chance.pick([0, 0x20, 0xff]), from, to));
  },
  (bytes, chance) => {
    const [from, to] = stretch(bytes, chance);
    return damaged(bytes.slice().copyWithin(chance.below(bytes.length), from, to));
  },
  (bytes, chance) => damaged(bytes.subarray(0, chance.below(bytes.length))),
  (bytes, chance) => damaged(bytes, random(chance, 1 + chance.below(LONGEST))),
  // The beginning of one file and the end of another.
  (bytes, chance, others) => {
    const other = chance.pick(others);
    const at = chance.below(bytes.length);
    return damaged(bytes.subarray(0, at), other.subarray(Math.min(at, other.length)));
  },
];

const ODD: readonly unknown[] = [
  ...[null, true, '', 'x', [], {}, [[]], -1, 0, -0, 0.5, 1, 2, 3, 4, 8, 9, 15, 255, 256, 1024, 65535, 1e9, 2 ** 31],
  ...[2 ** 32, 2 ** 53 - 1, 2 ** 53, 1e300, BEYOND, '__proto__', 'constructor', '\u0000', '\ud800'],
  ...['F64', 'F32', 'I32', 'U8', 'BF16', 'lstm', 'gru', 'rnn', 'sgd', 'rmsprop', 'embedding', 'x'.repeat(5000)],
];

const oddValue = (chance: Chance): unknown => {
  if (chance.oneIn(200)) return DEEP;
  return chance.oneIn(3)
    ? chance.pick([chance.below(100), chance.below(2 ** 31), chance.below(2 ** 31) / 2 ** 31, -chance.below(100)])
    : structuredClone(chance.pick(ODD));
};

const isBranch = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** Every place in a value, as what holds it and its key there. */
const placesOf = (value: unknown): { readonly holder: Json; readonly key: string }[] =>
  isBranch(value) ? Object.keys(value).flatMap((key) => [{ holder: value, key }, ...placesOf(value[key])]) : [];

/** Changes one to three places: another value, none, one more, or that of another place. */
const edit = (root: Json, chance: Chance): void => {
  for (let k = chance.below(3); k >= 0; k--) {
    const places = placesOf(root);
    const { holder, key } = chance.pick(places);
    const value = oddValue(chance);
    switch (chance.below(5)) {
      case 0:
        Reflect.deleteProperty(holder, key);
        break;
      case 1:
        if (Array.isArray(holder)) holder.push(value);
        else holder[String(value).slice(0, LONGEST)] = oddValue(chance);
        break;
      case 2: {
        const other = chance.pick(places);
        holder[key] = structuredClone(other.holder[other.key]);
        break;
      }
      default:
        holder[key] = value;
    }
  }
};

/** A file whose parts were changed, and sometimes its checksum with them. */
const inParts =
  (change: (parts: ReturnType<typeof takeApart>, chance: Chance, others: readonly Bytes[]) => void): Mutation =>
  (bytes, chance, others) => {
    const parts = takeApart(bytes);
    change(parts, chance, others);
    const sealed = chance.oneIn(2);
    return { bytes: putTogether(parts, sealed), sealed };
  };

const NUMBERS = [NaN, Infinity, -Infinity, -1, 1e300, 0.5, 5e-324, -0];

const OF_PARTS: readonly Mutation[] = [
  inParts(({ header }, chance) => {
    edit(header, chance);
  }),
  inParts((parts, chance) => {
    const record = recordOf(parts);
    edit(record, chance);
    setRecord(parts, record);
  }),
  // A number, a bit or a stretch of the tensors.
  inParts(({ body }, chance) => {
    const view = new DataView(body.buffer);
    const width = chance.pick([4, 8]);
    const at = chance.below(Math.floor(body.length / width)) * width;
    if (width === 4) view.setFloat32(at, chance.pick(NUMBERS), true);
    else view.setFloat64(at, chance.pick(NUMBERS), true);
  }),
  inParts(({ body }, chance) => {
    body[chance.below(body.length)] ^= 1 << chance.below(8);
  }),
  // Tensors by each other's names, of another type, left out with their numbers, twice, in another order.
  inParts(({ header }, chance) => {
    const [a, b] = [chance.pick(Object.keys(header)), chance.pick(Object.keys(header))];
    [header[a], header[b]] = [header[b], header[a]];
  }),
  inParts(({ header }, chance) => {
    const entry = header[chance.pick(Object.keys(header))];
    if (isBranch(entry)) entry['dtype'] = chance.pick(['F64', 'F32', 'I32', 'U8', 'I64', '']);
  }),
  inParts((parts, chance) => {
    const [name, [from, to]] = chance.pick([...placesIn(parts)]);
    const { body, header } = parts;
    const kept = new Uint8Array(body.length - (to - from));
    kept.set(body.subarray(0, from));
    kept.set(body.subarray(to), from);
    const moved = Object.entries(header).filter(([other]) => other !== name);
    for (const [, entry] of moved) {
      const { data_offsets: offsets } = entry as { data_offsets?: number[] };
      if (offsets !== undefined && offsets[0] >= to) offsets.forEach((at, k) => (offsets[k] = at - (to - from)));
    }
    parts.header = Object.fromEntries(moved);
    parts.body = kept;
  }),
  inParts(({ header }, chance) => {
    header[chance.pick(['checksum', 'x', 'moment.2.output.bias', 'state.c.9'])] = structuredClone(
      header[chance.pick(Object.keys(header))],
    );
  }),
  inParts((parts, chance) => {
    const entries = Object.entries(parts.header);
    const [moved] = entries.splice(chance.below(entries.length), 1);
    parts.header = Object.fromEntries([...entries, moved]);
  }),
  // The version.
  inParts((parts, chance) => {
    metadataOf(parts)['format'] = `lstm-playground-run-${String(chance.below(VERSION + 3))}`;
  }),
  // The record of one run with the tensors of another.
  inParts((parts, chance, others) => {
    setRecord(parts, recordOf(takeApart(chance.pick(others))));
  }),
  // Nothing: the file as another program may write it.
  inParts(() => undefined),
];

/** Bytes as often as parts. */
export const mutate: Mutation = (bytes, chance, others) =>
  chance.pick(chance.oneIn(2) ? OF_BYTES : OF_PARTS)(bytes, chance, others);
