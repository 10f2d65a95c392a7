/** A static server that goes wrong on demand: for one of its files at a time, in one of the ways that networks know. */
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

/**
 * 'stall': no answer ever; 'cut': half of the body, then the connection ends; 'html': status 200 and a page in place of
 * the file, as hosts of single-page apps answer for whatever they do not have.
 */
export const FAULTS = ['stall', 'cut', '404', '503', 'html'] as const;
export type Fault = (typeof FAULTS)[number];

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};

export interface FaultyServer {
  /** Ends with a slash; the page is not at the root. */
  readonly address: string;
  /** From now on `path` goes wrong; null: nothing that is asked for does. What has stalled never comes. */
  readonly fault: (path: string | null, fault?: Fault) => void;
  /** A program that is put before the one of the file of that name. */
  readonly precede: (name: RegExp, program: string) => void;
  /** How often a file was asked for. */
  readonly asked: (path: string) => number;
  readonly close: () => Promise<void>;
}

const FOLDER = '/some/path/';

export const serveFaults = async (root: string): Promise<FaultyServer> => {
  let faulty: { readonly path: string; readonly fault: Fault } | null = null;
  let prelude: { readonly name: RegExp; readonly program: string } | null = null;
  const asked = new Map<string, number>();

  const go = (response: ServerResponse, fault: Fault, type: string, body: Buffer) => {
    switch (fault) {
      case 'stall':
        break;
      case 'cut':
        response.writeHead(200, { 'content-type': type, 'content-length': body.length });
        response.write(body.subarray(0, body.length / 2), () => response.destroy());
        break;
      case '404':
      case '503':
        response.writeHead(Number(fault), { 'content-type': 'text/plain' }).end(`${fault}\n`);
        break;
      case 'html':
        response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Not here</title><p>Hello.');
    }
  };

  const answer = async (url: string, response: ServerResponse) => {
    const { pathname } = new URL(url, 'http://localhost');
    const path = pathname === FOLDER ? 'index.html' : pathname.slice(FOLDER.length);
    asked.set(path, (asked.get(path) ?? 0) + 1);
    response.setHeader('cache-control', 'no-store');
    try {
      if (!pathname.startsWith(FOLDER) || path.includes('..')) throw new Error(path);
      const before = prelude?.name.test(path) ? prelude.program : '';
      const body = Buffer.concat([Buffer.from(before), await readFile(join(root, path))]);
      const type = TYPES[extname(path)] ?? 'application/octet-stream';
      if (faulty?.path === path) go(response, faulty.fault, type, body);
      else response.writeHead(200, { 'content-type': type, 'content-length': body.length }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  };

  const server = createServer((request, response) => {
    void answer(request.url ?? '', response);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://localhost:${port}${FOLDER}`,
    fault: (path, fault = '404') => {
      faulty = path === null ? null : { path, fault };
    },
    precede: (name, program) => {
      prelude = { name, program };
    },
    asked: (path) => asked.get(path) ?? 0,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
