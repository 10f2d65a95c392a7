/** What a configuration costs, computed before anything is allocated. */

export interface Cost {
  /** Number of trained numbers. */
  readonly parameters: number;
  /** Bytes that a run of this configuration allocates on its engine at most. */
  readonly bytes: number;
  /** Floating-point operations of one training step. */
  readonly flopsPerStep: number;
}
