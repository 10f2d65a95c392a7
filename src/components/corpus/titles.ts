/** What a corpus is called, and in which groups the list shows the corpora. */
import type { Failure } from '../../model/failures';
import type { CatalogueEntry } from '../../model/text/types';
import type { Language } from '../../store';

/** Null where the catalogue has no such corpus: a text of one's own. */
export const corpusTitle = (catalogue: readonly CatalogueEntry[], id: string, language: Language): string | null =>
  catalogue.find((entry) => entry.id === id)?.title[language] ?? null;

/** A failure that speaks of a corpus by its title instead of its id, where it has one. */
export const withTitle = (failure: Failure, catalogue: readonly CatalogueEntry[], language: Language): Failure =>
  failure.code === 'corpus-unreachable' || failure.code === 'corpus-unknown'
    ? { ...failure, id: corpusTitle(catalogue, failure.id, language) ?? failure.id }
    : failure;

/** What a language is called in the page's language; its tag where the browser does not say. */
export const languageName = (tag: string, locale: string): string => {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
};

/** Stands for the group of the toy tasks, beside tags of languages. */
export const TASK_GROUP = 'task';

/** Corpora by the language of their text, those of the page's language first, then as the catalogue has them; tasks apart. */
export const byLanguage = (
  catalogue: readonly CatalogueEntry[],
  language: Language,
): readonly (readonly [tag: string, entries: readonly CatalogueEntry[]])[] => {
  const groups = new Map<string, CatalogueEntry[]>();
  for (const entry of catalogue) {
    const tag = entry.kind === 'task' ? TASK_GROUP : entry.language;
    const group = groups.get(tag);
    if (group === undefined) groups.set(tag, [entry]);
    else group.push(entry);
  }
  const first = ([tag]: readonly [string, unknown]) => (tag.split('-')[0] === language ? 0 : 1);
  return [...groups].sort((a, b) => first(a) - first(b));
};
