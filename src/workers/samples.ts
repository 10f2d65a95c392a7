/** What the network writes: when, how much, and how it reaches the page while it grows. */
import { deriveKey, PURPOSE } from '../model/random';
import type { Run } from '../model/run';
import { USUAL_LENGTH } from '../model/sampling';
import type { Settings } from '../model/settings';
import type { Sample } from '../model/telemetry';
import { writtenCharacter } from '../model/text/display';
import { encodePrompt } from '../model/text/symbols';
import type { Vocabulary } from '../model/text/types';
import type { Clock } from './clock';
import { Rhythm } from './pacing';

/** Share of the time of training that samples may take, and milliseconds from one to the next at the least. */
const SHARE = 0.05;
const AT_LEAST = 6000;
/** Symbols of a sample while training: as many as the share allows within two of its rhythm's beats, these at the least. */
const SHORTEST = 40;
/** Before it is known how long a symbol takes. */
const FIRST = 100;
/**
 * Milliseconds after which a sample is long enough, however few symbols it has: while training waits, and at rest where its
 * length was left to the page.
 */
const LONGEST_WAIT = { training: 1500, resting: 10_000 };
/** A sample that is asked for waits for the slider to rest. */
const REST = 150;
/** The page is told a few times a second, and asked for its wishes more often. */
const TELL = 250;
const LISTEN = 10;

/** What a sample is written by. */
export interface Author {
  readonly runId: string;
  readonly run: Run;
  readonly vocabulary: Vocabulary;
  readonly settings: Settings;
  /** Whether training waits for the sample. */
  readonly training: boolean;
}

/** Why to stop before the end: 'keep' shows what is there, 'drop' leaves room for a better one. */
export type Interruption = 'keep' | 'drop' | null;

export class SampleWriter {
  private readonly rhythm = new Rhythm({ share: SHARE, atLeast: AT_LEAST, atMost: Infinity });
  /** When a sample that was asked for is to be written. */
  private askedAt: number | null = null;
  private symbolMilliseconds: number | null = null;
  /** How many were written at `lastStep`: each differs from the others. */
  private written = 0;
  private lastStep = -1;
  private writing = false;

  constructor(
    private readonly clock: Clock,
    private readonly tell: (sample: Sample) => void,
  ) {}

  /** One sample, soon, whatever the rhythm. */
  ask(): void {
    this.askedAt = this.clock.now() + REST;
  }

  isAsked(): boolean {
    return this.askedAt !== null;
  }

  /** Milliseconds until the sample that was asked for is due; null where none was. */
  untilAsked(): number | null {
    return this.askedAt === null ? null : Math.max(0, this.askedAt - this.clock.now());
  }

  /** Training begins: the next sample comes a beat later. */
  begin(): void {
    this.askedAt = null;
    this.rhythm.postpone(this.clock.now(), AT_LEAST);
  }

  get isWriting(): boolean {
    return this.writing;
  }

  isDue(training: boolean): boolean {
    return this.untilAsked() === 0 || (training && this.rhythm.isDue(this.clock.now()));
  }

  /** Writes one sample with the network as it stands; `interrupted` is asked between symbols, and may do what cannot wait. */
  async write(author: Author, interrupted: () => Promise<Interruption>): Promise<void> {
    this.writing = true;
    try {
      await this.writeOne(author, interrupted);
    } finally {
      this.writing = false;
    }
  }

  private async writeOne(author: Author, interrupted: () => Promise<Interruption>): Promise<void> {
    const { clock } = this;
    const { runId, run, vocabulary, settings } = author;
    const isChosen = settings.sampleLength > 0;
    const longest = author.training ? LONGEST_WAIT.training : isChosen ? Infinity : LONGEST_WAIT.resting;
    await run.settle();
    const asked = this.isAsked();
    this.askedAt = null;
    const { step } = run.metrics;
    this.written = step === this.lastStep ? this.written + 1 : 0;
    this.lastStep = step;
    const { temperature, topK, topP } = settings;
    const { text: prompt, ids, unknown } = encodePrompt(vocabulary.codePoints, settings.prompt);
    const count = isChosen ? settings.sampleLength : this.length(author.training);
    const seed = deriveKey(settings.seed, PURPOSE.sampling, step, this.written);
    const began = clock.now();
    let told = began;
    let listened = began;
    let symbols = 0;
    let text = '';
    let stop: Interruption = null;
    const report = (complete: boolean) => {
      this.tell({ runId, step, temperature, topK, topP, prompt, unknown, text, asked, complete });
    };
    for await (const symbol of run.sample({ prompt: ids, temperature, topK, topP, count, seed })) {
      text += writtenCharacter(vocabulary.codePoints[symbol]);
      symbols += 1;
      const now = clock.now();
      if (now - told >= TELL) {
        told = now;
        report(false);
      }
      if (now - listened >= LISTEN) {
        await clock.breathe();
        listened = clock.now();
      }
      stop = await interrupted();
      if (stop !== null || now - began >= longest) break;
    }
    const ended = clock.now();
    this.rhythm.done(began, ended);
    if (symbols > 0) this.symbolMilliseconds = (ended - began) / symbols;
    if (stop !== 'drop' && text !== '') report(true);
  }

  private length(training: boolean): number {
    if (!training) return USUAL_LENGTH;
    if (this.symbolMilliseconds === null || this.symbolMilliseconds === 0) return FIRST;
    const affordable = (SHARE * 2 * AT_LEAST) / this.symbolMilliseconds;
    return Math.round(Math.min(USUAL_LENGTH, Math.max(SHORTEST, affordable)));
  }
}
