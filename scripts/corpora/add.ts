/**
 * Adds well-known texts to this copy, below public/corpora/local, which git ignores.
 *
 *     npm run corpora                       downloads every text that has a public home
 *     npm run corpora -- alice dinosaurs    these only
 *     npm run corpora -- --from FOLDER      takes them from a folder instead
 *     npm run corpora -- --list             what there is, and what this copy has
 *
 * Every text must have its pinned SHA-256. Ends with 0 if all is well, 1 if a text could not be added, 2 if it was asked
 * for something that does not exist.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { CatalogueEntry } from '../../src/model/text/types';
import { identityOf } from './identity';
import { CORPORA, serialise } from './make';
import { WELL_KNOWN } from './wellKnown';
import type { WellKnown } from './wellKnown';

const LOCAL = join(CORPORA, 'local');
const INDEX = 'index.json';
/** Milliseconds that a download may take. */
const PATIENCE = 120_000;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const pathIn = (folder: string, { id }: WellKnown): string => join(folder, `${id}.txt`);

/** Whether the folder has the text, unharmed. */
const isThere = (folder: string, text: WellKnown): boolean => {
  const path = pathIn(folder, text);
  return existsSync(path) && sha256(readFileSync(path)) === text.sha256;
};

/** The text as it must be stored. */
const checked = (bytes: Uint8Array, { sha256: expected }: WellKnown, origin: string): Uint8Array => {
  const found = sha256(bytes);
  if (found !== expected)
    throw new Error(`${origin} is not the text expected: SHA-256 ${found} instead of ${expected}.`);
  return bytes;
};

const download = async (text: WellKnown): Promise<Uint8Array> => {
  if (text.download === null) throw new Error('It has no public home in this form: take it from a folder with --from.');
  const { url, prepare } = text.download;
  const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) }).catch((error: unknown) => {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new Error(`${url} can not be reached (${cause instanceof Error ? cause.message : String(cause)}).`);
  });
  if (!response.ok) throw new Error(`${url} answers ${response.status} ${response.statusText}.`);
  return checked(Buffer.from(prepare(new Uint8Array(await response.arrayBuffer()))), text, url);
};

const takeFrom = (folder: string, text: WellKnown): Uint8Array => {
  const path = join(folder, text.file);
  if (!existsSync(path)) throw new Error(`There is no ${path}.`);
  return checked(readFileSync(path), text, path);
};

/** Writes beside the place first, so that a text is there whole or not at all. */
const store = (path: string, content: Uint8Array | string): void => {
  writeFileSync(`${path}.part`, content);
  renameSync(`${path}.part`, path);
};

const writeIndex = (folder: string): void => {
  const entries = WELL_KNOWN.filter((text) => isThere(folder, text)).map((text): CatalogueEntry => ({
    id: text.id,
    kind: 'local',
    file: `local/${text.id}.txt`,
    title: text.title,
    language: text.language,
    made: text.made,
    look: text.look,
    settings: {},
    promises: [],
    ...identityOf(readFileSync(pathIn(folder, text))),
    grammar: null,
  }));
  store(join(folder, INDEX), serialise(entries));
};

const list = (folder: string): void => {
  for (const text of WELL_KNOWN) {
    const state = isThere(folder, text) ? 'added' : text.download ? '' : 'only with --from';
    console.log(`${text.id.padEnd(18)}${state.padEnd(18)}${text.title.en}`);
  }
};

/** Exit status. */
const main = async (args: readonly string[]): Promise<0 | 1 | 2> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { from: { type: 'string' }, to: { type: 'string', default: LOCAL }, list: { type: 'boolean' } },
    allowPositionals: true,
  });
  const { from, to } = values;
  if (values.list) {
    list(to);
    return 0;
  }
  const unknown = positionals.filter((id) => !WELL_KNOWN.some((text) => text.id === id));
  if (unknown.length > 0) {
    console.error(`There is no text ${unknown.join(', ')}; --list names those there are.`);
    return 2;
  }
  if (from !== undefined && !existsSync(from)) {
    console.error(`There is no folder ${from}.`);
    return 2;
  }
  const isHad = (text: WellKnown): boolean =>
    from === undefined ? text.download !== null : existsSync(join(from, text.file));
  const wanted = WELL_KNOWN.filter((text) => (positionals.length > 0 ? positionals.includes(text.id) : isHad(text)));
  if (wanted.length === 0) {
    console.error(`None of the texts is in ${from ?? 'reach'}.`);
    return 1;
  }

  mkdirSync(to, { recursive: true });
  let failures = 0;
  for (const text of wanted) {
    try {
      if (isThere(to, text)) {
        console.log(`${text.id}: is there already`);
        continue;
      }
      store(pathIn(to, text), from === undefined ? await download(text) : takeFrom(from, text));
      console.log(`${text.id}: added`);
    } catch (error) {
      failures++;
      console.error(`${text.id}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  writeIndex(to);
  return failures > 0 ? 1 : 0;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    // An option that does not exist.
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  }
}
