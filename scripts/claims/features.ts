/** What a unit may follow beside the labels of its text: what holds at some characters only. */

/** For each character of a text 1 or 0, NaN where the feature says nothing. */
export type Feature = (characters: readonly string[]) => readonly number[];

interface Line {
  readonly from: number;
  readonly text: string;
}

const linesOf = (characters: readonly string[]): Line[] => {
  const lines: Line[] = [];
  let from = 0;
  characters.forEach((character, i) => {
    if (character !== '\n') return;
    lines.push({ from, text: characters.slice(from, i).join('') });
    from = i + 1;
  });
  return lines;
};

/** At the end of each line: 1 where the next one says who speaks, else 0. */
export const nameIsDue: Feature = (characters) => {
  const names = new Set(linesOf(characters).flatMap(({ from, text }) => (/^[A-Z]+:$/.test(text) ? [from - 1] : [])));
  return characters.map((character, i) => (character === '\n' ? Number(names.has(i)) : NaN));
};

/** 1 in the lower line of a couplet, from the comma before it on, else 0. */
export const inLowerLine: Feature = (characters) => {
  let lower = 0;
  return characters.map((character) => (lower = character === '，' ? 1 : character === '。' ? 0 : lower));
};
