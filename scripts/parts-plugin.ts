/**
 * Vite plugin that tells the page and the training worker which files each of their lazily imported parts consists of, so
 * that they can fetch and look at them before they import them: see src/workers/parts.ts.
 */
import type { Plugin, Rolldown } from 'vite';

/** Stands in the worker's program until the names of the files are known. */
const PLACE = '@@part-files@@';

/** The module that each part begins with. */
const PARTS = {
  page: {
    panel: /\/src\/components\/stage\/PopupPanel\.tsx$/,
    encodings: /\/src\/components\/corpus\/Encodings\.tsx$/,
    figures: /\/src\/components\/figures\.ts$/,
    late: /\/src\/components\/late\.ts$/,
    chinese: /\/src\/components\/messages\/zh\/index\.ts$/,
  },
  worker: {
    reference: /\/src\/model\/kernels\/reference\/index\.ts$/,
    webgpu: /\/src\/model\/kernels\/webgpu\/open\.ts$/,
    tfjs: /\/src\/model\/kernels\/tfjs\/index\.ts$/,
    tensorflow: /\/@tensorflow\/tfjs\//,
    'tensorflow-webgpu': /\/@tensorflow\/tfjs-backend-webgpu\//,
    detector: /\/src\/model\/text\/detect\.ts$/,
    analyses: /\/src\/model\/text\/analyses\.ts$/,
    keeping: /\/src\/workers\/keepingPart\.ts$/,
  },
} as const;

type Bundle = Readonly<Record<string, Rolldown.OutputChunk | Rolldown.OutputAsset>>;

/** `file` and all that it imports at once. */
const filesBehind = (bundle: Bundle, file: string, found = new Set<string>()): Set<string> => {
  const chunk = bundle[file];
  if (chunk.type !== 'chunk' || chunk.isEntry || found.has(file)) return found;
  found.add(file);
  for (const imported of chunk.imports) filesBehind(bundle, imported, found);
  return found;
};

const partFiles = (bundle: Bundle, of: keyof typeof PARTS): string =>
  Object.entries<RegExp>(PARTS[of])
    .map(([name, module]) => {
      const chunk = Object.values(bundle).find(
        (output) => output.type === 'chunk' && output.isDynamicEntry && module.test(output.facadeModuleId ?? ''),
      );
      if (chunk === undefined) throw new Error(`The ${of} has no part “${name}”.`);
      const files = [...filesBehind(bundle, chunk.fileName)].map((file) => file.split('/').at(-1));
      return `${name}=${files.join(',')}`;
    })
    .join(';');

/** To be among the plugins of the page, and of its workers. */
export const parts = (of: keyof typeof PARTS): Plugin => ({
  name: 'parts',
  config: (_config, { command }) => ({
    define: { __PART_FILES__: JSON.stringify(command === 'build' ? PLACE : '') },
  }),
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type === 'chunk' && output.code.includes(PLACE)) {
          output.code = output.code.replaceAll(PLACE, partFiles(bundle, of));
        }
      }
    },
  },
});
