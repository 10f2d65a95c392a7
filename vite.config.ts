/** How the page is built: static files that work from any path, under a strict content security policy. */
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { assembly } from './scripts/assembly-plugin.ts';
import { corpora } from './scripts/corpora/plugin.ts';
import { parts } from './scripts/parts-plugin.ts';

/**
 * The development server injects inline scripts (React's refresh preamble) and styles, and talks over a web socket; the
 * built page does none of that. So the policy that index.html carries is opened for the development server only.
 */
const relaxPolicyWhileDeveloping = (): Plugin => ({
  name: 'relax-policy-while-developing',
  apply: (_config, { command, isPreview }) => command === 'serve' && isPreview !== true,
  transformIndexHtml: (html) =>
    html.replace(
      /(<meta\s+http-equiv="Content-Security-Policy"\s+content=")[^"]*(")/i,
      "$1default-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data: ws:$2",
    ),
});

/** Words do not wait for style: what stands before a stylesheet's link is shown while that is still on its way. */
const linkStyleAfterWords = (): Plugin => ({
  name: 'link-style-after-words',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => {
      const links = html.match(/^.*<link rel="stylesheet".*\n/gm) ?? [];
      return links
        .reduce((rest, link) => rest.replace(link, ''), html)
        .replace('  </body>', `${links.join('')}  </body>`);
    },
  },
});

export default defineConfig({
  base: './',
  plugins: [assembly(), react(), corpora(), parts('page'), relaxPolicyWhileDeveloping(), linkStyleAfterWords()],
  worker: { format: 'es', plugins: () => [parts('worker')] },
  build: {
    target: 'es2022',
    // `data:` addresses are not in the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // TensorFlow.js is loaded by the worker alone, and only once an engine needs it.
    chunkSizeWarningLimit: 2500,
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  server: { host: 'localhost' },
  preview: { host: 'localhost' },
});
