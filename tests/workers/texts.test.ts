/** Texts in the worker: read, refused, cancelled, kept; corpora fetched; baselines counted. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../src/model/failures';
import * as analyses from '../../src/model/text/analyses';
import { detectEncoding } from '../../src/model/text/detect';
import type { CatalogueEntry, TextSource } from '../../src/model/text/types';
import { createCorpora } from '../../src/workers/corpora';
import { createHarness, TEXT, TINY } from './harness';

const bytes = (text: string) => new TextEncoder().encode(text);

const read = async (source: TextSource, harness = createHarness()) => {
  harness.post({ type: 'load-text', textId: 't', source });
  await harness.until(() => harness.all('text-ready').length + harness.all('text-failed').length > 0, 'an answer');
  return { facts: harness.all('text-ready').at(0)?.facts, failure: harness.all('text-failed').at(0)?.failure };
};
const pasted = (text: string) => read({ kind: 'pasted', text });
const file = (content: Uint8Array<ArrayBuffer>, encoding: 'gb18030' | null = null) =>
  read({ kind: 'file', file: new File([content], 'a.txt'), encoding });

describe('a text that cannot serve', () => {
  it('is refused with the reason', async () => {
    expect((await pasted('')).failure).toEqual({ code: 'text-empty' });
    expect((await pasted('too short')).failure).toEqual({ code: 'text-too-short', characters: 9, needed: 100 });
    expect((await pasted('z'.repeat(200))).failure).toEqual({ code: 'text-one-character', character: 'z' });
    expect((await file(new Uint8Array(500))).failure?.code).toBe('text-binary');
    expect((await file(Uint8Array.of(0xff, 0xfe, 0xff), 'gb18030')).failure?.code).toBe('text-undecodable');
  });

  it('is refused before it is read where the file is too large', async () => {
    const huge = new File([], 'huge.txt');
    Object.defineProperty(huge, 'size', { value: 200_000_000 });
    const { failure } = await read({ kind: 'file', file: huge, encoding: null });
    expect(failure).toMatchObject({ code: 'text-too-large', bytes: 200_000_000 });
  });

  it('leaves the run that is there alone', async () => {
    const { open, loadText, post, until, all, losses } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    post({ type: 'load-text', textId: 'bad', source: { kind: 'pasted', text: 'no' } });
    await until(() => all('text-failed').length === 1);
    post({ type: 'open', runId: 'b', textId: 'bad', settings: TINY, replaces: 'a', when: 'ready', then: 'wait' });
    await until(() => all('phase').some(({ runId, phase }) => runId === 'b' && phase === 'failed'));
    await losses('a', 1);
    expect(all('replaced')).toHaveLength(1);
  });
});

describe('a text that was pasted', () => {
  it('is the same in a blob as in a string, and is read with progress', async () => {
    const text = `\ufeff${TEXT}naïve 😀\r\n`;
    const harness = createHarness();
    const { facts } = await read({ kind: 'pasted', text: new Blob([text]) }, harness);
    expect(facts).toEqual((await pasted(text)).facts);
    expect(new Set(harness.all('text-progress').map(({ stage }) => stage))).toEqual(
      new Set(['reading', 'decoding', 'counting']),
    );
  });

  it('is refused as a string is', async () => {
    const blob = (text: string) => read({ kind: 'pasted', text: new Blob([text]) });
    expect((await blob('')).failure).toEqual({ code: 'text-empty' });
    expect((await blob(`${TEXT}\0`)).failure).toEqual({ code: 'text-with-nuls', count: 1 });
    const huge = Object.defineProperty(new Blob([TEXT]), 'size', { value: 200_000_000 });
    expect((await read({ kind: 'pasted', text: huge })).failure).toMatchObject({ code: 'text-too-large' });
  });
});

describe('a large text', () => {
  it('is read in pieces, between which the worker does what it is asked', { timeout: 60_000 }, async () => {
    const { clock, post, all, events, until } = createHarness();
    const { breathe } = clock;
    // So that each piece is told of.
    clock.breath = 200;
    clock.breathe = async () => {
      post({ type: 'ping', id: 1 });
      await breathe();
    };
    const large = new Blob(Array.from({ length: 90 }, () => TEXT.repeat(160)));
    post({ type: 'load-text', textId: 't', source: { kind: 'pasted', text: large } });
    await until(() => all('text-ready').length > 0, 'the text');
    const told: string[] = events.map((event) => (event.type === 'text-progress' ? event.stage : event.type));
    for (const stage of ['decoding', 'counting']) {
      const alive = told.slice(told.indexOf(stage), told.lastIndexOf(stage)).filter((type) => type === 'alive');
      expect(alive.length, stage).toBeGreaterThan(1);
    }
  });
});

describe('a file', () => {
  it('is read with progress, in the encoding that it is in', async () => {
    const harness = createHarness();
    const content = Uint8Array.of(...[0xc4, 0xe3, 0xba, 0xc3, 0x0a].flatMap((byte) => byte), ...bytes(TEXT));
    const source: TextSource = { kind: 'file', file: new File([content], 'a.txt'), encoding: 'gb18030' };
    const { facts } = await read(source, harness);
    expect(facts).toMatchObject({ encoding: 'gb18030', characters: 3 + TEXT.length });
    expect(facts?.beginning.startsWith('你好\n')).toBe(true);
    expect(new Set(harness.all('text-progress').map(({ stage }) => stage))).toEqual(
      new Set(['reading', 'decoding', 'counting']),
    );
  });

  it('says nothing more once it is cancelled', async () => {
    const { post, pass, events } = createHarness();
    const source: TextSource = { kind: 'file', file: new File([TEXT.repeat(200)], 'a.txt'), encoding: null };
    post({ type: 'load-text', textId: 't', source });
    await Promise.resolve();
    post({ type: 'cancel-text', textId: 't' });
    const told = events.length;
    await pass(200);
    expect(events.slice(told)).toEqual([]);
  });
});

describe('a file that cannot be read', () => {
  const failing = (name: string, error: Error) => {
    const broken = new File([TEXT], name);
    const slice = { arrayBuffer: () => Promise.reject(error) } as Blob;
    return Object.assign(broken, { slice: () => slice });
  };
  const failureOf = async (of: File) => (await read({ kind: 'file', file: of, encoding: null })).failure;

  it('is told by its name, with the reason as far as the browser tells it', async () => {
    const gone = failing('letter.txt', new DOMException('not found', 'NotFoundError'));
    expect(await failureOf(gone)).toEqual({ code: 'file-unreadable', name: 'letter.txt', reason: 'gone' });
    const refused = failing('locked.txt', new DOMException('no permission', 'NotReadableError'));
    expect(await failureOf(refused)).toEqual({ code: 'file-unreadable', name: 'locked.txt', reason: 'refused' });
  });

  it('is told from one that is empty, though the browser gives it no size', async () => {
    const gone = new File([], 'letter.txt');
    gone.arrayBuffer = () => Promise.reject(new DOMException('not found', 'NotFoundError'));
    expect(await failureOf(gone)).toEqual({ code: 'file-unreadable', name: 'letter.txt', reason: 'gone' });
  });

  it('because it is empty is told by its name', async () => {
    expect(await failureOf(new File([], 'blank.txt'))).toEqual({ code: 'text-empty', name: 'blank.txt' });
  });
});

describe('the detector of encodings', () => {
  const opened = (): TextSource => ({ kind: 'file', file: new File([TEXT], 'a.txt'), encoding: null });

  it('is fetched ahead, once the first text is there and has been for a while', async () => {
    let fetched = 0;
    const harness = createHarness(undefined, () => {
      fetched += 1;
      return Promise.resolve(detectEncoding);
    });
    await harness.loadText();
    await harness.pass(1000);
    expect(fetched).toBe(0);
    await harness.pass(5000);
    expect(fetched).toBe(1);
    await harness.loadText();
    await harness.pass(10_000);
    expect(fetched).toBe(1);
  });

  it('is asked for again where it did not come, and its absence is told', async () => {
    let isOffline = true;
    const harness = createHarness(undefined, () =>
      isOffline
        ? Promise.reject(new FailureError({ code: 'part-unreachable', cause: 'Failed to fetch' }))
        : Promise.resolve(detectEncoding),
    );
    const { failure } = await read(opened(), harness);
    expect(failure).toEqual({ code: 'part-unreachable', cause: 'Failed to fetch' });
    isOffline = false;
    harness.post({ type: 'load-text', textId: 't', source: opened() });
    await harness.until(() => harness.all('text-ready').length === 1, 'the text');
    expect(harness.all('text-ready')[0].facts.encoding).toBe('utf-8');
  });
});

describe('corpora', () => {
  const entry: CatalogueEntry = {
    id: 'cats',
    kind: 'written',
    file: 'cats.txt',
    title: { en: 'Cats', zh: '猫' },
    language: 'en',
    made: { en: 'here', zh: '此处' },
    look: { en: 'cats', zh: '猫' },
    settings: {},
    promises: [],
    bytes: TEXT.length,
    hash: createHash('sha256').update(TEXT).digest('hex').slice(0, 16),
    grammar: null,
  };
  /** What is answered to each file's requests, one after the other, the last one again and again; `index` is the rest. */
  type Answers = Readonly<Record<string, readonly (() => Promise<Response>)[]>>;
  const found = (body: BodyInit) => () => Promise.resolve(new Response(body));
  const unavailable = () => Promise.resolve(new Response('', { status: 503, statusText: 'Service Unavailable' }));
  const webPage = () =>
    Promise.resolve(new Response('<!doctype html>', { headers: { 'content-type': 'text/html; charset=utf-8' } }));
  const silence = () => new Promise<never>(() => undefined);
  /** Begins, and says nothing more. */
  const stalled = () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(bytes(TEXT.slice(0, 100)));
      },
    });
    return Promise.resolve(new Response(body));
  };

  const serve = (answers: Answers, asked: string[] = []) =>
    createHarness((clock) =>
      createCorpora(
        {
          clock,
          fetchFile: (input) => {
            const url = input instanceof Request ? input.url : String(input);
            const file = url.split('/').at(-1) ?? '';
            const before = asked.filter((other) => other.endsWith(file)).length;
            asked.push(url);
            const queue = answers[file] ?? [() => Promise.resolve(new Response('', { status: 404 }))];
            return queue[Math.min(before, queue.length - 1)]();
          },
        },
        () => Promise.resolve(analyses),
      ),
    );
  const begin = (answers: Answers, asked: string[] = []) => {
    const harness = serve(answers, asked);
    harness.post({ type: 'start', base: 'https://example.org/some/page/' });
    return harness;
  };
  const load = (index: unknown, id: string, asked: string[] = []) => {
    const answers = { 'index.json': [found(JSON.stringify(index))], 'cats.txt': [found(TEXT)] };
    return read({ kind: 'bundled', id }, begin(answers, asked));
  };

  it('are fetched from below the page', async () => {
    const asked: string[] = [];
    expect((await load([entry], 'cats', asked)).facts).toMatchObject({ characters: TEXT.length });
    expect(asked).toEqual([
      'https://example.org/some/page/corpora/index.json',
      'https://example.org/some/page/corpora/cats.txt',
    ]);
  });

  it('that are not there are told apart from those that do not come', async () => {
    expect((await load([entry], 'dogs')).failure).toEqual({ code: 'corpus-unknown', id: 'dogs' });
    const gone = { ...entry, file: 'gone.txt' };
    expect((await load([gone], 'cats')).failure).toMatchObject({ code: 'corpus-unreachable', id: 'cats' });
    expect((await load({ nonsense: 1 }, 'cats')).failure).toMatchObject({ code: 'catalogue-unreachable' });
  });

  it('that are not what the catalogue names are refused', async () => {
    const longer = { ...entry, bytes: TEXT.length + 1 };
    expect((await load([longer], 'cats')).failure).toEqual({
      code: 'corpus-unreachable',
      id: 'cats',
      cause: `${TEXT.length} bytes in place of ${TEXT.length + 1}`,
    });
    const other = { ...entry, hash: '0123456789abcdef' };
    expect((await load([other], 'cats')).failure).toMatchObject({ code: 'corpus-unreachable', id: 'cats' });
  });

  const index = found(JSON.stringify([entry]));
  it.each([
    ['is not to be had', unavailable, '503 Service Unavailable'],
    ['is a web page', webPage, 'a web page came in its place'],
    ['never comes', silence, 'no answer for 10 s'],
    ['never ends', stalled, 'no answer for 10 s'],
  ])('that first %s are said to be so within 20 s, and can be asked for again', async (_, bad, cause) => {
    const harness = begin({ 'index.json': [index], 'cats.txt': [bad, found(TEXT)] });
    const began = harness.clock.now();
    expect((await read({ kind: 'bundled', id: 'cats' }, harness)).failure).toEqual({
      code: 'corpus-unreachable',
      id: 'cats',
      cause,
    });
    expect(harness.clock.now() - began).toBeLessThan(20_000);
    harness.post({ type: 'load-text', textId: 'again', source: { kind: 'bundled', id: 'cats' } });
    await harness.until(() => harness.all('text-ready').length === 1);
  });

  it.each([
    ['is not to be had', unavailable],
    ['is a web page', webPage],
    ['never comes', silence],
    ['is cut off', found('[{"id":')],
  ])('come as soon as a catalogue that first %s does', async (_, bad) => {
    const harness = begin({ 'index.json': [bad, index], 'cats.txt': [found(TEXT)] });
    expect((await read({ kind: 'bundled', id: 'cats' }, harness)).failure?.code).toBe('catalogue-unreachable');
    expect(harness.all('catalogue-failed').map(({ failure }) => failure.code)).toEqual(['catalogue-unreachable']);
    harness.post({ type: 'load-catalogue' });
    await harness.until(() => harness.all('catalogue').length === 1);
    expect(harness.all('catalogue')[0].entries).toEqual([entry]);
    harness.post({ type: 'load-text', textId: 'again', source: { kind: 'bundled', id: 'cats' } });
    await harness.until(() => harness.all('text-ready').length === 1);
  });

  it('that are toy tasks are made on the spot, and listed from then on', async () => {
    const harness = begin({ 'index.json': [found(JSON.stringify([entry]))] });
    const { facts } = await read({ kind: 'bundled', id: 'anbn' }, harness);
    const text = analyses.writeTask('anbn');
    expect(facts?.characters).toBe(text.length);
    expect(text.startsWith(facts?.beginning ?? '?')).toBe(true);
    harness.post({ type: 'load-catalogue' });
    await harness.until(() => harness.all('catalogue').length > 1);
    expect(
      harness
        .all('catalogue')
        .at(-1)
        ?.entries.map(({ id }) => id),
    ).toContain('anbn');
  });

  it('of the browser are made on the spot', async () => {
    const names = { ...entry, id: 'countries', kind: 'browser', file: null, bytes: null, hash: null };
    expect((await load([names], 'countries')).facts?.characters).toBeGreaterThan(1000);
  });
});

