/** The page's content security policy, in the page and in every worker there is: nothing leaves, no text becomes a program. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page, Worker } from '@playwright/test';
import { expect, test } from './fixtures';

/** A server of another origin that lets everybody read it: only the policy stands between. */
const listenElsewhere = async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://elsewhere');
    asked.push(pathname);
    const type = pathname === '/import' ? 'text/javascript' : pathname === '/' ? 'text/html' : 'text/plain';
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': type }).end();
  });
  server.on('upgrade', (request, socket) => {
    asked.push(request.url ?? '');
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return { asked, address: `http://localhost:${port}`, close: () => server.close() };
};

/** Every way to send something, as far as the place has it: tries each, and says which there were and what became of it. */
const send = async (address: string): Promise<Record<string, string>> => {
  const settled = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (caught: unknown) => (caught instanceof Error ? caught.name : 'refused'),
    );
  const heard = (target: EventTarget, good: string) =>
    new Promise((resolve, reject) => {
      target.addEventListener(good, resolve);
      for (const bad of ['error', 'close']) target.addEventListener(bad, reject);
    });
  const ways: Record<string, () => Promise<unknown>> = {
    fetch: () => fetch(`${address}/fetch`, { method: 'POST', body: 'text' }),
    xhr: () => {
      const request = new XMLHttpRequest();
      request.open('GET', `${address}/xhr`);
      const answer = heard(request, 'load');
      request.send();
      return answer;
    },
    websocket: () => heard(new WebSocket(`${address.replace('http', 'ws')}/websocket`), 'open'),
    events: () => heard(new EventSource(`${address}/events`), 'open'),
    import: () => import(`${address}/import`),
    ...('sendBeacon' in navigator && {
      beacon: () => Promise.resolve(navigator.sendBeacon(`${address}/beacon`, 'text')),
    }),
    ...('Image' in globalThis && {
      image: () => {
        const image = new Image();
        const answer = heard(image, 'load');
        image.src = `${address}/image`;
        return answer;
      },
    }),
  };
  const outcomes: Record<string, string> = {};
  for (const [name, way] of Object.entries(ways)) {
    try {
      outcomes[name] = await settled(way());
    } catch (caught) {
      outcomes[name] = (caught as Error).name;
    }
  }
  return outcomes;
};

const IN_WORKERS = ['fetch', 'xhr', 'websocket', 'events', 'import'];
const IN_PAGES = [...IN_WORKERS, 'beacon', 'image'];

/** In a task of its own: what the debugger evaluates may compile whatever it likes. */
const compile = () =>
  new Promise<string>((resolve) => {
    setTimeout(() => {
      try {
        // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- what must be refused
        resolve(String(new Function('return 1')()));
      } catch (caught) {
        resolve((caught as Error).name);
      }
    });
  });

const read = async (address: string): Promise<string> => (await fetch(address)).text();

/** A page's or a worker's own end. */
type Place = <R>(work: (address: string) => Promise<R>, address: string) => Promise<R>;
const insideOf = (place: Page | Worker): Place =>
  'workers' in place
    ? (work, address) => place.evaluate(work, address)
    : (work, address) => place.evaluate(work, address);

test('binds the page and every worker: no request leaves the origin, no text becomes a program', async ({
  browser,
  page,
  playground,
  complaints,
}) => {
  const elsewhere = await listenElsewhere();
  try {
    await test.step('every way sends something where no policy forbids it', async () => {
      const context = await browser.newContext();
      const free = await context.newPage();
      await free.goto(elsewhere.address);
      expect(Object.keys(await free.evaluate(send, elsewhere.address))).toEqual(IN_PAGES);
      await expect.poll(() => elsewhere.asked).toEqual(expect.arrayContaining(IN_PAGES.map((name) => `/${name}`)));
      await context.close();
      elsewhere.asked.length = 0;
    });

    // One that trains, and two that take parts of its batches.
    await playground.open('units=8&batch=16&length=8&engine=simd&threads=3');
    await playground.trainPast(3);
    expect(page.workers()).toHaveLength(3);
    for (const place of [page, ...page.workers()]) {
      const inside = insideOf(place);
      expect(await inside(read, new URL('corpora/index.json', page.url()).href)).toContain('"id"');
      const outcomes = await inside(send, elsewhere.address);
      expect(Object.keys(outcomes)).toEqual(place === page ? IN_PAGES : IN_WORKERS);
      // A beacon that is refused says nothing.
      expect(Object.entries(outcomes).filter(([name, what]) => what === 'done' && name !== 'beacon')).toEqual([]);
      expect(await inside(compile, '')).toBe('EvalError');
    }
    expect(elsewhere.asked).toEqual([]);
  } finally {
    elsewhere.close();
  }
  // The browser complains of each refusal, and tells the test of requests that never left; of nothing else.
  const isRefusal = (complaint: string) =>
    /Content Security Policy/i.test(complaint) || complaint.startsWith(`request to ${elsewhere.address}/`);
  expect(complaints.filter((complaint) => !isRefusal(complaint))).toEqual([]);
  complaints.length = 0;
});
