/** A run's network as it was: the parameters of then beside those of now, on the same engine. */
import { Arena } from './buffers';
import { viewOf } from './kernels/kernels';
import type { Network } from './network';
import { parameterCount, parameterViews } from './parameters';
import { Prober, type ProbeValues } from './probing';
import type { RunSnapshot } from './snapshot';

export class PastNetwork {
  readonly #arena: Arena;
  readonly #network: Network;
  readonly #prober: Prober;
  /** What stands in the parameters. */
  #written: RunSnapshot | null = null;

  /** @throws {RangeError} where the engine has no memory for it */
  constructor({ kernels, architecture }: Pick<Network, 'kernels' | 'architecture'>) {
    this.#arena = new Arena(kernels);
    const parameters = parameterViews(architecture, this.#arena.float(parameterCount(architecture)));
    this.#network = { kernels, architecture, parameters };
    this.#prober = new Prober(this.#network);
  }

  /** What the network made of a text when `snapshot` was taken; see `Prober`. */
  probe(snapshot: RunSnapshot, ids: Int32Array, layer: number): Promise<ProbeValues> {
    const { kernels, parameters } = this.#network;
    if (this.#written !== snapshot) {
      kernels.write(viewOf(parameters.all.buffer, parameters.all.shape), snapshot.parameters);
      this.#written = snapshot;
    }
    return this.#prober.probe(ids, layer, snapshot.metrics.step);
  }

  dispose(): void {
    this.#prober.dispose();
    this.#arena.dispose();
  }
}
