/** Texts that come with the page: files below its address, or made on the spot. */
import { FailureError } from '../model/failures';
import type * as analyses from '../model/text/analyses';
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
  /** From here on the catalogue has the toy tasks too. @throws FailureError `part-unreachable` */
  addTasks(): Promise<void>;
  /**
   * `report` is told the share that has come, 0 to 1. As many bytes as the catalogue says.
   * @throws FailureError `corpus-unknown`, `corpus-unreachable`, `catalogue-unreachable`, `part-unreachable`
   */
  load(id: string, report: (done: number) => void, signal: AbortSignal): Promise<Corpus>;
}

const messageOf = (caught: unknown): string => (caught instanceof Error ? caught.message : String(caught));

/** @param loadAnalyses the part of the program that has the toy tasks */
export const createCorpora = (fetching: Fetching, loadAnalyses: () => Promise<typeof analyses>): Corpora => {
  let root = '';
  let asked: Promise<readonly CatalogueEntry[]> | null = null;
  let tasks: readonly CatalogueEntry[] = [];

  const readCatalogue = async (): Promise<readonly CatalogueEntry[]> => {
    try {
      const bytes = await fetchWhole(fetching, new URL('index.json', root));
      const entries: unknown = JSON.parse(new TextDecoder().decode(bytes));
      if (!Array.isArray(entries)) throw new Error('no list came');
      // The build has looked at each entry as it wrote the list.
      return entries as readonly CatalogueEntry[];
    } catch (caught) {
      asked = null;
      throw new FailureError({ code: 'catalogue-unreachable', cause: messageOf(caught) });
    }
  };
  const catalogue = async () => [...(await (asked ??= readCatalogue())), ...tasks];
  const addTasks = async () => {
    tasks = (await loadAnalyses()).taskEntries();
  };
  const find = async (id: string) => (await catalogue()).find((entry) => entry.id === id);

  return {
    setBase: (base) => {
      root = new URL('corpora/', base).href;
    },
    catalogue,
    addTasks,
    load: async (id, report, signal) => {
      // What the list does not have may be a task.
      if ((await find(id)) === undefined) await addTasks();
      const entry = await find(id);
      if (entry === undefined) throw new FailureError({ code: 'corpus-unknown', id });
      const { file, bytes: expected } = entry;
      if (entry.kind === 'task') return { content: (await loadAnalyses()).writeTask(id), entry };
      if (file === null) return { content: (await loadAnalyses()).makeBrowserCorpus(id), entry };
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
