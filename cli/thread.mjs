/** Where a thread begins: Node 20 hands a thread's first file to no loader, so this one loads what is in TypeScript. */
import { register } from 'tsx/esm/api';

register();
await import('./shardThread.ts');