describe('baselines', () => {
  it('come to the run on the page, once it is there', async () => {
    const { open, loadText, until, all } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    await until(() => all('baselines').length === 1, 'baselines');
    const { values } = all('baselines')[0].baselines;
    const nats = Object.fromEntries(values.map((value) => [value.name, value.nats]));
    expect(nats['uniform']).toBeGreaterThan(nats['unigram']);
    expect(nats['unigram']).toBeGreaterThan(nats['3-gram']);
  });

  it('are fetched once the run is there, and asked for again by the next run where they did not come', async () => {
    let asked = 0;
    let isOffline = true;
    const { open, loadText, pass, until, all } = createHarness(undefined, undefined, () => {
      asked += 1;
      const lost = new FailureError({ code: 'part-unreachable', cause: 'Failed to fetch' });
      return isOffline ? Promise.reject(lost) : Promise.resolve(analyses);
    });
    const textId = await loadText();
    await open({ runId: 'a', textId });
    expect(asked).toBe(0);
    await pass(2000);
    expect(asked).toBe(1);
    const told = all('problem').map(({ failure }) => failure);
    expect(told).toEqual([{ code: 'part-unreachable', cause: 'Failed to fetch' }]);
    isOffline = false;
    await open({ runId: 'b', textId, replaces: 'a' });
    await until(() => all('baselines').length === 1, 'baselines');
    expect(all('baselines')[0].runId).toBe('b');
  });
});
