/** What a run writes takes the place of nothing else, whatever links lead there. */
import { execFileSync } from 'node:child_process';
import {
  createReadStream,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT, exitCodeOf, wordsOf } from '../../cli/failures';
import { readBytes, writeBytes } from '../../cli/files';
import { openLog } from '../../cli/log';
import { assertTargets } from '../../cli/targets';
import { NO_METRICS } from '../../src/model/telemetry';

let folder = '';
const at = (name: string) => join(folder, name);
const bytesOf = (text: string) => new TextEncoder().encode(text);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
  mkdirSync(at('folder'));
  writeFileSync(at('text'), 'a text');
  writeFileSync(at('run'), 'a run');
  linkSync(at('text'), at('text-twin'));
  for (const [link, to] of [
    ['text-link', 'text'],
    ['text-link-link', 'text-link'],
    ['run-link', at('run')],
    ['folder-link', 'folder'],
    ['dangling', 'folder/nothing-yet'],
    ['circle', 'circle'],
  ]) {
    symlinkSync(to, at(link));
  }
  execFileSync('mkfifo', [at('pipe')]);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What is said of these targets, and the exit code; null where nothing is. */
const complaint = (given: { readonly out?: string; readonly log?: string }) => {
  try {
    assertTargets({ text: at('text'), resume: at('run'), out: null, log: null, ...given });
  } catch (error) {
    return { words: wordsOf(error), code: exitCodeOf(error) };
  }
  return null;
};

/** Everything that stands in the folder, and what it is. */
const inventory = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => {
    const is = lstatSync(at(name));
    return `${name} ${String(is.mode)} ${String(is.ino)} ${is.isFile() ? readFileSync(at(name), 'utf8') : ''}`;
  });

describe('before training', () => {
  it.each<[string, { readonly out?: string; readonly log?: string }, number, RegExp]>([
    ['the text', { out: 'text' }, EXIT.usage, /--out is the text/],
    ['the text by another way', { log: 'folder/../text' }, EXIT.usage, /--log is the text/],
    ['the text by links', { out: 'text-link-link' }, EXIT.usage, /--out is the text/],
    ['the text by a hard link', { log: 'text-twin' }, EXIT.usage, /--log is the text/],
    ['the saved run', { out: 'run' }, EXIT.usage, /--out is the saved run/],
    ['the saved run by a link', { log: 'run-link' }, EXIT.usage, /--log is the saved run/],
    ['two in one', { out: 'new', log: 'folder/../new' }, EXIT.usage, /--out and --log are the same/],
    ['two in one by a link', { out: 'dangling', log: 'folder/nothing-yet' }, EXIT.usage, /are the same/],
    ['two in one by a folder', { out: 'folder/x/a', log: 'folder-link/x/a' }, EXIT.usage, /are the same/],
    ['a folder for the run', { out: 'folder-link' }, EXIT.failed, /Cannot write .*it is a folder/],
    ['a folder for the log', { log: 'folder' }, EXIT.failed, /Cannot write .*it is a folder/],
    ['a pipe', { out: 'pipe' }, EXIT.failed, /Cannot write .*it is a pipe/],
    ['a circle of links', { out: 'circle' }, EXIT.failed, /Cannot write .*circle/],
    ['a folder that cannot be', { log: 'text/x' }, EXIT.failed, /Cannot write/],
    ['a name that is too long', { out: 'x'.repeat(300) }, EXIT.failed, /Cannot write/],
  ])('%s is refused, and left as it is', (_, { out, log }, code, words) => {
    const before = inventory();
    const said = complaint({ ...(out !== undefined && { out: at(out) }), ...(log !== undefined && { log: at(log) }) });
    expect(said?.words).toMatch(words);
    expect(said?.code).toBe(code);
    expect(inventory()).toEqual(before);
  });

  it('a device is refused for the run, and allowed for the log', () => {
    expect(complaint({ out: '/dev/null' })?.words).toMatch(/it is a device/);
    expect(complaint({ log: '/dev/null' })).toBeNull();
    expect(complaint({ log: at('pipe') })).toBeNull();
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('what can be written is, and nothing is there yet', () => {
    const before = inventory();
    expect(complaint({ out: at('new'), log: at('dangling') })).toBeNull();
    expect(inventory()).toEqual(before);
  });
});

describe('a file that is written', () => {
  it('stands at the end of its links, which stay', () => {
    writeFileSync(at('folder/target'), 'old');
    symlinkSync('folder-link/target', at('link'));
    for (const link of ['link', 'dangling']) {
      writeBytes(at(link), bytesOf(`new ${link}`));
      expect(lstatSync(at(link)).isSymbolicLink()).toBe(true);
      expect(new TextDecoder().decode(readBytes(at(link)))).toBe(`new ${link}`);
    }
    expect(readdirSync(at('folder')).sort()).toEqual(['nothing-yet', 'target']);
  });

  it('can be read by those who could read the one before', () => {
    writeFileSync(at('private'), '', { mode: 0o600 });
    writeBytes(at('private'), bytesOf('secret'));
    expect(statSync(at('private')).mode & 0o777).toBe(0o600);
    expect(readFileSync(at('private'), 'utf8')).toBe('secret');
  });

  it.each(['folder', 'folder-link', 'pipe', 'text/x', 'circle'])(
    'never takes the place of what is no file: %s',
    (name) => {
      const before = inventory();
      expect(() => {
        writeBytes(at(name), bytesOf('new'));
      }).toThrow(/Cannot write/);
      expect(inventory()).toEqual(before);
    },
  );
});

it('a log may be a pipe', async () => {
  const stream = createReadStream(at('pipe'), 'utf8');
  const read = stream.toArray();
  // A pipe opens for one where it opens for the other: that one has begun to.
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  const log = openLog(at('pipe'), false);
  log.add({ ...NO_METRICS, step: 1, loss: 2, heldOutLoss: 3 }, false);
  log.add({ ...NO_METRICS, step: 2, loss: 1, heldOutLoss: 4 }, true);
  log.close();
  expect((await read).join('')).toBe(
    'step,loss,accuracy,gradientNorm,learningRate,heldOutLoss\n1,2,NaN,NaN,NaN,\n2,1,NaN,NaN,NaN,4\n',
  );
});
