/** Texts that come with the page: files below its address, or made on the spot. */
import { FailureError } from '../model/failures';
import { parseCatalogue } from '../model/text/catalogue';
import { makeBrowserCorpus } from '../model/text/intl';
import type { CatalogueEntry } from '../model/text/types';

export interface Corpus {
  readonly content: Uint8Array | string;
  readonly entry: CatalogueEntry;
}

export interface Corpora {
  /** Address of the page, below which `corpora/` lies. */
  setBase(base: string): void;
  /**
   * `report` is told the share that has come, 0 to 1.
   * @throws FailureError `corpus-unknown`, `corpus-unreachable`
   */
  load(id: string, report: (done: number) => void, signal: AbortSignal): Promise<Corpus>;
}

/** The body as it comes, reported where its length is known beforehand. */
const readBody = async (response: Response, bytes: number | null, report: (done: number) => void) => {
  if (response.body === null) return new Uint8Array(await response.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.length;
    if (bytes !== null && bytes > 0) report(Math.min(1, length / bytes));
  }
  const all = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
};

export const createCorpora = (fetchFile: typeof fetch): Corpora => {
  let root = '';
  let catalogue: Promise<CatalogueEntry[]> | null = null;

  const get = async (file: string, signal?: AbortSignal): Promise<Response> => {
    const response = await fetchFile(new URL(file, root), signal ? { signal } : {});
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return response;
  };

  const readCatalogue = async () => parseCatalogue(await (await get('index.json')).json());

  return {
    setBase: (base) => {
      root = new URL('corpora/', base).href;
    },
    load: async (id, report, signal) => {
      try {
        catalogue ??= readCatalogue();
        const entry = (await catalogue).find((candidate) => candidate.id === id);
        if (entry === undefined) throw new FailureError({ code: 'corpus-unknown', id });
        if (entry.file === null) return { content: makeBrowserCorpus(id), entry };
        return { content: await readBody(await get(entry.file, signal), entry.bytes, report), entry };
      } catch (caught) {
        if (caught instanceof FailureError) throw caught;
        // The next attempt asks again.
        catalogue = null;
        const cause = caught instanceof Error ? caught.message : String(caught);
        throw new FailureError({ code: 'corpus-unreachable', id, cause });
      }
    },
  };
};
