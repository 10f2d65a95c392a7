/** The simd engine's numbers are the ones on record, to the last bit: what a link promises from one version to the next. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createSimdKernels } from '../../src/model/kernels/simd';
import { recordingOf } from '../model/support/bits';
import type { Recording } from '../model/support/bits';
import { simdProgram } from './simdProgram';

const recordings = JSON.parse(
  readFileSync(new URL('../fixtures/bits/simd.json', import.meta.url), 'utf8'),
) as readonly Recording[];

it.each(recordings)('computes what is on record for $settings.cell with $settings.optimizer', async (recording) => {
  const kernels = await createSimdKernels(await simdProgram());
  expect(await recordingOf(recording.settings, kernels)).toEqual(recording);
});
