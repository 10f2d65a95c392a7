/** The page's content security policy, where it matters most: in the worker, which has the text and runs the engines. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Worker } from '@playwright/test';
import { expect, test } from './fixtures';
import { SMALL } from './playground';

/** A server of another origin that lets every page read it: only the policy stands between. */
const listenElsewhere = async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end('reached');
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return { asked, address: `http://localhost:${port}/leak`, close: () => server.close() };
};

const fetchIn = (worker: Worker, address: string) =>
  worker.evaluate(async (url) => {
    try {
      return await (await fetch(url)).text();
    } catch (caught) {
      return String(caught);
    }
  }, address);

test('binds the worker: no request leaves its origin, no text becomes a program', async ({
  page,
  playground,
  complaints,
}) => {
  await playground.open(`${SMALL}&engine=cpu`);
  const elsewhere = await listenElsewhere();
  try {
    expect(page.workers()).toHaveLength(1);
    const [worker] = page.workers();
    // That the test itself can tell: what is allowed goes through.
    expect(await fetchIn(worker, new URL('corpora/index.json', page.url()).href)).toContain('"id"');
    expect(await fetchIn(worker, elsewhere.address)).toContain('Failed to fetch');
    expect(elsewhere.asked).toEqual([]);
    // In a task of its own: what the debugger evaluates may compile whatever it likes.
    const compiled = await worker.evaluate(
      () =>
        new Promise<string>((resolve) => {
          setTimeout(() => {
            try {
              // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- what must be refused
              resolve(String(new Function('return 1')()));
            } catch (caught) {
              resolve((caught as Error).name);
            }
          });
        }),
    );
    expect(compiled).toBe('EvalError');
  } finally {
    elsewhere.close();
  }
  // The browser complains of each refusal; of nothing else.
  expect(complaints.filter((complaint) => !/Content Security Policy/i.test(complaint))).toEqual([]);
  complaints.length = 0;
});
