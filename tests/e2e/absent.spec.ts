/** What does not come, does not answer, or goes: words, a way on, and a run that trains meanwhile. */
import type { Page, Route } from '@playwright/test';
import { expect, test } from './fixtures';
import { SMALL } from './playground';

const unavailable = (route: Route) => route.fulfill({ status: 503, body: '' });
const webPage = (route: Route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><p>Sign in' });
const silence = () => undefined;
const WRONG_ANSWERS = [
  ['is refused', unavailable],
  ['is a web page', webPage],
  ['never comes', silence],
] as const;

/** The first request for a file is answered so, the others by the server. */
const once = (page: Page, file: string, answer: (route: Route) => unknown) =>
  page.context().route(
    file,
    async (route) => {
      await answer(route);
    },
    { times: 1 },
  );

/** Runs in the training worker before its own program. */
const before = (page: Page, program: string) =>
  page.context().route('**/training.worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${program};${await response.text()}` });
  });

/** The browser complains of answers that say that they are none; of nothing else. */
const forgiveAnswers = (complaints: string[]) => {
  const others = complaints.filter((complaint) => !complaint.includes('Failed to load resource'));
  complaints.splice(0, complaints.length, ...others);
};

test.afterEach(async ({ page }) => {
  // Nothing stays pending that only the end of the test would end.
  await page.context().unrouteAll({ behavior: 'ignoreErrors' });
});

test.describe('a file that first does not come', () => {
  const again = (page: Page) => page.getByRole('button', { name: 'Try again', exact: true });

  test('the program of the simd engine: another engine trains meanwhile', async ({ page, playground, complaints }) => {
    await once(page, '**/program-*.wasm', unavailable);
    await playground.open(`${SMALL}&engine=simd`);
    await expect(playground.run).toContainText('engine: CPU');
    await expect(playground.settings).toContainText('could not be fetched (503');
    await playground.makeSteps(2);
    await again(page).click();
    await expect(playground.run).toContainText('engine: SIMD');
    expect(await playground.currentStep()).toBe(2);
    await playground.makeSteps(1);
    await expect(again(page)).toHaveCount(0);
    forgiveAnswers(complaints);
  });

  for (const [what, answer] of WRONG_ANSWERS) {
    test(`the program of WebGPU, which ${what}: the run trains on`, async ({ page, playground, complaints }) => {
      await playground.open(`${SMALL}&engine=simd`);
      await once(page, '**/open-*.js', answer);
      await playground.train.click();
      await playground.settings.getByRole('combobox', { name: 'Engine' }).selectOption('webgpu');
      await expect(again(page)).toBeVisible();
      await expect(playground.settings).toContainText('could not be fetched');
      const step = await playground.currentStep();
      await expect.poll(() => playground.currentStep()).toBeGreaterThan(step);
      await again(page).click();
      await expect(playground.run).toContainText('engine: WebGPU', { timeout: 60_000 });
      await playground.pauseThere();
      forgiveAnswers(complaints);
    });
  }

  for (const [what, answer] of WRONG_ANSWERS) {
    test(`the catalogue, which ${what}`, async ({ page, playground, complaints }) => {
      await once(page, '**/corpora/index.json', answer);
      await page.goto(`./#${SMALL}`);
      await expect(playground.settings).toContainText('The list of corpora could not be loaded');
      await again(page).click();
      await playground.ready();
      await expect(page.getByRole('combobox', { name: 'Corpus' }).getByRole('option')).not.toHaveCount(1);
      await playground.makeSteps(1);
      forgiveAnswers(complaints);
    });

    test(`a corpus, which ${what}: the run on the page stays`, async ({ page, playground, complaints }) => {
      await playground.open(SMALL);
      await playground.makeSteps(2);
      await once(page, '**/corpora/abab.txt', answer);
      const corpora = page.getByRole('combobox', { name: 'Corpus' });
      await corpora.selectOption('abab');
      await expect(playground.settings).toContainText('could not be loaded');
      await playground.makeSteps(1);
      await again(page).click();
      await expect(corpora).toHaveValue('abab');
      await expect(playground.settings).not.toContainText('could not be loaded');
      forgiveAnswers(complaints);
    });
  }
});

