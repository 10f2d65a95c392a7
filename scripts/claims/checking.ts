/** Claims checked with one seed: a process of its own, in which runs that several of them speak of are made once. */
import { check } from './check';
import { answer } from './processes';
import { CLAIMS } from './table';
import type { Finding } from './table';

export interface Checking {
  readonly seed: number;
  /** Of claims. */
  readonly ids: readonly string[];
}

answer(async ({ seed, ids }: Checking): Promise<Record<string, Finding>> => {
  const findings: Record<string, Finding> = {};
  for (const claim of CLAIMS.filter(({ id }) => ids.includes(id))) {
    const found = await check(claim, seed);
    findings[claim.id] = found;
    console.log(`${claim.id}, seed ${String(seed)}: ${found.holds ? 'holds' : 'DOES NOT HOLD'}: ${found.figures}`);
  }
  return findings;
});
