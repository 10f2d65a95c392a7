/**
 * Counts of the sequences of up to five symbols in a text, and the interpolated probabilities that follow from them.
 *
 * Interpolation after Witten and Bell 1991 ("The zero-frequency problem", method C): with c(h) occurrences of a context h
 * that were followed by t(h) distinct symbols,
 *
 *     p(x | h) = (c(h x) + a t(h) p(x | h')) / (c(h) + a t(h)),    h' = h without its first symbol,
 *
 * down to the empty context, which is interpolated with the uniform distribution. It sums to one over x. In the source
 * a = 1; here each order has its own, fitted on text that was not counted as Jelinek and Mercer 1980 fit their weights.
 */

/** Symbols of the longest sequences. */
export const ORDERS = 5;

/** Sequences counted at most; then only those known already are. 4 Mi sequences take about 100 MB. */
const NODES = 1 << 22;

/** A typed array of twice the length with the same beginning. */
const grown = <A extends Uint32Array | Uint16Array>(array: A): A => {
  const bigger = new (array.constructor as new (length: number) => A)(array.length * 2);
  bigger.set(array);
  return bigger;
};

/**
 * A tree of sequences: a node is a sequence, its parent the same without the last symbol. Node 0 is the empty sequence.
 */
export class NgramTree {
  #parent = new Uint32Array(1 << 12);
  #symbol = new Uint32Array(1 << 12);
  #count = new Uint32Array(1 << 12);
  /** Distinct symbols that followed. */
  #types = new Uint32Array(1 << 12);
  /** How often it was followed by anything. */
  #followed = new Uint32Array(1 << 12);
  #size = 1;
  /** Open addressing: nodes by (parent, symbol), 0 where free. */
  #table = new Uint32Array(1 << 14);
  /** Nodes of the last 0 to ORDERS - 1 symbols of the stretch being read; -1 where it is not counted. */
  readonly #last = new Int32Array(ORDERS).fill(-1);

  /** @param V number of symbols */
  constructor(readonly V: number) {
    this.#last[0] = 0;
  }

  /** Number of sequences counted, the empty one included. */
  get size(): number {
    return this.#size;
  }

  #slotOf(parent: number, symbol: number): number {
    const mask = this.#table.length - 1;
    let mixed = Math.imul(parent, 0x9e3779b1) ^ Math.imul(symbol, 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
    let slot = (mixed ^ (mixed >>> 13)) & mask;
    for (;;) {
      const node = this.#table[slot];
      if (node === 0 || (this.#parent[node] === parent && this.#symbol[node] === symbol)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  /** The node of a sequence and one more symbol, -1 where it was not seen. */
  child(node: number, symbol: number): number {
    return this.#table[this.#slotOf(node, symbol)] || -1;
  }

  #childOrNew(node: number, symbol: number): number {
    const slot = this.#slotOf(node, symbol);
    const found = this.#table[slot];
    if (found !== 0) return found;
    if (this.#size === NODES) return -1;
    if (this.#size === this.#parent.length) {
      this.#parent = grown(this.#parent);
      this.#symbol = grown(this.#symbol);
      this.#count = grown(this.#count);
      this.#types = grown(this.#types);
      this.#followed = grown(this.#followed);
    }
    const fresh = this.#size++;
    this.#parent[fresh] = node;
    this.#symbol[fresh] = symbol;
    this.#types[node]++;
    this.#table[slot] = fresh;
    if (this.#size * 2 > this.#table.length) this.#rehash();
    return fresh;
  }

  #rehash(): void {
    this.#table = new Uint32Array(this.#table.length * 2);
    for (let node = 1; node < this.#size; node++) {
      this.#table[this.#slotOf(this.#parent[node], this.#symbol[node])] = node;
    }
  }

  /** Forgets the symbols before, as a new stretch begins. */
  begin(): void {
    this.#last.fill(-1, 1);
  }

  /** Counts the next symbol of the stretch, behind each of the contexts of 0 to ORDERS - 1 symbols. */
  add(symbol: number): void {
    const last = this.#last;
    // Longest first: each context is needed before it is replaced.
    for (let n = ORDERS; n >= 1; n--) {
      const context = last[n - 1];
      const node = context < 0 ? -1 : this.#childOrNew(context, symbol);
      // A context that can not note what followed must not count it either.
      if (node >= 0) {
        this.#followed[context]++;
        this.#count[node]++;
      }
      if (n < ORDERS) last[n] = node;
    }
  }

  /**
   * p(symbol | the last `order` - 1 symbols).
   *
   * @param contexts nodes of the last 0 to ORDERS - 1 symbols, -1 where not seen; see `advance`
   * @param shorter the same with one symbol of context less; 1/V for order 1
   * @param weight a in the formula above
   */
  probability(order: number, contexts: Int32Array, symbol: number, shorter: number, weight: number): number {
    const context = contexts[order - 1];
    if (context < 0) return shorter;
    const node = this.child(context, symbol);
    const types = weight * this.#types[context];
    const all = this.#followed[context] + types;
    return all === 0 ? shorter : ((node < 0 ? 0 : this.#count[node]) + types * shorter) / all;
  }

  /** The contexts after one more symbol, in place. */
  advance(contexts: Int32Array, symbol: number): void {
    for (let n = ORDERS - 1; n >= 1; n--) {
      const before = contexts[n - 1];
      contexts[n] = before < 0 ? -1 : this.child(before, symbol);
    }
    contexts[0] = 0;
  }
}
