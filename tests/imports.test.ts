/** The rules of .dependency-cruiser.cjs catch what they forbid, and let through what they allow. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const CONFIG = resolve('.dependency-cruiser.cjs');
const CRUISER = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** For each rule, imports that break it, as "file -> what it imports". */
const FORBIDDEN: Readonly<Record<string, readonly string[]>> = {
  'no-cycles': ['src/model/batches.ts -> ./vocabulary', 'src/components/stage/axis.ts -> ./scale'],
  resolvable: ['src/model/lost.ts -> ./nowhere'],
  'source-stands-alone': ['src/model/cheat.ts -> ../../tests/fixture', 'src/store.ts -> ../scripts/tool'],
  'without-a-page': ['cli/train.ts -> ../src/store', 'cli/train.ts -> ../src/model/kernels/tfjs/index'],
  'model-knows-no-page': [
    'src/model/upward.ts -> ../store',
    'src/model/wired.ts -> ../workers/protocol',
    'src/model/inspect/wishing.ts -> ../../workers/protocol',
    'src/model/inspect/drawn.ts -> ../../components/Net',
  ],
  'model-packages': ['src/model/plot.ts -> d3', 'src/model/text/view.ts -> react'],
  'kernels-know-nothing-above': [
    'src/model/kernels/reference/scan.ts -> ../../run',
    'src/model/kernels/tfjs/scan.ts -> ../../settings',
  ],
  'choice-knows-settings-only': ['src/model/kernels/choose.ts -> ../run'],
  'tensorflow-below-its-engine': ['src/model/run.ts -> @tensorflow/tfjs', 'src/components/Net.tsx -> @tensorflow/tfjs'],
  'gpu-engines-are-lazy': ['src/model/kernels/choose.ts -> ./tfjs/scan', 'src/model/run.ts -> ./kernels/webgpu/index'],
  'protocol-knows-the-model-only': ['src/workers/protocol.ts -> ./runs'],
  'client-knows-the-protocol-only': ['src/workers/client.ts -> ./runs', 'src/workers/client.ts -> ../store'],
  'page-never-computes': ['src/store/texts.ts -> ../model/run', 'src/workers/client.ts -> ../model/kernels/choose'],
  'readings-come-as-types': [
    'src/components/Computing.tsx -> ../model/inspect/readings',
    'src/store/computing.ts -> ../model/inspect/step',
  ],
  'worker-knows-no-page': ['src/workers/runs.ts -> ./client', 'src/workers/training.worker.ts -> react'],
  'workers-inside-is-its-own': ['src/store.ts -> ./workers/runs', 'src/main.tsx -> ./workers/training.worker'],
  'store-knows-no-view': ['src/store.ts -> ./components/Net', 'src/store/state.ts -> ../components/Net'],
  'views-know-the-store-and-plain-values': [
    'src/components/Run.tsx -> ../model/run',
    'src/components/Kernel.tsx -> ../model/kernels/choose',
    'src/components/Wire.tsx -> ../workers/client',
    'src/components/Inside.tsx -> ../store/state',
  ],
};

/** The house as it is meant: must raise nothing. */
const ALLOWED = [
  'src/main.tsx -> ./components/App',
  'src/main.tsx -> ./store',
  'src/components/App.tsx -> ../store',
  'src/components/App.tsx -> ../model/settings',
  'src/components/App.tsx -> ../model/text/display',
  'src/components/App.tsx -> react',
  'src/store.ts -> ./store/state',
  'src/store/state.ts -> ../workers/client',
  'src/store/state.ts -> ../model/cells',
  'src/store.ts -> ./model/settings',
  'src/workers/client.ts -> ./protocol',
  'src/workers/protocol.ts -> ../model/settings',
  'src/workers/protocol.ts -> ../model/kernels/engines',
  'src/workers/training.worker.ts -> ./runs',
  'src/workers/runs.ts -> ../model/run',
  'src/workers/runs.ts -> ./protocol',
  'cli/training.ts -> ../src/model/run',
  'cli/training.ts -> ../src/workers/threads',
  'src/model/run.ts -> ./kernels/kernels',
  'src/model/kernels/choose.ts -> ../settings',
  'src/model/kernels/choose.ts -> lazy:./tfjs/index',
  'src/model/kernels/choose.ts -> lazy:./webgpu/open',
  'src/model/kernels/tfjs/index.ts -> @tensorflow/tfjs',
  'src/model/kernels/tfjs/index.ts -> ../../cells',
];

