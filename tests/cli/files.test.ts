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
import { checkpointPath } from '../../cli/checkpoints';
import type { CheckpointPlan } from '../../cli/checkpoints';
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
const complaint = (
  given: { readonly text?: string; readonly resume?: string; readonly out?: string; readonly log?: string },
  checkpoints: CheckpointPlan | null = null,
) => {
  try {
    assertTargets({ text: at('text'), resume: at('run'), fineTune: null, out: null, log: null, ...given }, checkpoints);
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

describe('checkpoints', () => {
  // After steps 100, 200 and 300; the run stands at 50.
  const plan = (out: string): CheckpointPlan => ({ out: at(out), every: 100, from: 50, to: 300 });
  const NAME = 'folder/out-00000200.safetensors';
  const OUT = 'folder/out.safetensors';

  it('are named after the run, and stand in the order of their steps', () => {
    expect(checkpointPath('a/run.safetensors', 500)).toBe('a/run-00000500.safetensors');
    expect(checkpointPath('run', 123456789)).toBe('run-123456789');
    const names = [90, 100, 1000, 20000].map((step) => checkpointPath('run.x.y', step));
    expect([...names].sort()).toEqual(names);
    expect(names[0]).toBe('run.x-00000090.y');
  });

  it.each<[string, () => Parameters<typeof complaint>[0], RegExp]>([
    ['the text', () => ({ text: at(NAME) }), /step 200 would be written over the text \(/],
    ['the saved run', () => ({ resume: at(NAME) }), /over the file of --resume/],
    ['the log', () => ({ log: at(NAME) }), /over --log/],
    ['the log by a folder', () => ({ log: at(NAME.replace('folder', 'folder-link')) }), /over --log/],
    ['the log by a name', () => ({ log: at('folder/x/../out-00000200.safetensors') }), /over --log/],
  ])('would take the place of %s', (_, given, words) => {
    for (const isThere of [true, false]) {
      if (isThere) writeFileSync(at(NAME), 'what was there');
      const before = inventory();
      const said = complaint({ out: at(OUT), ...given() }, plan(OUT));
      expect(said?.words).toMatch(words);
      expect(said?.code).toBe(EXIT.usage);
      expect(inventory()).toEqual(before);
      rmSync(at(NAME), { force: true });
    }
  });

  it.each([
    [
      'by a link of a checkpoint',
      () => {
        symlinkSync('../text', at(NAME));
      },
      /over the text/,
    ],
    [
      'by a hard link',
      () => {
        linkSync(at('run'), at(NAME));
      },
      /over the file of --resume/,
    ],
    [
      'by a dangling link',
      () => {
        symlinkSync('log-to-be', at(NAME));
      },
      /over --log/,
    ],
  ])('would take the place of another file %s', (_, link, words) => {
    link();
    const said = complaint({ out: at(OUT), log: at('folder/log-to-be') }, plan(OUT));
    expect(said?.words).toMatch(words);
    expect(said?.code).toBe(EXIT.usage);
  });

  it('may have the names of files of other steps, and of other runs', () => {
    for (const name of ['out-00000050', 'out-00000150', 'out-00000400', 'out-200', 'other-00000200', 'out-0000020x']) {
      expect(complaint({ out: at(OUT), log: at(`folder/${name}.safetensors`) }, plan(OUT))).toBeNull();
    }
    // The names of the files that are read are nobody's business elsewhere.
    mkdirSync(at('elsewhere'));
    writeFileSync(at('elsewhere/out-00000200.safetensors'), 'a text');
    expect(
      complaint({ out: at(OUT), text: at('elsewhere/out-00000200.safetensors'), log: at('log') }, plan(OUT)),
    ).toBeNull();
  });

  it('that cannot be written are refused beforehand', () => {
    mkdirSync(at('folder/out-00000100.safetensors'));
    expect(complaint({ out: at(OUT) }, plan(OUT))?.words).toMatch(/Cannot write .*out-00000100.*it is a folder/);
    expect(complaint({ out: at(OUT) }, { ...plan(OUT), to: 99 })).toBeNull();
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
  const log = openLog(at('pipe'), { append: false, ofTask: true });
  log.add({ ...NO_METRICS, step: 1, loss: 2, heldOutLoss: 3 }, false, null);
  log.add({ ...NO_METRICS, step: 2, loss: 1, heldOutLoss: 4 }, true, { right: 3, of: 4, chance: 0.5, asks: '' });
  log.close();
  expect((await read).join('')).toBe(
    'step,loss,accuracy,gradientNorm,learningRate,heldOutLoss,decisionsRight\n1,2,NaN,NaN,NaN,,\n2,1,NaN,NaN,NaN,4,0.75\n',
  );
});
