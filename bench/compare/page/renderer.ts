/** What WebGL computes on, as the browser names it. */
import { rendererName } from '../../../src/model/kernels/devices';

export const describeWebgl = (): string => {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  return gl ? rendererName(gl) : '';
};
