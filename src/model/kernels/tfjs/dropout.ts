/** Dropout by masks that are made on the host: tensors have no 32-bit integer arithmetic to make them with. */
import { fillDropoutMask } from '../../random';
import { sizeOf } from '../kernels';
import type { Dropout, View } from '../kernels';
import { read, write } from './buffers';
import type { Tf } from './tensors';

export const dropout = (tf: Tf, x: View, out: View, { rate, key, start }: Dropout): void => {
  const mask = new Float32Array(sizeOf(x.shape));
  fillDropoutMask(mask, rate, key, start);
  write(out, read(x).mul(tf.tensor(mask, [...x.shape])));
};
