/** Work shared out to processes of their own, so that every processor of the machine trains. */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** As many processes as the machine has processors. */
export const PROCESSES = availableParallelism();

/** The child's side: answers each task that its parent sends. */
export const answer = (work: (task: never) => Promise<unknown>): void => {
  process.on('message', (task) => {
    void work(task as never).then((result) => process.send?.(result));
  });
};

/**
 * Hands tasks to children that run `path`, each the next one when it has answered.
 * @param path a module that calls `answer`, with tasks and results of the types that are sent and heard here
 * @throws where a child fails
 */
export const inProcesses = async <T extends object>(
  path: string,
  tasks: readonly T[],
  processes: number,
  heard: (task: T, result: never) => void,
): Promise<void> => {
  const waiting = [...tasks];
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const child = fork(path, { serialization: 'advanced' });
      let current = waiting.shift();
      const next = (): void => {
        if (current === undefined) child.disconnect();
        else child.send(current);
      };
      child.on('message', (result) => {
        if (current !== undefined) heard(current, result as never);
        current = waiting.shift();
        next();
      });
      child.on('error', reject);
      child.on('exit', (code) => {
        if (code === 0) resolve();
        else reject(new Error(`A process ended with ${String(code)}`));
      });
      next();
    });
  await Promise.all(Array.from({ length: Math.min(processes, tasks.length) }, one));
};