/** Files that the imports lead to, with what makes a circle of the two that must. */
const TARGETS: Readonly<Record<string, string>> = {
  'src/model/vocabulary.ts': "import './batches';",
  'src/components/stage/scale.ts': "import type { Axis } from './axis'; export type Scale = Axis;",
  'src/components/stage/axis.ts': 'export type Axis = number;',
};

const fileOf = (folder: string, importer: string, specifier: string): string | null => {
  if (!specifier.startsWith('.')) return join(folder, 'node_modules', specifier, 'index.js');
  if (specifier.endsWith('nowhere')) return null;
  const path = join(folder, dirname(importer), specifier);
  return /\/(Net|App)$/.test(path) ? `${path}.tsx` : `${path}.ts`;
};

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

/** Writes a tree in which each line of `imports` is an import, and returns what the rules say to it. */
const cruise = (folder: string, imports: readonly string[]): Violation[] => {
  const contents = new Map<string, string>();
  const add = (path: string, line: string) => contents.set(path, `${contents.get(path) ?? ''}${line}\n`);
  for (const line of imports) {
    const [importer = '', target = ''] = line.split(' -> ');
    const specifier = target.replace(/^lazy:/, '');
    add(
      join(folder, importer),
      target === specifier ? `import '${specifier}';` : `export const load = () => import('${specifier}');`,
    );
    const path = fileOf(folder, importer, specifier);
    if (path !== null) add(path, '');
    if (path?.includes('node_modules') === true) {
      contents.set(join(dirname(path), 'package.json'), JSON.stringify({ name: specifier, main: 'index.js' }));
    }
  }
  for (const [path, text] of Object.entries(TARGETS)) {
    if (contents.has(join(folder, path))) add(join(folder, path), text);
  }
  contents.set(
    join(folder, 'tsconfig.json'),
    '{ "compilerOptions": { "moduleResolution": "Bundler", "module": "ESNext" } }',
  );
  contents.set(
    join(folder, 'package.json'),
    '{ "type": "module", "dependencies": { "react": "1", "d3": "1", "@tensorflow/tfjs": "1" } }',
  );
  for (const [path, text] of contents) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const json = execFileSync(process.execPath, [CRUISER, 'src', 'cli', '--config', CONFIG, '--output-type', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 1e8,
  });
  return (JSON.parse(json) as { summary: { violations: Violation[] } }).summary.violations;
};

const folders = ['forbidden', 'allowed'].map((name) => mkdtempSync(join(tmpdir(), `imports-${name}-`)));
const [forbiddenFolder = '', allowedFolder = ''] = folders;
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('the rules of imports', () => {
  let violations: Violation[] = [];
  beforeAll(() => {
    violations = cruise(forbiddenFolder, Object.values(FORBIDDEN).flat());
  }, 60_000);

  it.each(Object.entries(FORBIDDEN))('catch what %s forbids', (rule, imports) => {
    const caught = violations.filter((violation) => violation.rule.name === rule).map(({ from }) => from);
    expect(caught).toEqual(expect.arrayContaining(imports.map((line) => line.split(' -> ')[0])));
  });

  it('let the intended directions through', () => {
    expect(cruise(allowedFolder, ALLOWED)).toEqual([]);
  }, 60_000);

  it('are all tried here', () => {
    const { forbidden } = createRequire(import.meta.url)(CONFIG) as { forbidden: { name: string }[] };
    expect(Object.keys(FORBIDDEN).sort()).toEqual(forbidden.map(({ name }) => name).sort());
    expect(readFileSync(CONFIG, 'utf8')).not.toContain("severity: 'warn'");
  });
});
