/** What the page checks a corpus by when it arrives. */
import { createTextHash } from '../../src/model/text/hash.ts';
import type { CatalogueEntry } from '../../src/model/text/types';

/** `content`: a text, or a file in UTF-8. The hash is that of the text, whatever newlines and mark the file has. */
export const identityOf = (content: string | Uint8Array): Pick<CatalogueEntry, 'bytes' | 'hash'> => {
  const text = (typeof content === 'string' ? content : new TextDecoder().decode(content)).replace(/\r\n?/g, '\n');
  const hash = createTextHash();
  hash.update(Uint32Array.from(text, (character) => character.codePointAt(0) ?? 0));
  return { bytes: Buffer.byteLength(content), hash: hash.digest() };
};
