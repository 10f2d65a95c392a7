/**
 * Writes what is bundled: the generated corpora, and the catalogue of all of them. The same every time.
 *
 *     npx tsx scripts/corpora/make.ts
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate, GRAMMARS } from '../../src/model/text/grammars';
import type { GrammarName } from '../../src/model/text/grammars';
import type { CatalogueEntry } from '../../src/model/text/types';
import { CHARACTERS, DESCRIBED } from './entries';
import { identityOf } from './identity';

/** Where the bundled corpora lie. */
export const CORPORA = fileURLToPath(new URL('../../public/corpora/', import.meta.url));

/** The generated corpora: content by file name. */
export const generatedFiles = (): Map<string, string> => {
  const files = new Map<string, string>();
  for (const { grammar } of DESCRIBED) {
    if (grammar === null) continue;
    const id = grammar.id as GrammarName;
    if (!(id in GRAMMARS)) throw new Error(`There is no grammar ${grammar.id}.`);
    files.set(`${id}.txt`, generate(id, { seed: grammar.seed, characters: CHARACTERS[id] }));
  }
  return files;
};

/** The catalogue, of the generated files and of those that lie in `folder`; a written corpus that is not there is left out. */
export const catalogue = (generated: ReadonlyMap<string, string>, folder: string): CatalogueEntry[] =>
  DESCRIBED.flatMap((described): CatalogueEntry[] => {
    if (described.kind === 'browser') return [{ ...described, file: null, bytes: null, hash: null }];
    const file = `${described.id}.txt`;
    // Joined at build time: it is known then.
    if (described.kind === 'project') return [{ ...described, file, bytes: null, hash: null }];
    const path = join(folder, file);
    const content = generated.get(file) ?? (existsSync(path) ? readFileSync(path) : null);
    return content === null ? [] : [{ ...described, file, ...identityOf(content) }];
  });

/** A catalogue as it is written to index.json. */
export const serialise = (entries: readonly CatalogueEntry[]): string => `${JSON.stringify(entries, null, 2)}\n`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = generatedFiles();
  for (const [name, content] of files) writeFileSync(join(CORPORA, name), content);
  const entries = catalogue(files, CORPORA);
  writeFileSync(join(CORPORA, 'index.json'), serialise(entries));
  for (const { id, kind, bytes } of entries) console.log(`${id.padEnd(12)}${kind.padEnd(11)}${String(bytes ?? '–')}`);
}