test.describe('a GPU that never answers', () => {
  test.beforeEach(async ({ page }) => {
    await before(page, 'GPU.prototype.requestAdapter = () => new Promise(() => undefined)');
  });

  test('keeps nothing waiting that needs none', async ({ page, playground }) => {
    await playground.open(`${SMALL}&engine=simd`);
    await expect(playground.run).toContainText('engine: SIMD');
    await playground.makeSteps(1);
    await playground.train.click();
    const choice = playground.settings.getByRole('combobox', { name: 'Engine' });
    await choice.selectOption('webgpu');
    await expect(playground.run).toContainText('moving to WebGPU');
    const step = await playground.currentStep();
    await expect.poll(() => playground.currentStep()).toBeGreaterThan(step);
    await playground.pause.click();
    await expect(playground.train).toBeVisible({ timeout: 5000 });
    await choice.selectOption('cpu');
    await expect(playground.run).toContainText('engine: CPU', { timeout: 5000 });
    await playground.reset.click();
    await expect.poll(() => playground.currentStep()).toBe(0);
    // The wish is met by what starts at once, and the page says why.
    await choice.selectOption('webgpu');
    await expect(playground.settings).toContainText('no answer for 10 s');
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
    await playground.makeSteps(1);
  });
});

test('a step on a GPU that takes long can be given up, and the run goes on elsewhere', async ({ page, playground }) => {
  await before(
    page,
    `const done = GPUQueue.prototype.onSubmittedWorkDone;
     GPUQueue.prototype.onSubmittedWorkDone = function () { return self.hangs ? new Promise(() => {}) : done.call(this); };
     const map = GPUBuffer.prototype.mapAsync;
     GPUBuffer.prototype.mapAsync = function (...a) { return self.hangs ? new Promise(() => {}) : map.apply(this, a); }`,
  );
  await playground.open(`${SMALL}&engine=webgpu`);
  await playground.makeSteps(3);
  await playground.train.click();
  await expect.poll(() => playground.currentStep()).toBeGreaterThan(5);
  await page.workers()[0].evaluate(() => {
    Object.assign(self, { hangs: true });
  });
  await playground.pause.click();
  const stop = playground.notices.getByRole('button', { name: 'Stop' });
  await expect(stop).toBeVisible();
  await stop.click();
  await expect(playground.notices).toContainText('A step on WebGPU took long');
  await expect(playground.notices).toContainText('It can go on from step');
  await page.getByRole('button', { name: 'Choose the engine automatically and continue' }).click();
  await expect(playground.run).toContainText('engine: SIMD');
  await expect.poll(() => playground.currentStep()).toBeGreaterThan(3);
  await playground.pause.click();
});

test('a GPU that goes while its programs are compiled is one notice', async ({ page, playground }) => {
  await before(
    page,
    `const request = GPUAdapter.prototype.requestDevice;
     GPUAdapter.prototype.requestDevice = async function (descriptor) {
       const device = await request.call(this, descriptor);
       const create = device.createShaderModule.bind(device);
       let made = 0;
       device.createShaderModule = (program) => {
         const module = create(program);
         // As Chromium does where its process for graphics has ended.
         module.getCompilationInfo = () => Promise.reject(new DOMException('Instance dropped', 'OperationError'));
         if (++made === 8) device.destroy();
         return module;
       };
       return device;
     }`,
  );
  await playground.open(`${SMALL}&engine=simd`);
  await playground.makeSteps(2);
  await playground.settings.getByRole('combobox', { name: 'Engine' }).selectOption('webgpu');
  await expect(playground.run).toContainText('engine: WebGPU', { timeout: 60_000 });
  await playground.step.click();
  await expect(playground.notices).toContainText('was taken away from WebGPU');
  await expect(playground.notices).toContainText('The run is back at step 2, paused');
  await expect(playground.notices.locator('.notice')).toHaveCount(1);
});

test('a network that has lost what it had learnt goes back to it', async ({ page, playground }) => {
  await playground.open(`${SMALL}&engine=simd`);
  await playground.trainPast(200);
  const before = await playground.reading('loss');
  const rate = playground.settings.getByRole('spinbutton', { name: 'Learning rate' });
  await rate.fill('10');
  await rate.press('Enter');
  await playground.train.click();
  await expect(playground.notices).toContainText('has lost what it had learnt');
  await rate.fill('0.02');
  await rate.press('Enter');
  await page.getByRole('button', { name: /^Go back to step [\d,]+ and the settings of then$/ }).click();
  await expect(page.getByText('has lost what it had learnt')).toHaveCount(0);
  await playground.pauseThere();
  expect(await playground.reading('loss')).toBeLessThan(before + 0.7);
  await expect(rate).toHaveValue('0.02');
});
