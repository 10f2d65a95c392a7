/** The page as a reader meets it: by names, never by the inside of its document. */
import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import { LINK_VERSION } from '../../src/model/links';

/** One row of the exported loss curve. */
export interface CurveRow {
  readonly step: number;
  readonly loss: number;
}

/** Small enough that a graphics card computed in software is quick. */
export const SMALL = 'units=16&batch=8&length=8&lr=0.02&eval=20';

/** The address of the page with these settings, as it would write it now. */
export const linkOf = (hash: string): string => `./#v=${LINK_VERSION}&${hash}`;

export class Playground {
  readonly run: Locator;
  readonly train: Locator;
  readonly pause: Locator;
  readonly step: Locator;
  readonly reset: Locator;
  readonly undo: Locator;
  readonly redo: Locator;
  readonly settings: Locator;
  readonly notices: Locator;
  readonly score: Locator;

  constructor(readonly page: Page) {
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    this.run = page.getByRole('group', { name: 'Run', exact: true });
    this.train = button('Train');
    this.pause = button('Pause');
    this.step = button('Step');
    this.reset = button('Reset');
    this.undo = page.getByRole('button', { name: /^Undo\b/ });
    this.redo = page.getByRole('button', { name: /^Redo\b/ });
    this.settings = page.getByRole('complementary', { name: 'Settings' });
    this.score = page.getByRole('figure', { name: 'Score' });
    this.notices = page.getByRole('region', { name: 'Notices' });
  }

  /** Opens the page with these settings in its address, and waits until a run is ready. */
  async open(hash = ''): Promise<void> {
    await this.page.goto(hash === '' ? './' : linkOf(hash));
    await this.ready();
  }

  /** A run is there and stands still. */
  async ready(): Promise<void> {
    await expect(this.train).toHaveAttribute('aria-busy', 'false');
    await expect(this.run).toContainText(/step\s*\d/);
    await expect(this.run).not.toContainText('preparing');
  }

  /** Types the text into the box and uses it. */
  async give(text: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Your text' }).fill(text);
    await this.page.getByRole('button', { name: 'Use this text' }).click();
  }

  /** Gives a text and waits until the run that reads it is ready. */
  async useText(text: string): Promise<void> {
    await this.give(text);
    const characters = Array.from(text).length.toLocaleString('en-GB');
    await expect(this.settings).toContainText(`${characters} characters`);
    // Said once there is a run that reads this text.
    await expect(this.settings).toContainText(/characters to train on, [\d,]+ held out/);
    await this.ready();
    expect(await this.currentStep()).toBe(0);
  }

  /** A number of the group "Run", exactly; NaN where there is none yet. */
  async reading(name: 'step' | 'loss' | 'held-out'): Promise<number> {
    const data = this.run
      .locator('div')
      .filter({ hasText: new RegExp(`^${name}\\b`) })
      .locator('data');
    return Number(await data.getAttribute('value'));
  }

  currentStep(): Promise<number> {
    return this.reading('step');
  }

  /** Trains until the step count passes `step`, and pauses. */
  async trainPast(step: number): Promise<void> {
    await this.train.click();
    await expect.poll(() => this.currentStep(), { timeout: 90_000 }).toBeGreaterThanOrEqual(step);
    await this.pauseThere();
  }

  /** Pauses, and waits for the step that is under way: from then on the step count stays. */
  async pauseThere(): Promise<void> {
    await this.pause.click();
    await expect(this.train).toBeVisible();
  }

  /** One batch after the other, by hand: the curve then has a point for each, however fast the engine is. */
  async makeSteps(count: number): Promise<void> {
    const from = await this.currentStep();
    for (let k = 1; k <= count; k++) {
      await this.step.click();
      await expect.poll(() => this.currentStep(), { timeout: 90_000 }).toBe(from + k);
    }
  }

  /** The loss curve, as its menu saves it. */
  async curve(): Promise<CurveRow[]> {
    await this.page.getByRole('button', { name: 'Save Loss', exact: true }).click();
    const download = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: 'Numbers (CSV)' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    const [head = '', ...lines] = text.trim().split(/\r?\n/);
    const columns = head.split(',');
    const column = (name: string) => {
      const index = columns.indexOf(name);
      if (index < 0) throw new Error(`The curve has no column “${name}”: ${head}`);
      return index;
    };
    const [step, loss] = [column('step'), column('training')];
    return lines.map((line) => {
      const cells = line.split(',');
      return { step: Number(cells[step]), loss: Number(cells[loss]) };
    });
  }

  /** Losses of the first ten steps of the run on the page. */
  async firstTenLosses(): Promise<number[]> {
    let losses: number[] = [];
    // The curve comes with the frame after the step's number.
    await expect(async () => {
      const rows = (await this.curve()).filter((row) => row.step >= 1 && row.step <= 10);
      expect(rows.map((row) => row.step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      losses = rows.map((row) => row.loss);
    }).toPass({ timeout: 30_000 });
    expect(losses.every((loss) => Number.isFinite(loss) && loss > 0)).toBe(true);
    return losses;
  }

  /** The pixels of all that the score draws. */
  async pictures(): Promise<string[]> {
    const canvases = await this.score.locator('canvas').all();
    return Promise.all(canvases.map((canvas) => canvas.evaluate((c) => (c as HTMLCanvasElement).toDataURL())));
  }
}
