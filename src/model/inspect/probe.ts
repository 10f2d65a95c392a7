/** The probe text as the network reads it: bands, surprise and what it expects next, after each character. */
import type { ProbeFrame } from '../telemetry';
import type { FrameReading } from './reading';

export const probe: FrameReading<ProbeFrame> = {
  watchesSteps: false,
  compute: async ({ runId, run, ids, layer, then }) =>
    ids.length === 0 ? null : { ...(await run.probe(ids, layer, then)), runId },
};
