/** The page and the program without a page are the same program: their losses are equal to the last bit. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from './fixtures';

test('the first losses on the page are those without a page, bit for bit', async ({ playground }, { outputDir }) => {
  const steps = 10;
  const log = `${outputDir}.csv`;
  const settings = '--units 24 --batch 16 --length 16 --layers 2 --dropout 0.1 --seed 3 --threads 2'.split(' ');
  const args = ['public/corpora/tale.txt', ...settings, '--steps', String(steps), '--log', log];
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'cli/train.ts', ...args]);
  expect(status, String(stderr)).toBe(0);
  const losses = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(',')[1]));
  expect(losses).toHaveLength(steps);

  await playground.open('corpus=tale&units=24&batch=16&length=16&layers=2&drop=0.1&seed=3&threads=3&engine=simd');
  const shown: number[] = [];
  for (let step = 1; step <= steps; step++) {
    await playground.makeSteps(1);
    shown.push(await playground.reading('loss'));
  }
  expect(shown).toEqual(losses);
});
