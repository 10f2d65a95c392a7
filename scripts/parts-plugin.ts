/**
 * Vite plugin that tells the training worker which files each of its lazily imported parts consists of, so that it can
 * fetch and look at them before it imports them: see src/workers/parts.ts.
 */
import type { Plugin, Rolldown } from 'vite';

/** Stands in the worker's program until the names of the files are known. */
const PLACE = '@@part-files@@';

/** The module that each part begins with. */
const PARTS: Readonly<Record<string, RegExp>> = {
  webgpu: /\/src\/model\/kernels\/webgpu\/open\.ts$/,
  tfjs: /\/src\/model\/kernels\/tfjs\/index\.ts$/,
  tensorflow: /\/@tensorflow\/tfjs\//,
  detector: /\/src\/model\/text\/detect\.ts$/,
  'tensorflow-webgpu': /\/@tensorflow\/tfjs-backend-webgpu\//,
};

type Bundle = Readonly<Record<string, Rolldown.OutputChunk | Rolldown.OutputAsset>>;

/** `file` and all that it imports at once. */
const filesBehind = (bundle: Bundle, file: string, found = new Set<string>()): Set<string> => {
  const chunk = bundle[file];
  if (chunk.type !== 'chunk' || chunk.isEntry || found.has(file)) return found;
  found.add(file);
  for (const imported of chunk.imports) filesBehind(bundle, imported, found);
  return found;
};

const partFiles = (bundle: Bundle): string =>
  Object.entries(PARTS)
    .map(([name, module]) => {
      const chunk = Object.values(bundle).find(
        (output) => output.type === 'chunk' && output.isDynamicEntry && module.test(output.facadeModuleId ?? ''),
      );
      if (chunk === undefined) throw new Error(`The worker has no part “${name}”.`);
      const files = [...filesBehind(bundle, chunk.fileName)].map((file) => file.split('/').at(-1));
      return `${name}=${files.join(',')}`;
    })
    .join(';');

/** To be among the plugins of both the page and its workers. */
export const parts = (): Plugin => ({
  name: 'parts',
  config: (_config, { command }) => ({
    define: { __PART_FILES__: JSON.stringify(command === 'build' ? PLACE : '') },
  }),
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type === 'chunk' && output.code.includes(PLACE)) {
          output.code = output.code.replaceAll(PLACE, partFiles(bundle));
        }
      }
    },
  },
});
