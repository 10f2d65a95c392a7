/** The code points of a text in as little memory as they need: its alphabet once, and of each character the place in it. */

/** Numbers in the narrowest array that holds them. */
export type Indices = Uint8Array | Uint16Array | Uint32Array;

/** Zeros for `length` numbers, each below `values`. */
export const indicesFor = (values: number, length: number): Indices => {
  if (values <= 0x100) return new Uint8Array(length);
  return values <= 0x10000 ? new Uint16Array(length) : new Uint32Array(length);
};

/** Code points whose places lie together: most texts are of few such pages. */
const PAGE_BITS = 12;
const PAGE = 1 << PAGE_BITS;

/** How much longer the memory of characters becomes where it was too short. */
const GROWTH = 1.25;

export class CodePoints implements Iterable<number> {
  /**
   * @param alphabet the code points that occur, each once, in the order in which they do
   * @param indices the place in `alphabet` of every character
   */
  constructor(
    readonly alphabet: Uint32Array,
    readonly indices: Indices,
  ) {}

  get length(): number {
    return this.indices.length;
  }

  /** The code point at that place. @throws {RangeError} where there is none */
  at(place: number): number {
    const index = this.indices.at(place);
    if (index === undefined) throw new RangeError(`no character at ${place} of ${this.length}`);
    return this.alphabet[index];
  }

  /** A copy of the code points [from, to). */
  slice(from = 0, to = this.length): Uint32Array {
    return Uint32Array.from(this.indices.subarray(from, to), (index) => this.alphabet[index]);
  }

  *[Symbol.iterator](): Generator<number> {
    for (const index of this.indices) yield this.alphabet[index];
  }
}

/** Collects code points, in memory that becomes wider when they need it. */
export class CodePointCollector {
  #indices: Indices;
  #length = 0;
  readonly #alphabet: number[] = [];
  /** By code point, page by page: its place in the alphabet, counted from one; 0 where it has not occurred. */
  readonly #pages: (Uint32Array | undefined)[] = [];

  /** @param expected how many there will be, as far as that is known */
  constructor(expected: number) {
    this.#indices = indicesFor(1, expected);
  }

  get length(): number {
    return this.#length;
  }

  add(codePoints: Uint32Array): void {
    const needed = this.#length + codePoints.length;
    if (needed > this.#indices.length) this.#move(Math.ceil(needed * GROWTH));
    for (const codePoint of codePoints) {
      const page = (this.#pages[codePoint >> PAGE_BITS] ??= new Uint32Array(PAGE));
      const place = page[codePoint & (PAGE - 1)] || this.#grow(codePoint, page);
      this.#indices[this.#length++] = place - 1;
    }
  }

  finish(): CodePoints {
    const [all, length] = [this.#indices, this.#length];
    // A view would keep a buffer alive that is up to four times as long.
    const indices = length > 0.9 * all.length ? all.subarray(0, length) : all.slice(0, length);
    return new CodePoints(Uint32Array.from(this.#alphabet), indices);
  }

  #grow(codePoint: number, page: Uint32Array): number {
    const place = this.#alphabet.push(codePoint);
    page[codePoint & (PAGE - 1)] = place;
    if (place > 2 ** (8 * this.#indices.BYTES_PER_ELEMENT)) this.#move(this.#indices.length);
    return place;
  }

  /** To memory of that length that is as wide as the alphabet needs. */
  #move(length: number): void {
    const moved = indicesFor(this.#alphabet.length, length);
    moved.set(this.#indices.subarray(0, this.#length));
    this.#indices = moved;
  }
}
