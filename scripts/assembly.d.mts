/** Types of assembly.mjs for the scripts written in TypeScript. */
export declare const ensureCompiled: () => Promise<void>;
