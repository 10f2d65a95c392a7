/** A canvas that the loop draws: as sharp as the screen, of the size that its style gives it. */
import { useEffect, useMemo, useRef, type CanvasHTMLAttributes, type ReactElement } from 'react';
import { FailureError } from '../../model/failures';
import type { PlaygroundState } from '../../store';
import { followMedia } from '../media';
import { followSize, typeOf } from '../size';
import { useView } from './loop';

/** Where a drawing goes; one unit of the context is one CSS pixel. */
export interface Surface {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  /** Device pixels to a CSS pixel. */
  readonly ratio: number;
  /** Size of the type that it is lettered in, in CSS pixels. */
  readonly type: number;
}

interface CanvasProps extends CanvasHTMLAttributes<HTMLCanvasElement> {
  /** See View; memoised by the caller, for a new one draws anew. */
  readonly inputs: (state: PlaygroundState) => readonly unknown[];
  readonly paint: (surface: Surface, state: PlaygroundState) => void;
}

export const Canvas = ({ inputs, paint, ...rest }: CanvasProps): ReactElement => {
  const ref = useRef<HTMLCanvasElement>(null);
  const size = useRef({ width: 0, height: 0, ratio: 1, type: 0 });
  const invalidate = useView(
    useMemo(
      () => ({
        inputs,
        draw: (state: PlaygroundState) => {
          const canvas = ref.current;
          const { width, height, ratio, type } = size.current;
          if (!canvas || width === 0 || height === 0) return;
          const context = canvas.getContext('2d');
          if (!context) throw new FailureError({ code: 'browser-lacks', what: 'CanvasRenderingContext2D' });
          const [deviceWidth, deviceHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
          if (canvas.width !== deviceWidth) canvas.width = deviceWidth;
          if (canvas.height !== deviceHeight) canvas.height = deviceHeight;
          context.setTransform(ratio, 0, 0, ratio, 0, 0);
          context.clearRect(0, 0, width, height);
          paint({ context, width, height, ratio, type }, state);
        },
      }),
      [inputs, paint],
    ),
    ref,
  );
  useEffect(() => {
    const canvas = ref.current;
    if (!canvas) return;
    const stopSize = followSize(canvas, ({ width, height }) => {
      size.current = { width, height, ratio: window.devicePixelRatio, type: typeOf(canvas) };
      invalidate();
    });
    // Moving the window to another screen changes the ratio without changing the size.
    const stopRatio = followMedia(`(resolution: ${String(window.devicePixelRatio)}dppx)`, () => {
      size.current = { ...size.current, ratio: window.devicePixelRatio };
      invalidate();
    });
    return () => {
      stopSize();
      stopRatio();
    };
  }, [invalidate]);
  return <canvas ref={ref} {...rest} />;
};
