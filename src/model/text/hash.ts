/** The name of a text: a hash of its content, whatever encoding and newlines it came with. */
import { sha256 } from '@noble/hashes/sha2.js';

/** Code points that are turned to UTF-8 at a time. */
const CHUNK = 1 << 16;

/** Bytes that a code point takes at most. */
export const UTF8_BYTES = 4;

/**
 * Writes code points [n] in UTF-8 (RFC 3629, section 3) and returns the part of `into` that they take.
 *
 * @param into room for `UTF8_BYTES` for each
 */
export const writeUtf8 = (codePoints: Uint32Array, into: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
  let offset = 0;
  for (const codePoint of codePoints) {
    if (codePoint < 0x80) {
      into[offset++] = codePoint;
    } else if (codePoint < 0x800) {
      into[offset++] = 0xc0 | (codePoint >> 6);
      into[offset++] = 0x80 | (codePoint & 63);
    } else if (codePoint < 0x10000) {
      into[offset++] = 0xe0 | (codePoint >> 12);
      into[offset++] = 0x80 | ((codePoint >> 6) & 63);
      into[offset++] = 0x80 | (codePoint & 63);
    } else {
      into[offset++] = 0xf0 | (codePoint >> 18);
      into[offset++] = 0x80 | ((codePoint >> 12) & 63);
      into[offset++] = 0x80 | ((codePoint >> 6) & 63);
      into[offset++] = 0x80 | (codePoint & 63);
    }
  }
  return into.subarray(0, offset);
};

/** SHA-256 of a growing text in UTF-8, in bounded memory. */
export const createTextHash = () => {
  const state = sha256.create();
  const buffer = new Uint8Array(UTF8_BYTES * CHUNK);
  return {
    /** Takes the next code points [n]. */
    update(codePoints: Uint32Array): void {
      for (let start = 0; start < codePoints.length; start += CHUNK) {
        state.update(writeUtf8(codePoints.subarray(start, start + CHUNK), buffer));
      }
    },
    /** The first 16 hex digits. */
    digest: (): string => Array.from(state.digest().subarray(0, 8), (b) => b.toString(16).padStart(2, '0')).join(''),
  };
};
