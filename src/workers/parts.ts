/**
 * Parts of the program that are fetched only when they are needed. Their files are fetched and looked at before they are
 * imported: a browser that has failed to import a module may remember that for good, and an import cannot be given up.
 */
import { FailureError } from '../model/failures';
import type { PartName } from '../model/kernels/means';
import { within } from './clock';
import { fetchWhole, LONGEST_SILENCE, type Fetching } from './fetching';

/** What engines are made of, what tells a file's encoding, what measures how predictable a text is, and what keeps runs. */
type Part = PartName | 'detector' | 'analyses' | 'keeping';

/** Addresses of the files of each part, relative to `base`; none where the program was not built. */
export type PartFiles = Readonly<Partial<Record<Part, readonly string[]>>>;

/** Reads what the build has written: `name=file,file;name=file`. */
export const parsePartFiles = (written: string): PartFiles =>
  Object.fromEntries(
    written
      .split(';')
      .filter((part) => part.includes('='))
      .map((part) => part.split('=', 2))
      .map(([name, files]) => [name, files.split(',')]),
  );

export const createPartLoader = (
  o: Fetching & { readonly files: PartFiles; /** Address of the folder of the files. */ readonly base: string },
): (<M>(name: Part, load: () => Promise<M>) => Promise<M>) => {
  const there = new Set<string>();
  return async (name, load) => {
    try {
      const missing = (o.files[name] ?? []).filter((file) => !there.has(file));
      await Promise.all(missing.map((file) => fetchWhole(o, new URL(file, o.base))));
      const part = await within(o.clock, LONGEST_SILENCE, load());
      for (const file of missing) there.add(file);
      return part;
    } catch (caught) {
      const cause = caught instanceof Error ? caught.message : String(caught);
      throw new FailureError({ code: 'part-unreachable', cause });
    }
  };
};
