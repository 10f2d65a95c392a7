/** The texts in the worker's memory: read in pieces, cancelled at will, kept as long as a run may need them. */
import { FailureError, toFailure, unreadable } from '../model/failures';
import { SETTINGS, type Settings } from '../model/settings';
import { decodeInSteps, fromString, LIMIT_BYTES, type Detect } from '../model/text/decode';
import { factsInSteps } from '../model/text/facts';
import type { CatalogueEntry, Dataset, DecodedText, TextFacts, TextSource } from '../model/text/types';
import { datasetInSteps } from '../model/text/vocabulary';
import type { Clock } from './clock';
import type { Corpora } from './corpora';
import type { WorkerEvent } from './protocol';
import type { KeptText } from './textRecord';
import type { Pause, readWritten } from './writtenText';

export interface LoadedText {
  readonly textId: string;
  /** Of its file; empty where it was pasted. */
  readonly name: string;
  readonly text: DecodedText;
  readonly facts: TextFacts;
  /** What the catalogue says of it; null for a text of one's own. */
  readonly entry: CatalogueEntry | null;
}

export interface Texts {
  /** Answered by `text-progress` and then `text-ready` or `text-failed`; by nothing where it is cancelled. */
  load(textId: string, source: TextSource): void;
  cancel(textId: string): void;
  /** Waits for a text that is still loading. Rejects where it cannot be had. */
  get(textId: string): Promise<LoadedText>;
  /** Rejects with a FailureError `text-too-short`, `text-one-character`. */
  dataset(loaded: LoadedText, settings: DatasetSettings): Promise<Dataset>;
  /** Bytes of a text and of its datasets. */
  bytes(textId: string): number;
  /** Forgets every text but these, the newest one and those that are loading. */
  retain(textIds: ReadonlySet<string>): void;
}

/** Bytes of a file read at a time. */
const SLICE = 1 << 22;
const REPORT_MILLISECONDS = 100;
/** Milliseconds after the first text: nothing else is to wait for the detector. */
const REST = 5000;
/** Datasets kept for each text, the newest and as many as fit: a run that was replaced, the one that did it, and one to come. */
const DATASETS = 3;
const DATASET_BYTES = 50_000_000;

/** The very text that the catalogue names. @throws FailureError `corpus-unreachable` */
const expected = async ({ id, hash }: CatalogueEntry, decode: () => Promise<DecodedText>): Promise<DecodedText> => {
  const other = new FailureError({ code: 'corpus-unreachable', id, cause: 'another text came in its place' });
  try {
    const text = await decode();
    if (hash === null || text.hash === hash) return text;
  } catch (caught) {
    throw caught instanceof FailureError ? other : caught;
  }
  throw other;
};

/** A part of the file, or all of it. @throws FailureError `file-unreadable` */
const readBlob = async ({ name }: File, blob: Blob): Promise<ArrayBuffer> => {
  try {
    return await blob.arrayBuffer();
  } catch (caught) {
    throw unreadable(name, caught);
  }
};

type DatasetSettings = Pick<Settings, 'validation' | 'vocabularyLimit'> & { readonly before?: Int32Array | null };

const removing = ({ removeNuls = false }: { readonly removeNuls?: boolean }) => ({ removeNuls });

/** The newest of them, and those before it that fit beside it. */
const thoseThatFit = (datasets: Slot['datasets']): Slot['datasets'] => {
  let bytes = 0;
  const from = datasets.findLastIndex(({ dataset }) => (bytes += dataset.ids.byteLength) > DATASET_BYTES);
  return datasets.slice(Math.min(datasets.length - 1, Math.max(from + 1, datasets.length - DATASETS)));
};

interface Slot {
  readonly loading: Promise<LoadedText>;
  readonly abort: AbortController;
  state: 'loading' | 'ready';
  /** Bytes of its characters. */
  codePoints: number;
  /** Newest last. */
  datasets: { readonly of: DatasetSettings; readonly dataset: Dataset }[];
}

