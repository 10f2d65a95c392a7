/** A name that no other run has, of this visit or another one. */
export const newRunId = (): string => `run-${[0, 1].map(() => Math.random().toString(36).slice(2, 10)).join('')}`;
