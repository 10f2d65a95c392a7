/** Compiles the simd engine's AssemblyScript to WebAssembly where it has not been compiled since its last change. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { run } from './processes.mjs';
import { inRoot } from './root.mjs';

const SOURCES = 'src/model/kernels/simd/assembly';
const PROGRAM = inRoot('src/model/kernels/simd/program.wasm');
/** What the program was compiled from. */
const STAMP = inRoot('.cache/assembly');

const digest = () => {
  const hash = createHash('sha256');
  for (const name of readdirSync(inRoot(SOURCES)).sort()) hash.update(readFileSync(inRoot(`${SOURCES}/${name}`)));
  for (const name of ['asconfig.json', 'package-lock.json']) hash.update(readFileSync(inRoot(name)));
  return hash.digest('hex');
};

/** @throws {Error} with the compiler's words */
export const ensureCompiled = async () => {
  const wanted = digest();
  if (existsSync(PROGRAM) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  const { ok, output } = await run(
    process.execPath,
    [inRoot('node_modules/assemblyscript/bin/asc.js'), `${SOURCES}/index.ts`, '--target', 'release'],
    { seconds: 120, quiet: true },
  );
  if (!ok) throw new Error(`The simd engine does not compile:\n${output}`);
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, wanted);
};

if (process.argv[1] === import.meta.filename) await ensureCompiled();
