/** Tensors taken out of a file one by one: of the type and shape that a run gives them, and none left at the end. */
import type { HostArray } from '../kernels/kernels';
import { damaged } from './damage';
import type { Tensors } from './safetensors';

type Values = HostArray | Int32Array<ArrayBuffer>;

export type Take = <A extends Values>(name: string, type: new (length: number) => A, shape: readonly number[]) => A;

export interface Taker {
  /**
   * The values where they stand in the file: to be copied by whoever keeps them.
   * @throws {FailureError} 'run-file-damaged' where there is no such tensor
   */
  readonly take: Take;
  /** @throws {FailureError} 'run-file-damaged' where the file holds a tensor that was not taken */
  readonly finish: () => void;
}

export const createTaker = (tensors: Tensors): Taker => {
  const left = new Set(tensors.keys());
  return {
    take: (name, type, shape) => {
      const tensor = tensors.get(name);
      if (tensor === undefined) throw damaged({ kind: 'missing', where: name });
      const { values } = tensor;
      const isOfShape = tensor.shape.length === shape.length && shape.every((size, k) => tensor.shape[k] === size);
      if (!(values instanceof type) || !isOfShape) throw damaged({ kind: 'size', where: name });
      left.delete(name);
      return values;
    },
    finish: () => {
      for (const name of left) throw damaged({ kind: 'unknown', where: name });
    },
  };
};

/** @throws {FailureError} 'run-file-damaged' where a value is not finite */
export const assertFinite = (name: string, values: HostArray): void => {
  // A loop: a function for each of many millions takes as long as the checksum.
  for (const value of values) if (!Number.isFinite(value)) throw damaged({ kind: 'not-finite', where: name });
};
