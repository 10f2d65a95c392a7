/** What is said of a file that is no sound run. */
import { FailureError } from '../failures';
import type { RunFileFault } from '../failures';

/** What is quoted of a file that may hold anything, in UTF-16 code units at most. */
const LONGEST = 80;

const brief = (quoted: string): string => (quoted.length > LONGEST ? `${quoted.slice(0, LONGEST)}…` : quoted);

export const damaged = (fault: RunFileFault): FailureError => {
  const shown = 'where' in fault ? { ...fault, where: brief(fault.where) } : fault;
  return new FailureError({
    code: 'run-file-damaged',
    fault: shown.kind === 'bounds' ? { ...shown, value: brief(shown.value) } : shown,
  });
};
