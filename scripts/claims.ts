/**
 * `npm run claims`: trains what README's lessons and the corpora's notes speak of, and says for each claim whether it holds.
 *
 *     npm run claims                        with three seeds
 *     npm run claims -- --seeds 5           with five
 *     npm run claims -- --only picture      these only, by their ids
 *
 * Ends with 0 if every claim holds with every seed, 1 if one does not, 2 if it was asked for something that does not exist.
 */
import { parseArgs } from 'node:util';
import { CLAIMS } from './claims/table';
import { check, settingsText } from './claims/check';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '3' }, only: { type: 'string', multiple: true } },
});
const count = Number(values.seeds);
const unknown = values.only?.filter((id) => !CLAIMS.some((claim) => claim.id === id)) ?? [];
if (!Number.isInteger(count) || count < 1 || unknown.length > 0) {
  console.error(
    unknown.length > 0 ? `There is no claim ${unknown.join(', ')}.` : 'The number of seeds is a whole number from 1.',
  );
  process.exit(2);
}

/** Claims and seeds that do not go together. */
let broken = 0;
for (const claim of CLAIMS.filter(({ id }) => values.only?.includes(id) ?? true)) {
  const seeds = claim.seed === undefined ? Array.from({ length: count }, (_, k) => k + 1) : [claim.seed];
  console.log(`\n${claim.id}`);
  for (const sentence of claim.says) console.log(`  said      ${sentence}`);
  console.log(`  trained   ${claim.runs.map(settingsText).join('; ')}\n  checked   ${claim.checked}`);
  for (const seed of seeds) {
    const { holds, figures } = await check(claim, seed);
    if (!holds) broken++;
    console.log(`  seed ${String(seed).padEnd(5)}${holds ? 'holds' : 'DOES NOT HOLD'}: ${figures}`);
  }
}

console.log(broken === 0 ? '\nAll claims hold.' : `\n${String(broken)} times a claim did not hold.`);
process.exitCode = broken === 0 ? 0 : 1;
