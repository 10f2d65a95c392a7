/** The repository holds what belongs to the project alone. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Lockfile {
  readonly packages: Readonly<
    Record<string, { readonly resolved?: string; readonly integrity?: string; readonly optionalDependencies?: object }>
  >;
}

/** Everything that is committed or about to be. Needs git, which an unpacked archive does not have. */
const tracked = (): string[] =>
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
    .split('\0')
    .filter((path) => path !== '' && existsSync(path));

const BINARY = new Set(['.png', '.woff2', '.ico']);
const MAX_BYTES = 1_000_000;

/** In parts, so that this file does not hold what it forbids. */
const MACHINE_PATHS = new RegExp(`(?<![\\w.~*$}@/-])/(${['home', 'root', 'Users', 'work', 'tmp'].join('|')})/\\w`);
const REGISTRIES = new RegExp(['registry', '[.]'].join('') + '(npmjs|yarnpkg|npmmirror)', 'i');

describe.skipIf(!existsSync('.git'))('the tree', () => {
  const files = tracked();
  const texts = files
    .filter((path) => !BINARY.has(extname(path)))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
  const holding = (pattern: RegExp) => texts.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

  it('recognises what it looks for', () => {
    expect(`see ${['', 'home', 'ada'].join('/')}`).toMatch(MACHINE_PATHS);
    expect(['https://registry', 'npmjs', 'org'].join('.')).toMatch(REGISTRIES);
    expect('src/components/home/x').not.toMatch(MACHINE_PATHS);
    expect(files.length).toBeGreaterThan(20);
  });

  it('names no path of a machine', () => {
    expect(holding(MACHINE_PATHS)).toEqual([]);
  });

  it('names no package registry', () => {
    expect(holding(REGISTRIES)).toEqual([]);
  });

  it('holds no large file, no build and no local corpus', () => {
    expect(files.filter((path) => statSync(path).size > MAX_BYTES)).toEqual([]);
    expect(files.filter((path) => /^(dist|node_modules|[.]cache|public\/corpora\/local)\//.test(path))).toEqual([]);
  });

  it('pins every package by its content, wherever it is fetched from', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lockfile;
    const entries = Object.entries(packages).filter(([path]) => path !== '');
    expect(entries.length).toBeGreaterThan(100);
    expect(entries.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(entries.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
  });

  it('locks the packages of every system, not only of the one that wrote the lockfile', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lockfile;
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages))
        .map((name) => `${path} needs ${name}`),
    );
    expect(missing).toEqual([]);
  });
});
