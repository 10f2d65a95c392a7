/** What the network writes, on the wire. */
import { describe, expect, it } from 'vitest';
import type { Settings } from '../../src/model/settings';
import { createHarness, TINY } from './harness';

describe('samples', () => {
  it('are written when asked for while the run stands, and differ from each other', async () => {
    const { open, loadText, post, until, all, losses } = createHarness();
    await open({ runId: 'a', textId: await loadText(), settings: { ...TINY, temperature: 1 } });
    await losses('a', 3);
    const finished = () => all('sample').filter(({ sample }) => sample.complete && sample.step === 3);
    post({ type: 'sample', runId: 'a' });
    await until(() => finished().length === 1, 'one');
    post({ type: 'sample', runId: 'a' });
    await until(() => finished().length === 2, 'two');
    const [first, second] = finished().map(({ sample }) => sample.text);
    expect(first.length).toBeGreaterThanOrEqual(40);
    expect(second).not.toBe(first);
  });

  it('are the same in the same run at the same step', async () => {
    const write = async () => {
      const { open, loadText, post, until, all, losses } = createHarness();
      await open({ runId: 'a', textId: await loadText(), then: 'step' });
      await losses('a', 2);
      post({ type: 'sample', runId: 'a' });
      await until(() => all('sample').some(({ sample }) => sample.complete));
      return all('sample').at(-1)?.sample;
    };
    expect(await write()).toEqual(await write());
  });

  it('are drawn by what is set, and as long as is wished', async () => {
    const { open, loadText, post, until, all, losses, engine } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    await losses('a', 3);
    const write = async (settings: Partial<Settings>) => {
      const before = all('sample').length;
      post({ type: 'change', runId: 'a', settings });
      await until(() =>
        all('sample')
          .slice(before)
          .some(({ sample }) => sample.complete),
      );
      return all('sample').at(-1)?.sample;
    };
    const greedy = await write({ temperature: 0, sampleLength: 300 });
    expect(greedy).toMatchObject({ temperature: 0, topK: 0, topP: 1, asked: true });
    expect(greedy?.text).toHaveLength(300);
    expect(await write({ temperature: 2, topK: 1 })).toMatchObject({ text: greedy?.text, topK: 1 });
    expect(await write({ topK: 0, topP: 0.01 })).toMatchObject({ text: greedy?.text, topP: 0.01 });
    expect((await write({ topP: 1 }))?.text).not.toBe(greedy?.text);
    // However long that takes at rest; what trains waits for no more than it can spare.
    engine.scanMilliseconds = 50;
    expect((await write({ sampleLength: 250 }))?.text).toHaveLength(250);
    post({ type: 'train', runId: 'a' });
    post({ type: 'sample', runId: 'a' });
    await until(() => all('sample').at(-1)?.sample.complete === true && (all('sample').at(-1)?.sample.step ?? 0) > 3);
    expect(all('sample').at(-1)?.sample.text.length).toBeLessThan(40);
  });

  it('name the characters of a prompt that the text does not have', async () => {
    const { open, loadText, post, until, all } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    post({ type: 'change', runId: 'a', settings: { prompt: 'cat z!', temperature: 0.5 } });
    await until(() => all('sample').some(({ sample }) => sample.complete && sample.prompt === 'cat z!'));
    expect(all('sample').at(-1)?.sample).toMatchObject({ prompt: 'cat z!', unknown: ['z', '!'], temperature: 0.5 });
  });

  it('go on from a prompt in the normal form of the text', async () => {
    const { open, loadText, post, until, all } = createHarness();
    const accented = 'le café fermé, où l’été est passé.\n'.repeat(12);
    const write = async (text: string, prompt: string) => {
      const textId = await loadText(text);
      await open({ runId: textId, textId });
      post({ type: 'change', runId: textId, settings: { prompt } });
      const written = () => all('sample').filter(({ sample }) => sample.runId === textId && sample.complete);
      await until(() => written().some(({ sample }) => sample.prompt !== ''));
      return written().at(-1)?.sample;
    };
    const [composed, apart] = ['NFC', 'NFD'].map((form) => 'l’été'.normalize(form));
    const own = await write(accented.normalize('NFD'), apart);
    expect(own).toMatchObject({ prompt: apart, unknown: [] });
    expect(await write(accented.normalize('NFD'), composed)).toMatchObject({
      prompt: apart,
      unknown: [],
      text: own?.text,
    });
    expect(await write(accented.normalize('NFC'), apart)).toMatchObject({ prompt: composed, unknown: [] });
  });

  it('grow on the page while they are written', async () => {
    const { open, loadText, post, until, all, engine } = createHarness();
    await open({ runId: 'a', textId: await loadText(), then: 'step' });
    engine.scanMilliseconds = 20;
    post({ type: 'sample', runId: 'a' });
    await until(() => all('sample').some(({ sample }) => sample.complete));
    const texts = all('sample').map(({ sample }) => sample.text);
    expect(texts.length).toBeGreaterThan(3);
    texts.slice(1).forEach((text, k) => {
      expect(text.startsWith(texts[k])).toBe(true);
    });
  });

  it('come while it trains, for no more than a twentieth of the time', async () => {
    const { open, loadText, post, until, all, engine, clock } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    engine.scanMilliseconds = 5;
    clock.breath = 10;
    post({ type: 'train', runId: 'a' });
    const began = clock.now();
    let characters = 0;
    await until(() => clock.now() - began > 60_000);
    for (const { sample } of all('sample')) if (sample.complete) characters += sample.text.length;
    expect(characters).toBeGreaterThan(100);
    // A symbol costs one scan; the first sample is written before that is known.
    expect(characters * 5).toBeLessThan(0.06 * 60_000);
    expect(new Set(all('sample').map(({ sample }) => sample.step)).size).toBeGreaterThan(2);
  });

  it('end at once for a pause', async () => {
    const { open, loadText, post, phase, until, all, engine, clock } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    post({ type: 'train', runId: 'a' });
    await phase('a', 'running');
    engine.scanMilliseconds = 50;
    post({ type: 'sample', runId: 'a' });
    await until(() => all('sample').some(({ sample }) => !sample.complete));
    const asked = clock.now();
    post({ type: 'pause', runId: 'a' });
    await phase('a', 'ready');
    expect(clock.now() - asked).toBeLessThan(400);
    // What was cut short is given up for one that is not.
    expect(all('sample').some(({ sample }) => sample.complete && sample.step > 0)).toBe(false);
  });

  it('are after a pause of the network as it stands, and whole', async () => {
    const { open, loadText, post, phase, phaseOf, until, all, engine } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    const newest = () => all('sample').findLast(({ sample }) => sample.complete)?.sample;
    await until(() => newest() !== undefined);
    expect(newest()).toMatchObject({ step: 0 });
    expect(newest()?.text).toHaveLength(240);
    // Each symbol now takes so long that training can spare few of them.
    engine.scanMilliseconds = 20;
    post({ type: 'train', runId: 'a' });
    await until(() => (newest()?.step ?? 0) > 0);
    expect(newest()?.text.length).toBeLessThan(240);
    await until(() => all('sample').at(-1)?.sample.complete === false);
    post({ type: 'pause', runId: 'a' });
    await phase('a', 'ready');
    const step = phaseOf('a')?.metrics.step;
    await until(() => newest()?.step === step);
    expect(newest()?.text).toHaveLength(240);
  });

  it('do not keep the reader from looking elsewhere', async () => {
    const { open, loadText, post, until, all, engine, giveBuffer } = createHarness();
    await open({ runId: 'a', textId: await loadText(), then: 'step' });
    giveBuffer();
    await until(() => all('frame').length === 1);
    engine.scanMilliseconds = 50;
    post({ type: 'sample', runId: 'a' });
    await until(() => all('sample').some(({ sample }) => !sample.complete));
    giveBuffer();
    post({ type: 'change', runId: 'a', settings: { probe: 'a cat' } });
    await until(() => all('frame').length === 2);
    expect(all('frame')[1].readings.probe?.T).toBe(5);
    expect(all('sample').some(({ sample }) => sample.complete && sample.step === 1)).toBe(false);
    await until(() => all('sample').at(-1)?.sample.complete === true);
  });
});
