/** The run that the pictures in docs/screenshots show. */

export const PICTURE = {
  corpus: 'quotes',
  settings: {
    units: 48,
    forgetBias: 0,
    batch: 8,
    length: 32,
    learningRate: 0.01,
    probe: '"I wait," said Mary. "Sing to us," cried Tom. "Come home."',
  },
  /** Until gates follow the structure of the text. */
  steps: 2500,
} as const;
