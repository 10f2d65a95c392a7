/**
 * The way to the device: one command encoder gathers the dispatches, copies and clears of a step; pipelines, bind
 * groups, parameters and staging buffers are kept, so that a step in the steady state makes no object but its encoder.
 */
import { FailureError } from '../../failures';
import type { Failure } from '../../failures';
import { sizeOf } from '../kernels';
import type { View } from '../kernels';
import { bufferOf } from './memory';
import { textOf } from './program';
import type { Program } from './program';

/** Bytes between the parameters of two dispatches: the largest alignment that a device may ask for. */
const SLOT = 256;
/** Dispatches of one submission at most. */
const SLOTS = 256;

interface Compiled {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
  /** By the ids of the buffers bound. */
  readonly groups: Map<string, GPUBindGroup>;
}

/** A stretch of device memory that is bound to a program: of a view, or the engine's own. */
export interface Bound {
  readonly gpu: GPUBuffer;
  readonly id: number;
}

interface Scratch extends Bound {
  readonly length: number;
}

export class Queue {
  /** Dispatches made so far. */
  dispatches = 0;
  /** Submissions made so far; the number of the one being gathered. */
  submissions = 0;
  #encoder: GPUCommandEncoder | null = null;
  #pass: GPUComputePassEncoder | null = null;
  #slot = 0;
  #failure: Failure | null = null;
  #closed = false;
  #nextId = 0;
  readonly #programs = new Map<string, Program>();
  readonly #compiled = new Map<string, Compiled>();
  readonly #scratch = new Map<string, Scratch>();
  readonly #staging = new Map<number, GPUBuffer[]>();
  readonly #ring: GPUBuffer;
  readonly #parameters = new ArrayBuffer(SLOT * SLOTS);
  readonly #words = new Uint32Array(this.#parameters);
  readonly #floats = new Float32Array(this.#parameters);
  readonly #onError = (event: GPUUncapturedErrorEvent): void => {
    this.#fail({ code: 'device-error', engine: 'webgpu', cause: event.error.message });
  };

  constructor(
    readonly device: GPUDevice,
    private readonly onFailure: (failure: Failure) => void,
  ) {
    this.#ring = device.createBuffer({ size: SLOT * SLOTS, usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST });
    device.addEventListener('uncapturederror', this.#onError);
    void device.lost.then(({ message, reason }) => {
      if (!this.#closed) this.#fail({ code: 'device-lost', engine: 'webgpu', cause: message || reason });
    });
  }

  /** A number that no other buffer on this queue has. */
  nextId(): number {
    return this.#nextId++;
  }

  /** A zeroed storage buffer of so many 32-bit words. */
  createBuffer(words: number): GPUBuffer {
    const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
    return this.device.createBuffer({ size: words * 4, usage: STORAGE | COPY_SRC | COPY_DST });
  }

  destroyBuffer({ gpu, id }: Bound): void {
    this.submit();
    for (const { groups } of this.#compiled.values()) {
      for (const key of groups.keys()) if (key.split(',').includes(String(id))) groups.delete(key);
    }
    gpu.destroy();
  }

  /** Device memory of the engine's own, by name, of at least that many words; it grows, and keeps nothing when it does. */
  scratch(name: string, words: number): Bound {
    const present = this.#scratch.get(name);
    if (present && present.length >= words) return present;
    if (present) this.destroyBuffer(present);
    const made = { gpu: this.createBuffer(words), id: this.nextId(), length: words };
    this.#scratch.set(name, made);
    return made;
  }

  /** The program of that key, its text written when it is first asked for. */
  program<B extends string, P extends string>(key: string, make: () => Omit<Program<B, P>, 'key'>): Program<B, P> {
    const present = this.#programs.get(key);
    if (present) return present;
    const made = { key, ...make() };
    this.#programs.set(key, made);
    return made;
  }

  /**
   * Queues `program` on so many workgroups. Parameters of type u32 are taken modulo 2^32.
   * @throws {FailureError} where the device has failed, as all that queues work does.
   */
  dispatch<B extends string, P extends string>(
    program: Program<B, P>,
    buffers: Readonly<Record<B, View | Bound>>,
    parameters: Readonly<Record<P, number>>,
    workgroups: readonly [number, number?, number?],
  ): void {
    this.#check();
    const names = Object.keys(program.buffers) as B[];
    const bound = names.map((name): Bound => {
      const given: View | Bound = buffers[name];
      return 'gpu' in given ? given : bufferOf(given);
    });
    const compiled = this.#compile(program);
    const group = this.#group(compiled, bound);
    if (this.#slot === SLOTS) this.submit();
    this.#write(program, parameters);
    this.#encoder ??= this.device.createCommandEncoder();
    this.#pass ??= this.#encoder.beginComputePass();
    this.#pass.setPipeline(compiled.pipeline);
    this.#pass.setBindGroup(0, group, [this.#slot * SLOT]);
    this.#pass.dispatchWorkgroups(...(workgroups as [number, number, number]));
    this.#slot += 1;
    this.dispatches += 1;
  }

  /** Queues a copy of `words` words between two buffers. */
  copy(from: GPUBuffer, fromWord: number, to: GPUBuffer, toWord: number, words: number): void {
    if (from !== to) {
      this.#commands().copyBufferToBuffer(from, fromWord * 4, to, toWord * 4, words * 4);
      return;
    }
    // A copy within one buffer is not allowed everywhere.
    const { gpu } = this.scratch('copy', words);
    this.#commands().copyBufferToBuffer(from, fromWord * 4, gpu, 0, words * 4);
    this.#commands().copyBufferToBuffer(gpu, 0, to, toWord * 4, words * 4);
  }

  /** Queues zeros. */
  clear(buffer: GPUBuffer, word: number, words: number): void {
    this.#commands().clearBuffer(buffer, word * 4, words * 4);
  }

  /** Writes from the host, after everything queued so far. */
  upload(buffer: GPUBuffer, word: number, values: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>): void {
    this.#check();
    this.submit();
    this.device.queue.writeBuffer(buffer, word * 4, values);
  }

  /** Hands what is queued to the device. */
  submit(): void {
    if (this.#encoder === null) return;
    this.#pass?.end();
    this.#pass = null;
    if (this.#slot > 0) this.device.queue.writeBuffer(this.#ring, 0, this.#parameters, 0, this.#slot * SLOT);
    this.device.queue.submit([this.#encoder.finish()]);
    this.#encoder = null;
    this.#slot = 0;
    this.submissions += 1;
  }

  /** The floats of a view, after everything queued so far. */
  async read(view: View): Promise<Float32Array<ArrayBuffer>> {
    const length = sizeOf(view.shape);
    const size = 2 ** Math.ceil(Math.log2(Math.max(length * 4, SLOT)));
    const { MAP_READ, COPY_DST } = GPUBufferUsage;
    const pool = this.#staging.get(size) ?? [];
    this.#staging.set(size, pool);
    const staging = pool.pop() ?? this.device.createBuffer({ size, usage: MAP_READ | COPY_DST });
    this.copy(bufferOf(view).gpu, view.offset, staging, 0, length);
    this.submit();
    await this.#wait(staging.mapAsync(GPUMapMode.READ, 0, length * 4));
    const values = new Float32Array(staging.getMappedRange(0, length * 4).slice(0));
    staging.unmap();
    if (this.#closed) staging.destroy();
    else pool.push(staging);
    return values;
  }

  async settle(): Promise<void> {
    this.submit();
    await this.#wait(this.device.queue.onSubmittedWorkDone());
  }

  /** Frees what the queue holds; the device stays. */
  dispose(): void {
    this.submit();
    this.#closed = true;
    this.device.removeEventListener('uncapturederror', this.#onError);
    this.#ring.destroy();
    for (const { gpu } of this.#scratch.values()) gpu.destroy();
    for (const pool of this.#staging.values()) for (const buffer of pool) buffer.destroy();
    this.#scratch.clear();
    this.#staging.clear();
    this.#compiled.clear();
    this.#programs.clear();
  }

  async #wait(promise: Promise<undefined>): Promise<void> {
    try {
      await promise;
    } catch (error) {
      // Mapping fails where the device is lost; `lost` resolves before or soon after.
      await Promise.race([this.device.lost, this.device.queue.onSubmittedWorkDone().catch(() => undefined)]);
      this.#check();
      throw error;
    }
    this.#check();
  }

  #check(): void {
    if (this.#failure) throw new FailureError(this.#failure);
  }

  #fail(failure: Failure): void {
    if (this.#failure) return;
    this.#failure = failure;
    this.onFailure(failure);
  }

  #commands(): GPUCommandEncoder {
    this.#check();
    this.#pass?.end();
    this.#pass = null;
    this.#encoder ??= this.device.createCommandEncoder();
    return this.#encoder;
  }

  #write({ key, parameters: types }: Program, values: Readonly<Record<string, number>>): void {
    const names = Object.keys(types);
    if (names.length > SLOT / 4) throw new RangeError(`${key} has too many parameters`);
    names.forEach((name, index) => {
      const word = (this.#slot * SLOT) / 4 + index;
      if (types[name] === 'u32') this.#words[word] = values[name];
      else this.#floats[word] = values[name];
    });
  }

  #group({ layout, groups }: Compiled, bound: readonly Bound[]): GPUBindGroup {
    const key = bound.map(({ id }) => id).join(',');
    let group = groups.get(key);
    if (!group) {
      group = this.device.createBindGroup({
        layout,
        entries: [
          { binding: 0, resource: { buffer: this.#ring, size: SLOT } },
          ...bound.map(({ gpu }, index) => ({ binding: index + 1, resource: { buffer: gpu } })),
        ],
      });
      groups.set(key, group);
    }
    return group;
  }

  #compile(program: Program): Compiled {
    const present = this.#compiled.get(program.key);
    if (present) return present;
    const { device } = this;
    const visibility = GPUShaderStage.COMPUTE;
    const layout = device.createBindGroupLayout({
      entries: [
        { binding: 0, visibility, buffer: { type: 'uniform', hasDynamicOffset: true } },
        ...Object.values(program.buffers).map((kind, index) => ({
          binding: index + 1,
          visibility,
          buffer: { type: kind.endsWith('written') ? ('storage' as const) : ('read-only-storage' as const) },
        })),
      ],
    });
    const module = device.createShaderModule({ label: program.key, code: textOf(program) });
    module.getCompilationInfo().then(
      ({ messages }) => {
        const error = messages.find(({ type }) => type === 'error');
        if (error) {
          const cause = `${program.key}, line ${error.lineNum}: ${error.message}`;
          this.#fail({ code: 'device-error', engine: 'webgpu', cause });
        }
      },
      // A device that goes meanwhile says so itself.
      () => undefined,
    );
    const pipeline = device.createComputePipeline({
      label: program.key,
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: 'main' },
    });
    const made = { pipeline, layout, groups: new Map<string, GPUBindGroup>() };
    this.#compiled.set(program.key, made);
    return made;
  }
}
