/** Types of processes.mjs for the tests written in TypeScript. */
import type { ChildProcess } from 'node:child_process';
export declare const endGroup: (child: ChildProcess) => void;
