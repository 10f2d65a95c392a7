/** Texts that a string was written in as UTF-8, slice by slice. */
import { FailureError } from '../failures';
import { createCollector, LIMIT_BYTES } from './decode';
import { createDecoder } from './decoders';
import type { DecodedText } from './types';

/**
 * Collects a text out of the UTF-8 that a string was written in, slice by slice: all of it is characters, none a mark.
 *
 * @param bytes how many there will be
 * @throws FailureError `text-too-large`; `finish`: `text-empty`, `text-with-nuls`
 */
export const createWrittenReader = (bytes: number, o: { readonly removeNuls?: boolean } = {}) => {
  if (bytes > LIMIT_BYTES) throw new FailureError({ code: 'text-too-large', bytes, limit: LIMIT_BYTES });
  const decoder = createDecoder('utf-8');
  const collector = createCollector(bytes, o.removeNuls === true);
  return {
    push: (slice: Uint8Array): void => {
      collector.add(decoder.push(slice));
    },
    finish: (): DecodedText => {
      const { replacements: written } = collector.counted();
      return collector.finish({ encoding: 'utf-8', byteOrderMark: false, bytes, cutOff: decoder.end(), written });
    },
  };
};
