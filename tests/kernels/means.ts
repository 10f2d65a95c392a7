/** What an engine needs of where it runs, without a limit of time: a test has its own. */
import type { Means } from '../../src/model/kernels/means';
import { simdProgram } from './simdProgram';

export const MEANS: Means = {
  loadProgram: simdProgram,
  loadPart: (_, load) => load(),
  within: (asked) => asked,
  now: () => performance.now(),
};
