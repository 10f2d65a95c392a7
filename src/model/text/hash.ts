/** The name of a text: a hash of its content, whatever encoding and newlines it came with. */
import { sha256 } from '@noble/hashes/sha2.js';

/** Code points that are turned to UTF-8 at a time. */
const CHUNK = 1 << 16;

/** Writes `codePoint` in UTF-8 at `offset` and returns the offset behind it (RFC 3629, section 3). */
const writeUtf8 = (codePoint: number, into: Uint8Array, offset: number): number => {
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
  return offset;
};

/** SHA-256 of a growing text in UTF-8, in bounded memory. */
export const createTextHash = () => {
  const state = sha256.create();
  const buffer = new Uint8Array(4 * CHUNK);
  return {
    /** Takes the next code points [n]. */
    update(codePoints: Uint32Array): void {
      for (let start = 0; start < codePoints.length; start += CHUNK) {
        const end = Math.min(codePoints.length, start + CHUNK);
        let used = 0;
        for (let i = start; i < end; i++) used = writeUtf8(codePoints[i], buffer, used);
        state.update(buffer.subarray(0, used));
      }
    },
    /** The first 16 hex digits. */
    digest: (): string => Array.from(state.digest().subarray(0, 8), (b) => b.toString(16).padStart(2, '0')).join(''),
  };
};
