/**
 * Vite plugin for what of `corpora/` is not a committed file: the program's own source, joined, and the catalogue, merged
 * with the entries that `npm run corpora` added to this copy. The page therefore never asks for a file that may be absent.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import { parseCatalogue } from './catalogue.ts';
import type { CatalogueEntry } from '../../src/model/text/types';
import { identityOf } from './identity.ts';

const SOURCE_FILE = 'source.txt';
const INDEX_FILE = 'index.json';

const readCatalogue = (path: string): CatalogueEntry[] => parseCatalogue(JSON.parse(readFileSync(path, 'utf8')));

/** The TypeScript files below src/ in the order of their paths, each under a comment that names it. */
export const joinSource = (root: string): string => {
  const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  return files.map((file) => `// ${file}\n${readFileSync(join(root, file), 'utf8').trimEnd()}\n`).join('\n');
};

/** The catalogue of the bundled corpora and, behind them, of those that were added to this copy. */
export const mergedIndex = (root: string): CatalogueEntry[] => {
  const folder = join(root, 'public', 'corpora');
  const source = identityOf(joinSource(root));
  const bundled = readCatalogue(join(folder, INDEX_FILE)).map((entry) =>
    entry.file === SOURCE_FILE ? { ...entry, ...source } : entry,
  );
  const local = join(folder, 'local', INDEX_FILE);
  const added = existsSync(local) ? readCatalogue(local) : [];
  return parseCatalogue([...bundled, ...added]);
};

const contentOf = (root: string, file: string): string =>
  file === SOURCE_FILE ? joinSource(root) : `${JSON.stringify(mergedIndex(root), null, 2)}\n`;

const FILES: readonly (readonly [file: string, type: string])[] = [
  [SOURCE_FILE, 'text/plain; charset=utf-8'],
  [INDEX_FILE, 'application/json; charset=utf-8'],
];

export const corpora = (): Plugin => {
  let root = '';
  let base = '/';
  return {
    name: 'corpora',
    configResolved(config) {
      root = config.root;
      base = config.base;
    },
    configureServer(server) {
      // Before Vite's own handler of public/, which would serve the committed index.
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? '/', 'http://localhost').pathname;
        const asked = FILES.find(([file]) => path === `/corpora/${file}` || path === `${base}corpora/${file}`);
        if (!asked) {
          next();
          return;
        }
        response.setHeader('Content-Type', asked[1]);
        response.setHeader('Cache-Control', 'no-cache');
        response.end(contentOf(root, asked[0]));
      });
    },
    generateBundle() {
      // The worker is a bundle of its own; the files belong to the page's.
      if (this.environment.name !== 'client') return;
      for (const [file] of FILES) {
        this.emitFile({ type: 'asset', fileName: `corpora/${file}`, source: contentOf(root, file) });
      }
    },
  };
};
