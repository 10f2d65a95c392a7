/** What ends training before its last step, and lets it save what it has learnt. */
import { performance } from 'node:perf_hooks';
import { isatty } from 'node:tty';
import { EXIT } from './failures';

export interface Ending {
  /** Whether a signal has asked for the end. */
  readonly isWished: boolean;
  /** What went wrong outside of any step; null where nothing did. */
  readonly problem: Error | null;
}

/** npm hears a terminal's Ctrl-C too and passes it on, so that one comes twice; nobody's second is as soon as that. */
const ECHO_MILLISECONDS = 500;

const terminals = [0, 1, 2].filter(isatty);

/** Ends the process, threads and all. */
export const leave = (code: number): void => {
  // Node aborts where it cannot put a terminal back as it was: when that is gone, so is whoever would read the code.
  if (!terminals.every(isatty)) {
    process.removeAllListeners('SIGHUP');
    process.kill(process.pid, 'SIGHUP');
  }
  process.exit(code);
};

export const toError = (caught: unknown): Error => (caught instanceof Error ? caught : new Error(String(caught)));

/** The first signal asks for the end after the step under way, another one ends at once. */
export const listenForEnd = (): Ending => {
  const ending: { isWished: boolean; problem: Error | null } = { isWished: false, problem: null };
  let first: number | null = null;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (first !== null && performance.now() - first > ECHO_MILLISECONDS) leave(EXIT.interrupted);
      first ??= performance.now();
      ending.isWished = true;
    });
  }
  process.on('uncaughtException', (error) => {
    ending.problem ??= toError(error);
  });
  // A terminal that was closed, or a reader of a pipe who left: not a reason to lose the run.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return ending;
};
