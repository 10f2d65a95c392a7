/** The list of bundled corpora: what public/corpora/index.json holds. */
import * as v from 'valibot';
import type { CatalogueEntry } from '../../src/model/text/types';

const bilingual = v.strictObject({ en: v.pipe(v.string(), v.nonEmpty()), zh: v.pipe(v.string(), v.nonEmpty()) });

const entry = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/)),
  kind: v.picklist(['generated', 'written', 'project', 'browser', 'local']),
  // Below corpora/ and nowhere else.
  file: v.nullable(v.pipe(v.string(), v.regex(/^(?:[a-z0-9-][a-z0-9.-]*\/)*[a-z0-9-][a-z0-9.-]*$/))),
  title: bilingual,
  language: v.pipe(v.string(), v.nonEmpty()),
  made: bilingual,
  look: bilingual,
  settings: v.record(v.string(), v.union([v.string(), v.number()])),
  promises: v.array(v.strictObject({ label: v.string(), characters: v.pipe(v.number(), v.integer(), v.minValue(1)) })),
  bytes: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
  // A list of texts that were added to a copy earlier has none.
  hash: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))), null),
  grammar: v.nullable(
    v.strictObject({ id: v.pipe(v.string(), v.nonEmpty()), seed: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  ),
});

const catalogue = v.pipe(
  v.array(entry),
  v.check((entries) => new Set(entries.map(({ id }) => id)).size === entries.length, 'Two corpora have the same id.'),
  v.check(
    (entries) => entries.every(({ kind, file }) => (kind === 'browser') === (file === null)),
    'A file is missing.',
  ),
);

/**
 * The entries of a catalogue.
 *
 * @throws ValiError where `json` is not one
 */
export const parseCatalogue = (json: unknown): CatalogueEntry[] => v.parse(catalogue, json) as CatalogueEntry[];
