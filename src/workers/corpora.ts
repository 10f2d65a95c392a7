/** Texts that come with the page: files below its address, or made on the spot. */
import { FailureError } from '../model/failures';
import { parseCatalogue } from '../model/text/catalogue';
import { makeBrowserCorpus } from '../model/text/intl';
import type { CatalogueEntry } from '../model/text/types';
import { fetchWhole, type Fetching } from './fetching';

export interface Corpus {
  readonly content: Uint8Array | string;
  readonly entry: CatalogueEntry;
}

export interface Corpora {
  /** Address of the page, below which `corpora/` lies. */
  setBase(base: string): void;
  /** @throws FailureError `catalogue-unreachable`; the next call asks again */
  catalogue(): Promise<readonly CatalogueEntry[]>;
  /**
   * `report` is told the share that has come, 0 to 1. As many bytes as the catalogue says.
   * @throws FailureError `corpus-unknown`, `corpus-unreachable`, `catalogue-unreachable`
   */
  load(id: string, report: (done: number) => void, signal: AbortSignal): Promise<Corpus>;
}

const messageOf = (caught: unknown): string => (caught instanceof Error ? caught.message : String(caught));

export const createCorpora = (fetching: Fetching): Corpora => {
  let root = '';
  let asked: Promise<readonly CatalogueEntry[]> | null = null;

  const readCatalogue = async (): Promise<readonly CatalogueEntry[]> => {
    try {
      const bytes = await fetchWhole(fetching, new URL('index.json', root));
      return parseCatalogue(JSON.parse(new TextDecoder().decode(bytes)));
    } catch (caught) {
      asked = null;
      throw new FailureError({ code: 'catalogue-unreachable', cause: messageOf(caught) });
    }
  };
  const catalogue = () => (asked ??= readCatalogue());

  return {
    setBase: (base) => {
      root = new URL('corpora/', base).href;
    },
    catalogue,
    load: async (id, report, signal) => {
      const entry = (await catalogue()).find((candidate) => candidate.id === id);
      if (entry === undefined) throw new FailureError({ code: 'corpus-unknown', id });
      const { file, bytes: expected } = entry;
      if (file === null) return { content: makeBrowserCorpus(id), entry };
      try {
        const content = await fetchWhole(fetching, new URL(file, root), {
          signal,
          report: (bytes) => {
            if (expected !== null && expected > 0) report(Math.min(1, bytes / expected));
          },
        });
        if (expected !== null && content.length !== expected) {
          throw new Error(`${content.length} bytes in place of ${expected}`);
        }
        return { content, entry };
      } catch (caught) {
        throw new FailureError({ code: 'corpus-unreachable', id, cause: messageOf(caught) });
      }
    },
  };
};
