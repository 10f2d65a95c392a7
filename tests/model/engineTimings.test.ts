/** What is remembered of engines, and what follows from it. */
import { expect, it } from 'vitest';
import type { EngineName } from '../../src/model/kernels/engines';
import {
  configurationOf,
  fasterThan,
  fastestOf,
  timingsOf,
  remember,
  type EngineTiming,
} from '../../src/model/engineTimings';
import { DEFAULT_SETTINGS } from '../../src/model/settings';

const entry = (engine: EngineName, stepMilliseconds: number | null, configuration = 'one'): EngineTiming => ({
  engine,
  device: 'a device',
  configuration,
  stepMilliseconds,
});

it('names a configuration by what decides how long a step takes, and by nothing else', () => {
  const name = (changes: Partial<typeof DEFAULT_SETTINGS>, symbols = 65) =>
    configurationOf({ ...DEFAULT_SETTINGS, ...changes }, { batch: 8, length: 32, ...changes }, symbols);
  expect(name({ seed: 7, learningRate: 1, engine: 'webgpu', embeddingSize: 9, forgetBias: 0 })).toBe(name({}));
  expect(name({ activationPenalty: 0.1 })).toBe(name({}));
  const others = [
    name({ cell: 'gru' }),
    name({ layers: 2 }),
    name({ units: 65 }),
    name({ input: 'embedding' }),
    name({ input: 'embedding', embeddingSize: 9 }),
    name({ batch: 9 }),
    name({ length: 33 }),
    name({ optimizer: 'sgd' }),
    name({ dropout: 0.1 }),
    name({ activationPenalty: 0 }),
    name({ threads: 1 }),
    name({}, 66),
  ];
  expect(new Set([name({}), ...others]).size).toBe(13);
});

it('keeps the newest of each engine and configuration, and not without end', () => {
  const known = [entry('simd', 3), entry('webgpu', 5), entry('simd', 9, 'two'), entry('simd', 4)];
  const kept = known.reduce<readonly EngineTiming[]>(remember, []);
  expect(timingsOf(kept, 'one')).toEqual([entry('simd', 4), entry('webgpu', 5)]);
  expect(timingsOf(kept, 'two')).toEqual([entry('simd', 9, 'two')]);
  const many = Array.from({ length: 300 }, (_, k) => entry('simd', k, String(k))).reduce<readonly EngineTiming[]>(
    remember,
    [],
  );
  expect(many).toHaveLength(200);
  expect(many[199].stepMilliseconds).toBe(299);
});

it('finds the fastest, and offers it only where it is worth a move', () => {
  expect(fastestOf([])).toBeNull();
  expect(fastestOf([entry('webgl', null)])).toBeNull();
  expect(fastestOf([entry('webgl', null), entry('simd', 8), entry('webgpu', 5)])?.engine).toBe('webgpu');
  const entries = [entry('simd', 8), entry('webgpu', 5), entry('webgl', null)];
  expect(fasterThan('simd', entries)).toMatchObject({ faster: { engine: 'webgpu' }, current: { engine: 'simd' } });
  expect(fasterThan('webgpu', entries)).toBeNull();
  expect(fasterThan('webgl', entries)).toBeNull();
  expect(fasterThan('simd', [entry('simd', 5.4), entry('webgpu', 5)])).toBeNull();
});
