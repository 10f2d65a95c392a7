/** What is shown of the part of the curve that is fetched when it is wanted. */
import { useEffect, useState, type ReactElement } from 'react';
import { usePlayground } from '../../store';
import { loadCurve } from '../parts';
import type * as Part from './part';

interface LateProps {
  readonly children: (part: typeof Part) => ReactElement;
}

export const Late = ({ children }: LateProps): ReactElement | null => {
  const [part, setPart] = useState<typeof Part | null>(null);
  const { tellProblem } = usePlayground((state) => state.actions);
  useEffect(() => {
    loadCurve().then(setPart, tellProblem);
  }, [tellProblem]);
  return part && children(part);
};
