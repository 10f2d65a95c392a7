/** What a unit of a network may follow: for each character of a text a number, NaN where the feature says nothing. */

export type Feature = (characters: readonly string[]) => readonly number[];

interface Line {
  readonly from: number;
  /** Behind its newline. */
  readonly to: number;
  readonly text: string;
}

const linesOf = (characters: readonly string[]): Line[] => {
  const lines: Line[] = [];
  let from = 0;
  characters.forEach((character, i) => {
    if (character !== '\n') return;
    lines.push({ from, to: i + 1, text: characters.slice(from, i).join('') });
    from = i + 1;
  });
  return lines;
};

/** A feature of some lines: `valueAt` of the places of each, NaN in the others. */
const onLines = (
  characters: readonly string[],
  isMeant: (text: string) => boolean,
  valueAt: (place: number, text: string) => number,
): number[] => {
  const values = characters.map(() => NaN);
  for (const { from, to, text } of linesOf(characters)) {
    if (!isMeant(text)) continue;
    for (let i = from; i < to; i++) values[i] = valueAt(i - from, text);
  }
  return values;
};

/** Counts along the text; the count behind a character is what `next` makes of the one before. */
const counted = (characters: readonly string[], next: (count: number, character: string) => number): number[] => {
  let count = 0;
  return characters.map((character) => (count = next(count, character)));
};

/** 1 from an opening quotation mark to the character before the closing one, else 0. No paragraph leaves one open. */
export const insideMarks: Feature = (characters) =>
  counted(characters, (open, character) => (character === '"' ? 1 - open : character === '\n' ? 0 : open));

/** Brackets that are open. */
export const bracketDepth: Feature = (characters) =>
  counted(characters, (depth, character) =>
    '([{<'.includes(character) ? depth + 1 : ')]}>'.includes(character) ? depth - 1 : depth,
  );

/** 1 behind an a, 0 behind a b. */
export const lastIsA: Feature = (characters) =>
  characters.map((character) => (character === 'a' ? 1 : character === 'b' ? 0 : NaN));

/** 1 in lines of "ab", 0 in lines of "aabb"; from where the line itself tells. */
export const lineOfSingles: Feature = (characters) =>
  onLines(
    characters,
    () => true,
    (place, text) => (place < 2 || place >= text.length ? NaN : Number(text[1] === 'b')),
  );

/** At the first digit of each number that follows another one: 1 where it ends in 0, so that its tens change, else 0. */
export const atRoundNumber: Feature = (characters) =>
  characters.map((_, i) => (characters[i - 1] === ' ' ? Number(characters[i - 2] === '9') : NaN));

/** How far a line of verse has come, in characters. */
export const alongVerse: Feature = (characters) =>
  onLines(
    characters,
    (text) => text !== '' && !/^(?:SCENE|Enter|Exit|Exeunt|[A-Z]+:)/.test(text),
    (place) => place,
  );

/** At the end of each line: 1 where the next one says who speaks, else 0. */
export const nameIsDue: Feature = (characters) => {
  const names = new Set(linesOf(characters).flatMap(({ from, text }) => (/^[A-Z]+:$/.test(text) ? [from - 1] : [])));
  return characters.map((character, i) => (character === '\n' ? Number(names.has(i)) : NaN));
};

/** Steps by which the line is indented, behind its indentation. */
export const indentation: Feature = (characters) =>
  onLines(
    characters,
    (text) => text !== '',
    (place, text) => {
      const spaces = text.length - text.trimStart().length;
      return place < spaces ? NaN : spaces / 2;
    },
  );

/** 1 in the lower line of a couplet, from the comma before it on, else 0. */
export const inLowerLine: Feature = (characters) =>
  counted(characters, (lower, character) => (character === '，' ? 1 : character === '。' ? 0 : lower));
