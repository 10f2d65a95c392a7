/**
 * Buffers over immutable tensors. A float buffer is a list of disjoint segments, each a stretch of some tensor or one
 * number repeated; writing a view puts a new segment in place of what it covers, and costs no copy. Reading a view that
 * is a segment costs nothing either; other views are cut out or joined once, and remembered until something under them
 * is written. Buffers of integers stay on the host: they are ids, and every use of them uploads few bytes.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { sizeOf } from '../kernels';
import type { DeviceBuffer, View } from '../kernels';
import { join, type Tf } from './tensors';

/** A tensor that segments share. */
interface Source {
  readonly tensor: Tensor;
  users: number;
}

interface Segment {
  readonly start: number;
  readonly length: number;
  /** A number stands for that number repeated. */
  readonly content: Source | number;
  /** Where in the source it begins. */
  readonly from: number;
}

interface Remembered {
  readonly start: number;
  readonly length: number;
  readonly tensor: Tensor;
}

const checkLength = (length: number, limit: number): void => {
  if (!Number.isInteger(length) || length < 1 || length > limit) {
    throw new RangeError(`A buffer cannot have ${String(length)} elements`);
  }
};

const release = ({ content }: Segment): void => {
  if (typeof content === 'number') return;
  content.users -= 1;
  if (content.users === 0) content.tensor.dispose();
};

/** Elements of one row: all but the first dimension. */
const rowSize = (shape: readonly number[]): number => sizeOf(shape.slice(1));

export class FloatBuffer implements DeviceBuffer {
  readonly kind = 'float';
  #segments: Segment[];
  #remembered: Remembered[] = [];

  constructor(
    private readonly tf: Tf,
    readonly length: number,
    limit: number,
  ) {
    checkLength(length, limit);
    this.#segments = [{ start: 0, length, content: 0, from: 0 }];
  }

  /** The view's values as a new tensor; to be called within a tidy. */
  read({ offset, shape }: View): Tensor {
    const length = sizeOf(shape);
    const known = this.#remembered.find((part) => part.start === offset && part.length === length);
    if (known) return known.tensor.reshape([...shape]);
    const pieces = this.#segments.filter((s) => s.start < offset + length && s.start + s.length > offset);
    const [only] = pieces;
    if (pieces.length === 1) {
      if (typeof only.content === 'number') return this.tf.fill([...shape], only.content);
      if (only.content.tensor.size === length) return only.content.tensor.reshape([...shape]);
      return this.#remember(offset, length, this.#cut(only, offset, length, shape));
    }
    const parts = pieces.map((segment) => {
      const start = Math.max(segment.start, offset);
      return { segment, start, length: Math.min(segment.start + segment.length, offset + length) - start };
    });
    // Rows are kept whole where the cuts allow it: flattening costs a pass on textures.
    const row = rowSize(shape);
    const inner = parts.every((part) => part.length % row === 0) ? shape.slice(1) : [];
    const joined = join(
      this.tf,
      parts.map(({ segment, start, length: size }) => {
        const partShape = [size / sizeOf(inner), ...inner];
        if (typeof segment.content === 'number') return this.tf.fill(partShape, segment.content);
        return this.#cut(segment, start, size, partShape);
      }),
    );
    return this.#remember(offset, length, joined.reshape([...shape]));
  }

  /** Puts `tensor` where the view is, which may be made within a tidy: the buffer keeps it. */
  write({ offset, shape }: View, tensor: Tensor): void {
    const length = sizeOf(shape);
    if (tensor.size !== length) throw new RangeError(`${tensor.size} values for ${length} elements`);
    this.#put(offset, length, { tensor: this.tf.keep(tensor), users: 0 });
  }

  fill({ offset, shape }: View, value: number): void {
    this.#put(offset, sizeOf(shape), value);
  }

  free(): void {
    this.#segments.forEach(release);
    this.#segments = [];
    this.#forget(0, this.length);
  }

  #put(offset: number, length: number, content: Source | number): void {
    const end = offset + length;
    const hold = (part: Segment): Segment => {
      if (typeof part.content !== 'number') part.content.users += 1;
      return part;
    };
    const before: Segment[] = [];
    const after: Segment[] = [];
    const replaced: Segment[] = [];
    for (const segment of this.#segments) {
      const { start, from } = segment;
      const segmentEnd = start + segment.length;
      if (segmentEnd <= offset) before.push(segment);
      else if (start >= end) after.push(segment);
      else {
        replaced.push(segment);
        if (start < offset) before.push(hold({ ...segment, length: offset - start }));
        if (segmentEnd > end) {
          after.push(hold({ ...segment, start: end, length: segmentEnd - end, from: from + end - start }));
        }
      }
    }
    this.#forget(offset, length);
    this.#segments = [...before, hold({ start: offset, length, content, from: 0 }), ...after];
    replaced.forEach(release);
  }

  /** Elements [start, start + length) of a segment that is a stretch of a tensor. */
  #cut({ start: first, content, from }: Segment, start: number, length: number, shape: readonly number[]): Tensor {
    if (typeof content === 'number') return this.tf.fill([...shape], content);
    const { tensor } = content;
    if (tensor.size === length) return tensor.reshape([...shape]);
    const begin = from + start - first;
    const row = rowSize(tensor.shape);
    const whole = begin % row === 0 && length % row === 0;
    const rows = whole ? tensor : tensor.reshape([tensor.size]);
    const unit = whole ? row : 1;
    const inner = rows.shape.slice(1);
    return rows.slice([begin / unit, ...inner.map(() => 0)], [length / unit, ...inner]).reshape([...shape]);
  }

  #remember(start: number, length: number, tensor: Tensor): Tensor {
    this.#remembered.push({ start, length, tensor: this.tf.keep(tensor) });
    return tensor.reshape(tensor.shape);
  }

  #forget(offset: number, length: number): void {
    this.#remembered = this.#remembered.filter((part) => {
      const stays = part.start >= offset + length || part.start + part.length <= offset;
      if (!stays) part.tensor.dispose();
      return stays;
    });
  }
}

export class IntBuffer implements DeviceBuffer {
  readonly kind = 'int';
  #values: Int32Array<ArrayBuffer>;

  constructor(
    readonly length: number,
    limit: number,
  ) {
    checkLength(length, limit);
    this.#values = new Int32Array(length);
  }

  /** The view's values themselves. */
  at({ offset, shape }: View): Int32Array<ArrayBuffer> {
    return this.#values.subarray(offset, offset + sizeOf(shape));
  }

  free(): void {
    this.#values = new Int32Array(0);
  }
}

export const floats = ({ buffer }: View): FloatBuffer => {
  if (buffer instanceof FloatBuffer) return buffer;
  throw new TypeError('Not a float buffer of this engine');
};

export const ints = (view: View): Int32Array<ArrayBuffer> => {
  if (view.buffer instanceof IntBuffer) return view.buffer.at(view);
  throw new TypeError('Not an int buffer of this engine');
};

/** The values of a float view; within a tidy. */
export const read = (view: View): Tensor => floats(view).read(view);

/** Replaces the values of a float view. */
export const write = (view: View, tensor: Tensor): void => {
  floats(view).write(view, tensor);
};
