/** Texts for the end-to-end tests, made on the spot, and what simple models make of them. */

/** Numbers of a linear congruential generator (Numerical Recipes' constants), each in 0 to 1. */
function* chances(seed: number): Generator<number, never> {
  let state = seed >>> 0;
  for (;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

const SUBJECTS = ['the old clock', 'a small bird', 'my sister', 'the river', 'nobody', 'the night train'];
const VERBS = ['sings to', 'waits for', 'remembers', 'runs past', 'follows', 'forgets'];
const OBJECTS = ['the morning', 'an open door', 'the long road', 'a quiet house', 'the winter sea'];

/** Simple English sentences of at least that many characters. */
export const sentences = (characters: number, seed = 1): string => {
  const chance = chances(seed);
  const pick = (words: readonly string[]) => words[Math.floor(chance.next().value * words.length)] ?? '';
  let text = '';
  while (text.length < characters) text += `${pick(SUBJECTS)} ${pick(VERBS)} ${pick(OBJECTS)}.\n`;
  return text;
};

/**
 * Cross-entropy in nats per character of the last tenth of a text under the frequencies of its first nine tenths:
 * what a model knows that knows only how frequent each character is.
 */
export const unigramLoss = (text: string): number => {
  const characters = Array.from(text);
  const training = characters.slice(0, Math.floor(characters.length * 0.9));
  const heldOut = characters.slice(training.length);
  const counts = new Map<string, number>();
  for (const character of training) counts.set(character, (counts.get(character) ?? 0) + 1);
  const loss = (character: string) => -Math.log((counts.get(character) ?? 0) / training.length);
  return heldOut.reduce((sum, character) => sum + loss(character), 0) / heldOut.length;
};

/** Chinese of more than 100 characters. */
export const CHINESE = '春天来了，河边的柳树发了新芽。孩子们在草地上放风筝，老人坐在门前晒太阳。\n'.repeat(8);
