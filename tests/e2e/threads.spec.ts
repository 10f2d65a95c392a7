/** Threads in the built page: only those that are used, none that stays, and training that outlives them. */
import { expect, test } from './fixtures';

const NETWORK = 'units=16&batch=16&length=16&engine=simd&eval=100000';
/** The training worker, and four parts of four rows: more threads have nothing to do. */
const MOST_WORKERS = 4;

test('opens only threads that have a part, and the same ones for the next run', async ({ page, playground }) => {
  await playground.open(`${NETWORK}&threads=16`);
  await playground.trainPast(3);
  expect(page.workers()).toHaveLength(MOST_WORKERS);
  for (let reset = 0; reset < 3; reset++) {
    await playground.reset.click();
    await playground.ready();
    await playground.trainPast(3);
  }
  expect(page.workers()).toHaveLength(MOST_WORKERS);
});

test('trains on when threads fall silent, says so once, and the numbers are the same', async ({ page, playground }) => {
  await playground.open(`${NETWORK}&threads=1`);
  await playground.makeSteps(10);
  const expected = await playground.firstTenLosses();
  await playground.open(`${NETWORK}&threads=4`);
  await page.reload();
  await playground.ready();
  await playground.makeSteps(4);
  const [, ...threads] = page.workers();
  expect(threads).toHaveLength(MOST_WORKERS - 1);
  // They end without a word: nobody is told of a worker that closes itself.
  for (const thread of threads.slice(1)) await thread.evaluate('close()');
  await playground.makeSteps(6);
  await expect(
    playground.notices.getByText(/A thread that shared the work has stopped \(no answer for \d+ s\)/),
  ).toHaveCount(1);
  expect(await playground.firstTenLosses()).toEqual(expected);
});

test('trains on when a thread throws, and says so once', async ({ page, playground, complaints }) => {
  await playground.open(`${NETWORK}&threads=4`);
  await playground.makeSteps(2);
  const [, ...threads] = page.workers();
  for (const thread of threads) await thread.evaluate("setTimeout(() => { throw new Error('a part fell') })");
  await expect.poll(() => page.workers().length).toBe(1);
  await playground.makeSteps(3);
  await expect(playground.notices.getByText(/A thread that shared the work has stopped \(.*a part fell/)).toHaveCount(
    1,
  );
  expect(complaints.filter((complaint) => !complaint.includes('a part fell'))).toEqual([]);
  complaints.length = 0;
});

test('trains without threads that cannot be loaded, and says so once', async ({
  page,
  context,
  playground,
  complaints,
}) => {
  await context.route(/shards\.worker/, (route) => route.fulfill({ status: 404, body: 'not here' }));
  await playground.open(`${NETWORK}&threads=4`);
  await playground.trainPast(20);
  await playground.reset.click();
  await playground.ready();
  await playground.trainPast(20);
  await expect(playground.notices.getByText(/A thread that shared the work has stopped/)).toHaveCount(1);
  expect(page.workers()).toHaveLength(1);
  expect(complaints.filter((complaint) => !/404|shards\.worker/.test(complaint))).toEqual([]);
  complaints.length = 0;
});
