/** Types of root.mjs for the scripts written in TypeScript. */
export declare const inRoot: (path: string) => string;
