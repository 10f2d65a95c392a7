/** Has the simd engine's program compiled before anything is built or served. */
import type { Plugin } from 'vite';
import { ensureCompiled } from './assembly.mjs';

export const assembly = (): Plugin => ({ name: 'assembly', config: () => ensureCompiled() });
