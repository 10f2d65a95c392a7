/** The views of the page, in order: which readings each wants, and when it is seen. */
import type { ReactElement } from 'react';
import type { FrameReadingName } from '../../model/inspect/readings';
import { isSlowMotion } from '../../model/settings';
import { usePlayground } from '../../store';
import type { PlaygroundState } from '../../store';
import { LossCurve } from '../curve/LossCurve';
import { NextCharacter } from '../sample/NextCharacter';
import { Samples } from '../sample/Samples';
import { ProbeField } from '../score/ProbeField';
import { Score } from '../score/Score';
import { Step } from '../step/Step';

interface ViewRow {
  readonly View: () => ReactElement | null;
  /** What the worker is to compute for it with each frame. */
  readonly readings: readonly FrameReadingName[];
  readonly isSeen: (state: PlaygroundState) => boolean;
}

const always = (): boolean => true;

export const STAGE_VIEWS: readonly ViewRow[] = [
  { View: Step, readings: ['step'], isSeen: ({ settings }) => isSlowMotion(settings) },
  { View: ProbeField, readings: [], isSeen: always },
  { View: Score, readings: ['probe'], isSeen: always },
];

export const SIDE_VIEWS: readonly ViewRow[] = [
  { View: Samples, readings: [], isSeen: always },
  { View: LossCurve, readings: ['chronicle'], isSeen: always },
  { View: NextCharacter, readings: ['probe'], isSeen: always },
];

/** Readings that the views which are seen want, each once. */
export const wantedReadings = (state: PlaygroundState): readonly FrameReadingName[] => [
  ...new Set([...STAGE_VIEWS, ...SIDE_VIEWS].filter(({ isSeen }) => isSeen(state)).flatMap(({ readings }) => readings)),
];

/** The view while it is to be seen. */
export const Seen = ({ row: { View, isSeen } }: { readonly row: ViewRow }): ReactElement | null =>
  usePlayground(isSeen) ? <View /> : null;
