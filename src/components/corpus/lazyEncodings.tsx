/** The choice of an encoding, which is no part of the first download. Where it does not come, the page says so. */
import { useEffect, useState, type ComponentProps } from 'react';
import { usePlayground } from '../../store';
import { loadEncodings } from '../parts';
import type * as Encodings from './Encodings';

const useEncodings = (): typeof Encodings | null => {
  const [part, setPart] = useState<typeof Encodings | null>(null);
  const { tellProblem } = usePlayground((state) => state.actions);
  useEffect(() => {
    loadEncodings().then(setPart, tellProblem);
  }, [tellProblem]);
  return part;
};

export const EncodingSelect = (props: ComponentProps<typeof Encodings.EncodingSelect>) => {
  const part = useEncodings();
  return part && <part.EncodingSelect {...props} />;
};

export const Reread = (props: ComponentProps<typeof Encodings.Reread>) => {
  const part = useEncodings();
  return part && <part.Reread {...props} />;
};
