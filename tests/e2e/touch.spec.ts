/** The score under a finger: rows are low, fingers are not. */
import { expect, test } from './fixtures';
import { SMALL } from './playground';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test('the readout lies over nothing but what it is read from', async ({ playground }) => {
  await playground.open(`${SMALL}&engine=cpu`);
  const { score } = playground;
  const [readout, ruler] = [score.locator('.readout'), score.locator('.ruler')];
  const top = async (what: typeof readout) => (await what.boundingBox())?.y ?? NaN;
  // What stands before the score is free to be read and touched.
  expect(await top(readout)).toBeGreaterThan(await top(ruler));
  const unit = score.getByRole('spinbutton', { name: 'Unit', exact: true });
  await unit.tap();
  await expect(unit).toBeFocused();
  await score.locator('.band-rows').first().scrollIntoViewIfNeeded();
  await expect(readout).toBeInViewport({ ratio: 1 });
});

test('a finger chooses a unit among rows, and goes on to the rows beside it', async ({ page, playground }) => {
  await playground.open(`${SMALL}&engine=cpu&order=index`);
  const { score } = playground;
  const unit = score.getByRole('spinbutton', { name: 'Unit', exact: true });
  const rows = score.locator('.band-rows').nth(1);
  await rows.evaluate((band) => {
    band.scrollIntoView({ block: 'center' });
  });
  const box = await rows.boundingBox();
  if (!box) throw new Error('no rows');
  const height = box.height / 16;
  // Each row is one of 16 units, in order.
  await page.touchscreen.tap(box.x + 60, box.y + 9.5 * height);
  await expect(unit).toHaveValue('9');
  // Just beside the band: the nearest row.
  await page.touchscreen.tap(box.x + 60, box.y - 3);
  await expect(unit).toHaveValue('0');

  const below = score.getByRole('button', { name: 'Unit in the row below' });
  const above = score.getByRole('button', { name: 'Unit in the row above' });
  for (const button of [below, above]) {
    await expect(button).toBeInViewport({ ratio: 1 });
    const size = await button.boundingBox();
    expect(Math.min(size?.width ?? 0, size?.height ?? 0)).toBeGreaterThanOrEqual(44);
  }
  await below.tap();
  await below.tap();
  await expect(unit).toHaveValue('2');
  await above.tap();
  await expect(unit).toHaveValue('1');

  for (const name of ['Unit: less', 'Unit: more']) {
    const size = await score.getByRole('button', { name, exact: true }).boundingBox();
    expect(Math.min(size?.width ?? 0, size?.height ?? 0)).toBeGreaterThanOrEqual(44);
  }
  await score.getByRole('button', { name: 'Unit: more', exact: true }).tap();
  await expect(unit).toHaveValue('2');
});
