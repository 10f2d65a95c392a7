/** `npm run corpora`: what it adds is what it promised, or it says why not. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WELL_KNOWN } from '../../scripts/corpora/wellKnown';
import { parseCatalogue } from '../../scripts/corpora/catalogue';
import { corpusPath } from '../model/text/corporaFolder';

const SCRIPT = new URL('../../scripts/corpora/add.ts', import.meta.url).pathname;

// Each run of the script starts Node and compiles TypeScript.
vi.setConfig({ testTimeout: 60_000 });

let folder = '';
const here = (...parts: string[]): string => join(folder, ...parts);

const run = (...args: string[]): { status: number | null; out: string; err: string } => {
  const done = spawnSync(process.execPath, ['--import', 'tsx', SCRIPT, ...args], { encoding: 'utf8' });
  return { status: done.status, out: done.stdout, err: done.stderr };
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'add-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('npm run corpora', () => {
  it('lists what there is', () => {
    const { status, out } = run('--list', '--to', here());
    expect(status).toBe(0);
    for (const { id } of WELL_KNOWN) expect(out).toContain(id);
    expect(out).not.toContain('added');
  });

  it('refuses a text whose hash is another, and leaves nothing of it', () => {
    const [text] = WELL_KNOWN;
    mkdirSync(dirname(here('from', text.file)), { recursive: true });
    writeFileSync(here('from', text.file), 'not what it should be');
    const { status, err } = run('--from', here('from'), '--to', here('to'));
    expect(status).toBe(1);
    expect(err).toContain(`${text.id}: `);
    expect(err).toContain(text.sha256);
    expect(existsSync(here('to', `${text.id}.txt`))).toBe(false);
    expect(parseCatalogue(JSON.parse(readFileSync(here('to', 'index.json'), 'utf8')))).toEqual([]);
  });

  it.each([
    [['nonsense'], /no text nonsense/],
    [['--from', '/does/not/exist'], /no folder/],
    [['--nonsense'], /nonsense/],
  ])('answers %j with status 2', (args, message) => {
    const { status, err } = run(...args, '--to', here());
    expect(status).toBe(2);
    expect(err).toMatch(message);
  });

  it('says that a folder has none of the texts', () => {
    expect(run('--from', here(), '--to', here('to')).status).toBe(1);
    expect(run('lunyu', '--from', here(), '--to', here('to'))).toMatchObject({ status: 1 });
  });

  it('does not download what has no public home', () => {
    const { status, err } = run('lunyu', '--to', here());
    expect(status).toBe(1);
    expect(err).toContain('--from');
  });

  it.skipIf(corpusPath('names/dinosaurs.txt') === null)('takes texts from a folder (CORPORA_DIR)', () => {
    const from = process.env['CORPORA_DIR'] ?? '';
    expect(run('dinosaurs', 'daodejing', '--from', from, '--to', here())).toMatchObject({ status: 0, err: '' });
    const entries = parseCatalogue(JSON.parse(readFileSync(here('index.json'), 'utf8')));
    expect(entries.map(({ id }) => id)).toEqual(['dinosaurs', 'daodejing']);
    expect(readFileSync(here('dinosaurs.txt'))).toHaveLength(entries[0].bytes ?? -1);
    // A second time there is nothing to do; a damaged text is replaced.
    writeFileSync(here('dinosaurs.txt'), 'damaged');
    const { out } = run('dinosaurs', 'daodejing', '--from', from, '--to', here());
    expect(out).toContain('dinosaurs: added');
    expect(out).toContain('daodejing: is there already');
  });
});

describe('the texts that are fetched', () => {
  const prepare = (id: string, raw: Uint8Array): string | undefined =>
    WELL_KNOWN.find((text) => text.id === id)?.download?.prepare(raw);

  it('are taken at a commit, so that they can not change', () => {
    for (const { download } of WELL_KNOWN) {
      if (download)
        expect(download.url).toMatch(/^https:\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/[0-9a-f]{40}\//);
    }
  });

  it('lose what stands around a work', () => {
    const raw = [
      '*** START OF THIS PROJECT GUTENBERG EBOOK ALICE ***',
      'Produced by somebody',
      '',
      "ALICE'S ADVENTURES IN WONDERLAND",
      '',
      '',
      '',
      '',
      'Words caf\u00e9  ',
      '',
      "End of Project Gutenberg's Alice",
    ].join('\r\n');
    expect(prepare('alice', Buffer.from(raw, 'latin1'))).toBe("ALICE'S ADVENTURES IN WONDERLAND\n\n\nWords café\n");
  });

  it('end with one newline, without a byte order mark', () => {
    expect(prepare('war-and-peace', Buffer.from('\ufeffone\rtwo\r\r'))).toBe('one\ntwo\n');
    expect(prepare('dinosaurs', Buffer.from('a\nb'))).toBe('a\nb\n');
  });

  it('are made of title, author and lines where they are poems', () => {
    const poem = { chapter: '題', author: '某', paragraphs: ['一二三。(一作：四)', '五六七。 '] };
    const raw = JSON.stringify({ content: [{ type: '', content: [poem, poem] }] });
    expect(prepare('tang-300-traditional', Buffer.from(raw))).toBe(
      '題\n某\n一二三。\n五六七。\n\n題\n某\n一二三。\n五六七。\n',
    );
  });
});
