/** Every reading that there is, for the worker; the page names those that its views want. */
import { chronicle } from './chronicle';
import { moves } from './moves';
import { probe } from './probe';
import { step } from './step';

/** Those that come with frames. */
export const WITH_FRAMES = { chronicle, probe, step };

/** Those that are asked for. */
export const ASKED = { moves };

export type FrameReadingName = keyof typeof WITH_FRAMES;
export type AskedReadingName = keyof typeof ASKED;

/** What a frame holds of the readings that were wanted. */
export type FrameReadings = {
  readonly [N in FrameReadingName]?: Awaited<ReturnType<(typeof WITH_FRAMES)[N]['compute']>>;
};

/** What is asked, of which reading. */
export type Question<N extends AskedReadingName = AskedReadingName> = {
  [K in N]: { readonly reading: K } & Parameters<(typeof ASKED)[K]['answer']>[1];
}[N];

export type Answer<N extends AskedReadingName = AskedReadingName> = NonNullable<
  Awaited<ReturnType<(typeof ASKED)[N]['answer']>>
>;
