/**
 * A safetensors file that tells whether any bit of it has changed: its last tensor is the SHA-256 of all before it, so that
 * other programs read the file as any other, and `head -c -32 FILE | sha256sum` checks it. SHA-256 because the texts' hash
 * has brought it along already; it takes a hundredth of a second for each megabyte, on a file that is written once.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import type { StoredTensor, Tensors } from './safetensors';

export const CHECKSUM = 'checksum';
const LENGTH = 32;

/** To be written as the file's last tensor, and filled by `seal`. */
export const emptyChecksum = (): StoredTensor => ({ shape: [LENGTH], values: new Uint8Array(LENGTH) });

/** Fills the checksum at the end of the whole file. */
export const seal = (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
  bytes.set(sha256(bytes.subarray(0, -LENGTH)), bytes.length - LENGTH);
  return bytes;
};

/** Whether the file is as it was sealed; null where it has no checksum. */
export const isIntact = (bytes: Uint8Array<ArrayBuffer>, tensors: Tensors): boolean | null => {
  const checksum = tensors.get(CHECKSUM);
  if (checksum === undefined) return null;
  const [last] = [...tensors.keys()].slice(-1);
  if (last !== CHECKSUM || checksum.values.byteLength !== LENGTH) return false;
  const digest = sha256(bytes.subarray(0, -LENGTH));
  return bytes.subarray(-LENGTH).every((byte, k) => byte === digest[k]);
};