export const createTexts = (o: {
  readonly clock: Clock;
  readonly corpora: Corpora;
  readonly loadDetector: () => Promise<Detect>;
  /** A text of an earlier visit, by the hash of its content. */
  readonly kept: (hash: string, pause: Pause) => Promise<KeptText>;
  /** A long text that was pasted. */
  readonly written: typeof readWritten;
  readonly post: (event: WorkerEvent) => void;
}): Texts => {
  const { clock, corpora, loadDetector, kept, written, post } = o;
  const slots = new Map<string, Slot>();
  let newest: string | null = null;

  type Stage = Extract<WorkerEvent, { type: 'text-progress' }>['stage'];
  type Report = (stage: Stage, done: number) => void;

  const reporter = (textId: string, signal: AbortSignal): Report => {
    let said = -Infinity;
    let saidStage: Stage | null = null;
    return (stage, done) => {
      const now = clock.now();
      if (signal.aborted || (stage === saidStage && now - said < REPORT_MILLISECONDS)) return;
      said = now;
      saidStage = stage;
      post({ type: 'text-progress', textId, stage, done });
    };
  };

  const readFile = async (file: File, report: Report, signal: AbortSignal): Promise<Uint8Array> => {
    if (file.size > LIMIT_BYTES) {
      throw new FailureError({ code: 'text-too-large', bytes: file.size, limit: LIMIT_BYTES });
    }
    if (file.size === 0) {
      // A file that is gone has no size either; only reading it tells.
      await readBlob(file, file);
      throw new FailureError({ code: 'text-empty', name: file.name });
    }
    const bytes = new Uint8Array(file.size);
    for (let offset = 0; offset < file.size; offset += SLICE) {
      bytes.set(new Uint8Array(await readBlob(file, file.slice(offset, offset + SLICE))), offset);
      signal.throwIfAborted();
      report('reading', Math.min(1, (offset + SLICE) / file.size));
    }
    return bytes;
  };

  let isProvided = false;
  /** Fetches the detector ahead, so that it is there when the connection is not. */
  const provide = () => {
    if (isProvided) return;
    isProvided = true;
    clock.later(REST, () => {
      loadDetector().catch(() => {
        // Asked for again, and told of, when a file is opened.
      });
    });
  };

  /** Work on a text in steps, between which the worker does what it is asked. */
  const inSteps = async <T>(
    steps: Generator<number, T>,
    tell: (done: number) => void,
    signal: AbortSignal | null,
  ): Promise<T> => {
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      tell(step.value);
      await clock.breathe();
      signal?.throwIfAborted();
    }
  };

  const decodeBytes = (
    bytes: Uint8Array,
    options: Parameters<typeof decodeInSteps>[1],
    report: Report,
    signal: AbortSignal,
  ): Promise<DecodedText> => {
    const tell = (done: number) => {
      report('decoding', done);
    };
    return inSteps(decodeInSteps(bytes, options), tell, signal);
  };

  const read = async (
    source: TextSource,
    report: Report,
    signal: AbortSignal,
  ): Promise<Pick<LoadedText, 'name' | 'text' | 'entry'>> => {
    report('reading', 0);
    const pause: Pause = async (done) => {
      report('decoding', done);
      await clock.breathe();
      signal.throwIfAborted();
    };
    switch (source.kind) {
      case 'pasted': {
        const { text } = source;
        const isShort = typeof text === 'string';
        const read = isShort ? fromString(text, removing(source)) : await written(text, removing(source), pause);
        return { name: '', text: read, entry: null };
      }
      case 'kept':
        return { ...(await kept(source.hash, pause)), entry: null };
      case 'file': {
        const bytes = await readFile(source.file, report, signal);
        const { name } = source.file;
        const encoding = source.encoding ?? (await loadDetector());
        const options = { name, encoding, ...removing(source) };
        return { name, text: await decodeBytes(bytes, options, report, signal), entry: null };
      }
      case 'bundled': {
        const { content, entry } = await corpora.load(
          source.id,
          (done) => {
            report('reading', done);
          },
          signal,
        );
        const name = entry.file ?? entry.id;
        if (typeof content === 'string') return { name, text: fromString(content), entry };
        const options = { name, encoding: 'utf-8' } as const;
        return { name, text: await expected(entry, () => decodeBytes(content, options, report, signal)), entry };
      }
    }
  };

  const divide = async (
    slot: Slot | undefined,
    text: DecodedText,
    of: DatasetSettings,
    tell: () => void,
    signal: AbortSignal | null,
  ): Promise<Dataset> => {
    const dataset = await inSteps(datasetInSteps(text, of), tell, signal);
    if (slot) slot.datasets = thoseThatFit([...slot.datasets, { of, dataset }]);
    return dataset;
  };

  const load = async (textId: string, source: TextSource, signal: AbortSignal): Promise<LoadedText> => {
    const report = reporter(textId, signal);
    const { name, text, entry } = await read(source, report, signal);
    // Of several passes, each of which is short.
    const tell = () => {
      report('counting', 0);
    };
    tell();
    await clock.breathe();
    signal.throwIfAborted();
    const facts = await inSteps(factsInSteps(text), tell, signal);
    // Whether it can serve at all shows when it is divided; these are also the settings that are asked for first.
    const of = { validation: SETTINGS.validation.default, vocabularyLimit: SETTINGS.vocabularyLimit.default };
    await divide(slots.get(textId), text, of, tell, signal);
    return { textId, name, text, facts, entry };
  };

  return {
    load: (textId, source) => {
      if (slots.has(textId)) return;
      const abort = new AbortController();
      // The slot must be there before its text is: a text at hand is read without a pause.
      const loading = Promise.resolve().then(() => load(textId, source, abort.signal));
      const slot: Slot = { loading, abort, state: 'loading', codePoints: 0, datasets: [] };
      slots.set(textId, slot);
      loading.then(
        ({ facts, text }) => {
          if (abort.signal.aborted) return;
          slot.state = 'ready';
          slot.codePoints = text.codePoints.indices.byteLength;
          newest = textId;
          post({ type: 'text-ready', textId, facts });
          provide();
        },
        (caught: unknown) => {
          if (slots.get(textId) === slot) slots.delete(textId);
          if (!abort.signal.aborted) post({ type: 'text-failed', textId, failure: toFailure(caught) });
        },
      );
    },
    cancel: (textId) => {
      const slot = slots.get(textId);
      if (slot?.state !== 'loading') return;
      slot.abort.abort();
      slots.delete(textId);
    },
    get: (textId) => {
      const slot = slots.get(textId);
      return slot?.loading ?? Promise.reject(new Error(`there is no text ${textId}`));
    },
    dataset: async (loaded, { validation, vocabularyLimit, before = null }) => {
      const slot = slots.get(loaded.textId);
      const known = slot?.datasets.find(
        ({ of }) =>
          of.validation === validation && of.vocabularyLimit === vocabularyLimit && (of.before ?? null) === before,
      );
      if (known !== undefined) return known.dataset;
      return divide(slot, loaded.text, { validation, vocabularyLimit, before }, () => undefined, null);
    },
    bytes: (textId) => {
      const { codePoints, datasets } = slots.get(textId) ?? { codePoints: 0, datasets: [] };
      return datasets.reduce((sum, { dataset }) => sum + dataset.ids.byteLength, codePoints);
    },
    retain: (textIds) => {
      for (const [textId, { state }] of slots) {
        if (state === 'ready' && textId !== newest && !textIds.has(textId)) slots.delete(textId);
      }
    },
  };
};
