/** Programs that run in each worker of the page before its own. */
import type { Page } from '@playwright/test';

/**
 * A worker begins as a blob that imports the rest: see src/workers/spawn.ts. What the page posts until that has come is
 * handed on.
 */
export const precedeWorkers = async (page: Page, program: string): Promise<void> => {
  await page.addInitScript(`{
    const Given = Blob;
    globalThis.Blob = class extends Given {
      constructor(parts, options) {
        const isProgram = options?.type === 'text/javascript';
        const before = ${JSON.stringify(`${program}
const early = [];
self.onmessage = (event) => early.push(event);
`)};
        const later = (part) => 'await ' + part.replace('import ', 'import(').replace(/;$/, ');');
        const after = 'for (const event of early) self.onmessage(event);';
        super(isProgram ? [before, ...parts.map(later), after] : parts, options);
      }
    };
  }`);
};
