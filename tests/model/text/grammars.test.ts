/** What writes a text also knows how likely it is, and the texts have the structure that is claimed. */
import { describe, expect, it } from 'vitest';
import { fromString } from '../../../src/model/text/decode';
import { generate, grammarLabelsInSteps, grammarLossInSteps, GRAMMARS } from '../../../src/model/text/grammars';
import type { GrammarName } from '../../../src/model/text/grammars';
import { ambiguity, choice, say, surpriseInSteps, take, write } from '../../../src/model/text/grammars/derivation';
import type { Choice, Derivation, Grammar } from '../../../src/model/text/grammars/derivation';
import {
  ACTIONS,
  NOUN_CLASSES,
  NOUNS,
  OPENING_CLASSES,
  OPENINGS,
  PREDICATES,
  rhymeOf,
  toneOf,
} from '../../../src/model/text/grammars/lexicon';
import { sentence, templates } from '../../../src/model/text/grammars/templates';

import type { LabelName } from '../../../src/model/text/labels';
import type { DecodedText } from '../../../src/model/text/types';
import { finish } from './steps';

const surprise = (grammar: Grammar, text: string, from: number): number | null =>
  finish(surpriseInSteps(grammar, text, [{ start: from, end: text.length }]));
const lossOf = (id: string, text: DecodedText, from: number): number | null =>
  finish(grammarLossInSteps(id, text, [{ start: from, end: text.codePoints.length }]));

const NAMES = Object.keys(GRAMMARS) as GrammarName[];
const SIZE = 20_000;

describe.each(NAMES)('the grammar %s', (name) => {
  const text = generate(name, { seed: 7, characters: SIZE });

  it('writes the same for the same seed only, in whole lines where it has lines', () => {
    expect(generate(name, { seed: 7, characters: SIZE })).toBe(text);
    expect(generate(name, { seed: 8, characters: SIZE })).not.toBe(text);
    expect(text.length).toBeLessThanOrEqual(SIZE);
    expect(text.length).toBeGreaterThan(0.9 * SIZE);
    expect(text.endsWith('\n')).toBe(text.includes('\n'));
    // A longer text begins like a shorter one.
    expect(generate(name, { seed: 7, characters: 2 * SIZE }).startsWith(text)).toBe(true);
  });

  it('can be read in one way only, and reading finds the probability of writing', () => {
    const grammar = GRAMMARS[name](() => undefined);
    const checked = new Set<Choice>();
    let written = 0;
    let position = 0;
    let { value } = grammar.next();
    for (;;) {
      if (!checked.has(value)) expect(ambiguity(value)).toBeNull();
      checked.add(value);
      const at = position;
      const fitting = value.options.flatMap((option, i) => (text.startsWith(option, at) ? [i] : []));
      // Only where the text was cut off may no option fit.
      if (fitting.length === 0) break;
      expect(fitting).toHaveLength(1);
      written -= Math.log(value.weights[fitting[0]] / value.total);
      position += value.options[fitting[0]].length;
      if (position === text.length) break;
      value = grammar.next(fitting[0]).value;
    }
    const read = surprise(GRAMMARS[name], text.slice(0, position), 0);
    expect(read).toBeCloseTo(written, 6);
  });

  it('adds up: the surprise of a text is that of its parts, wherever it is cut', () => {
    const whole = surprise(GRAMMARS[name], text, 0) ?? NaN;
    for (const cut of [1, 2, 3, 777, 5003, 9999]) {
      const before = surprise(GRAMMARS[name], text.slice(0, cut), 0) ?? NaN;
      const behind = surprise(GRAMMARS[name], text, cut) ?? NaN;
      expect(before + behind).toBeCloseTo(whole, 6);
    }
  });

  it('adds up: the surprise of some spans is the sum of theirs, wherever they lie', () => {
    const beginning = text.slice(0, 2000);
    // Spans inside of an option, next to each other, and of no character at all.
    const spans = [
      { start: 3, end: 4 },
      { start: 4, end: 5 },
      { start: 40, end: 40 },
      { start: 99, end: 1203 },
      { start: 1999, end: 2000 },
    ];
    const each = spans.map(
      ({ start, end }) => finish(surpriseInSteps(GRAMMARS[name], beginning, [{ start, end }])) ?? NaN,
    );
    const together = finish(surpriseInSteps(GRAMMARS[name], beginning, spans)) ?? NaN;
    expect(together).toBeCloseTo(
      each.reduce((a, b) => a + b),
      9,
    );
    const behind = (from: number): number => surprise(GRAMMARS[name], beginning, from) ?? NaN;
    spans.forEach(({ start, end }, k) => {
      expect(each[k]).toBeCloseTo(behind(start) - behind(end), 6);
    });
  });

  it('has a loss below that of a guess, and does not read other texts', () => {
    const loss = lossOf(name, fromString(text), Math.floor(0.9 * text.length)) ?? NaN;
    expect(loss).toBeGreaterThan(0);
    expect(loss).toBeLessThan(Math.log(new Set(text).size));
    expect(lossOf(name, fromString(`${text.slice(0, 500)}#${text.slice(500)}`), 100)).toBeNull();
    expect(lossOf(name, fromString('𝄞'.repeat(200)), 100)).toBeNull();
  });
});

describe('labels', () => {
  /** What the grammar said of each character, as digits. */
  const told = (name: GrammarName, label: LabelName): { readonly text: string; readonly values: number[] } => {
    const text = generate(name, { seed: 3, characters: 5000 });
    return { text, values: Array.from(finish(grammarLabelsInSteps(name, fromString(text)))?.get(label) ?? []) };
  };
  /** What the text says of each character by a rule of its own. */
  const counted = (text: string, change: (character: string, now: number) => number): number[] => {
    let now = 0;
    return Array.from(text, (character) => (now = change(character, now)));
  };

  it('capslock: on behind an odd number of stars', () => {
    const { text, values } = told('capslock', 'capitals');
    expect(values).toEqual(counted(text, (character, on) => (character === '*' ? 1 - on : on)));
  });

  it('quotes: on from the opening mark to the one before the closing mark', () => {
    const { text, values } = told('quotes', 'quoted');
    expect(values).toEqual(counted(text, (character, open) => (character === '"' ? 1 - open : open)));
  });

  it.each(['depth', 'brackets'] as const)('%s: how many brackets are open', (name) => {
    const { text, values } = told(name, 'depth');
    const step = (character: string): number => ('([{<'.includes(character) ? 1 : ')]}>'.includes(character) ? -1 : 0);
    expect(values).toEqual(counted(text, (character, open) => open + step(character)));
  });

  it('abab: the kind of the line that is being written', () => {
    const { text, values } = told('abab', 'line');
    let line = 0;
    // A newline is known to begin the other kind of line.
    expect(values).toEqual(Array.from(text, (character) => (character === '\n' ? ++line : line) % 2));
  });

  it('program: blocks that are open, and play: who speaks', () => {
    const { text, values } = told('program', 'depth');
    for (const { index } of text.matchAll(/^def /gm)) expect(values[index]).toBe(0);
    for (const { 1: indentation, index } of text.matchAll(/^( +)(?:let|show|if|while|return) /gm)) {
      expect(values[index]).toBe(indentation.length / 2);
    }
    const play = told('play', 'speaker');
    for (const { index } of play.text.matchAll(/^Enter /gm)) expect(play.values[index + 3]).toBe(0);
    const speeches = [...play.text.matchAll(/^[A-Z]+:\n/gm)].slice(0, -1);
    expect(speeches.length).toBeGreaterThan(10);
    for (const { 0: name, index } of speeches) expect(play.values[index + name.length]).toBeGreaterThan(0);
  });

  it('are not known of other texts', () => {
    expect(finish(grammarLabelsInSteps('quotes', fromString('not of this grammar')))).toBeNull();
    expect(finish(grammarLabelsInSteps('stories', fromString('some words')))).toBeNull();
  });
});

describe('grammarLossInSteps', () => {
  it('does not know texts that no grammar wrote', () => {
    expect(lossOf('stories', fromString('some words'), 0)).toBeNull();
    expect(lossOf('constructor', fromString('some words'), 0)).toBeNull();
  });
});

describe('derivations', () => {
  function* coin(): Derivation<never> {
    const toss = choice([
      ['heads\n', 3],
      ['tails\n', 1],
    ]);
    for (;;) yield* take(toss);
  }

  it('draw by weight', () => {
    const text = write(coin, { seed: 1, characters: 60_000 });
    expect(text.match(/heads/g)?.length).toBeGreaterThan(7300);
    expect(text.match(/heads/g)?.length).toBeLessThan(7700);
  });

  it('know each character exactly, within an option too', () => {
    // All of the surprise is in the first letter.
    expect(surprise(coin, 'heads\ntails\n', 0)).toBeCloseTo(-Math.log(0.75) - Math.log(0.25), 12);
    expect(surprise(coin, 'heads\nt', 0)).toBeCloseTo(-Math.log(0.75) - Math.log(0.25), 12);
    expect(surprise(coin, 'heads\ntails\n', 7)).toBe(0);
    expect(surprise(coin, 'heads\ntoils\n', 0)).toBeNull();
  });

  it('see that a choice is ambiguous', () => {
    expect(ambiguity(choice(['cat', 'dog', 'cattle']))).toBe('cattle');
    expect(ambiguity(choice(['cat', 'cat']))).toBe('cat');
    expect(ambiguity(choice(['cat', '']))).toBe('');
    expect(ambiguity(choice(['cat ', 'cattle ']))).toBeNull();
  });
});

describe('templates', () => {
  const words = { animal: ['cat', 'dog'], food: ['fish', 'bread'] };

  function* grammar(): Derivation<never> {
    const compiled = templates(['The {animal} eats {food}.', ['The {animal} is no {@other}.', 3], 'Silence.'], words);
    const other = ({ animal }: Readonly<Record<string, string>>): string => (animal === 'cat' ? 'dog' : 'cat');
    for (;;) {
      yield* sentence(compiled, {}, { other });
      yield* say('\n');
    }
  }

  it('share beginnings, and keep the weights of the templates', () => {
    const probability = (text: string): number => Math.exp(-(surprise(grammar, text, 0) ?? NaN));
    expect(probability('The cat eats fish.\n')).toBeCloseTo((1 / 5) * (1 / 2) * (1 / 2), 12);
    expect(probability('The dog is no cat.\n')).toBeCloseTo((3 / 5) * (1 / 2), 12);
    expect(probability('Silence.\n')).toBeCloseTo(1 / 5, 12);
    expect(surprise(grammar, 'The dog is no dog.\n', 0)).toBeNull();
  });

  it('are refused where they can not be told apart', () => {
    expect(() => templates(['A {animal} sat.', 'A {animal} sat. It ate.'], words)).toThrow(RangeError);
    expect(() => templates(['{animal}', 'catfish'], words)).toThrow(RangeError);
    expect(() => templates(['{plant}'], words)).toThrow(RangeError);
    expect(() => templates(['{@other}', 'x'], words)).toThrow(RangeError);
  });
});

describe('structure', () => {
  const of = (name: GrammarName): string => generate(name, { seed: 3, characters: SIZE });
  const linesOf = (name: GrammarName): string[] => of(name).trimEnd().split('\n');

  it('abab: lines of two kinds in turn', () => {
    linesOf('abab').forEach((line, i) => {
      expect(line).toMatch(i % 2 === 0 ? /^(?:ab)+$/ : /^(?:aabb)+$/);
    });
  });

  it('brackets: what opens last closes first', () => {
    const closing: Record<string, string> = { '(': ')', '[': ']', '{': '}', '<': '>' };
    let deepest = 0;
    for (const line of linesOf('brackets')) {
      const stack: string[] = [];
      for (const bracket of line) {
        if (bracket in closing) stack.push(closing[bracket]);
        else expect(stack.pop()).toBe(bracket);
        deepest = Math.max(deepest, stack.length);
      }
      expect(stack).toEqual([]);
    }
    expect(deepest).toBe(8);
  });

  it('quotes: every line closes what it opens; only the gaps between words tell speech from the rest, and words are long', () => {
    let words = 0;
    for (const line of linesOf('quotes')) {
      const parts = line.split('"');
      expect(parts.length % 2).toBe(1);
      parts.forEach((part, k) => {
        const isSpeech = k % 2 === 1;
        expect(part).not.toMatch(isSpeech ? / / : /-/);
        const all = part.trim().split(isSpeech ? '-' : ' ');
        for (const word of all) expect(word).toMatch(part.trim() === '' ? /^$/ : /^(?:[bdklmnrt][aeiou]){3,4}$/);
        words += all.length;
      });
    }
    expect(words).toBeGreaterThan(1000);
  });

  it('capslock: a letter is a capital exactly where an odd number of stars stands before it, and runs are long', () => {
    const text = of('capslock');
    let stars = 0;
    for (const character of text) {
      if (character === '*') stars++;
      else if (/[a-z]/i.test(character)) expect(/[A-Z]/.test(character)).toBe(stars % 2 === 1);
    }
    expect(stars).toBeGreaterThan(200);
    const runs = text.split(/[a-z]+/i).slice(1, -1);
    for (const run of runs) {
      expect(run).toMatch(/^[.*-]{5,12}$/);
      expect(run.split('*').length).toBeLessThanOrEqual(2);
    }
    const pressed = runs.filter((run) => run.includes('*')).length / runs.length;
    expect(pressed).toBeGreaterThan(0.17);
    expect(pressed).toBeLessThan(0.23);
  });

  it('depth: what opens closes, at most six deep, and the more is open the likelier', () => {
    const seen = Array.from({ length: 7 }, () => ({ opens: 0, closes: 0 }));
    for (const line of linesOf('depth')) {
      let open = 0;
      for (const character of line) {
        if (character === '(') seen[open++].opens++;
        else if (character === ')') seen[open--].closes++;
      }
      expect(open).toBe(0);
    }
    expect(seen[0].closes).toBe(0);
    expect(seen[6].opens).toBe(0);
    const shares = seen.map(({ opens, closes }) => closes / (opens + closes));
    for (let d = 1; d <= 6; d++) expect(Math.abs(shares[d] - d / 6)).toBeLessThan(0.06);
  });

  it('counting: each number is one more than the last', () => {
    for (const line of linesOf('counting')) {
      const numbers = line.split(' ').map(Number);
      expect(numbers).toEqual(Array.from({ length: 10 }, (_, i) => numbers[0] + i));
    }
  });

  it('play: who speaks is on the stage, and was not the last to speak', () => {
    for (const scene of of('play').split('SCENE. ').slice(1, -1)) {
      const stage = new Set<string>();
      let last = '';
      for (const [, entering, leaving, speaker] of scene.matchAll(/Enter (.*)\.|Exit (.*)\.|^([A-Z]+):$/gm)) {
        if (entering) {
          for (const name of entering.split(' and ')) {
            expect(stage.has(name)).toBe(false);
            stage.add(name);
          }
        } else if (leaving) expect(stage.delete(leaving)).toBe(true);
        else {
          expect([...stage].map((name) => name.toUpperCase())).toContain(speaker);
          expect(speaker).not.toBe(last);
          last = speaker;
        }
      }
      expect(scene).toMatch(/Exeunt\.\n\n$/);
    }
  });

  it('program: blocks close at their own depth, and names are declared before they are used', () => {
    const functions = new Map<string, number>();
    for (const source of of('program').trimEnd().split('\n\n').slice(0, -1)) {
      const lines = source.split('\n');
      const header = /^def (\w+)\((.*)\):$/.exec(lines[0]);
      expect(header).not.toBeNull();
      const [, name, parameters] = header ?? [];
      const scopes = [parameters.split(', ')];
      for (const line of lines.slice(2)) {
        const code = line.trimStart();
        if (code === 'end') scopes.pop();
        expect(line.length - code.length).toBe(2 * scopes.length);
        if (code === 'end') continue;
        const declared = /^let (\w+) = /.exec(code)?.[1];
        const expression = code.replace(/^(?:let \w+ =|show|return|if|while)/, '');
        for (const [, call, values] of expression.matchAll(/(\w+)\(([^)]*)\)/g)) {
          expect(values.split(', ')).toHaveLength(functions.get(call) ?? -1);
        }
        for (const [used] of expression.replaceAll(/\w+\(/g, '(').matchAll(/[a-z]+/g)) {
          expect(scopes.flat()).toContain(used);
        }
        if (declared !== undefined) {
          expect(scopes.flat()).not.toContain(declared);
          scopes[scopes.length - 1].push(declared);
        }
        if (code.endsWith(':')) scopes.push([]);
      }
      expect(scopes).toEqual([]);
      functions.set(name, parameters.split(', ').length);
    }
  });

  it('couplets: tones, rhyme, antithesis by class', () => {
    const patterns = ['·仄平平仄平平仄仄平', '·平平仄仄·仄仄平平'];
    const poems = of('couplets').trimEnd().split('\n\n').slice(0, -1);
    expect(poems.some((poem) => poem.indexOf('，') === 5)).toBe(true);
    expect(poems.some((poem) => poem.indexOf('，') === 7)).toBe(true);
    for (const poem of poems) {
      const lines = poem.split('\n').map((line) => /^(.{5}|.{7})，(.{5}|.{7})。$/u.exec(line)?.slice(1) ?? []);
      expect(lines).toHaveLength(2);
      const forms = lines.map(([upper, lower]) => {
        expect(upper).toHaveLength(lower.length);
        const tones = Array.from(upper.slice(-5) + lower.slice(-5), toneOf);
        const form = patterns.findIndex((pattern) =>
          tones.every((tone, i) => pattern[i] === '·' || pattern[i] === tone),
        );
        expect(form).toBeGreaterThanOrEqual(0);
        if (upper.length === 7) expect(toneOf(upper[1])).not.toBe(toneOf(upper[3]));
        if (upper.length === 7) expect(toneOf(lower[1])).not.toBe(toneOf(lower[3]));
        const classOf = (line: string): number =>
          NOUN_CLASSES.findIndex((one) => NOUNS[one].some((noun) => noun === line.slice(-5, -3)));
        expect(classOf(upper)).toBeGreaterThanOrEqual(0);
        expect(classOf(upper)).toBe(classOf(lower));
        return form;
      });
      expect(forms[0]).not.toBe(forms[1]);
      expect(rhymeOf(lines[0][1])).toBeGreaterThanOrEqual(0);
      expect(rhymeOf(lines[0][1])).toBe(rhymeOf(lines[1][1]));
    }
  });

  it('couplets: every character of the lexicon has one tone, every word one class', () => {
    const nouns = NOUN_CLASSES.flatMap((name) => [...NOUNS[name]]);
    const openings = OPENING_CLASSES.flatMap((name) => [...OPENINGS[name]]);
    const singles = [...ACTIONS, ...NOUN_CLASSES.flatMap((name) => PREDICATES[name])];
    for (const word of [...nouns, ...openings]) expect(word).toHaveLength(2);
    for (const word of singles) expect(word).toHaveLength(1);
    expect(new Set([...nouns, ...openings]).size).toBe(nouns.length + openings.length);
    for (const character of [...nouns, ...openings, ...singles].join(''))
      expect(['平', '仄']).toContain(toneOf(character));
    expect(() => toneOf('國')).toThrow(RangeError);
    // Only level characters rhyme.
    const oblique = [...nouns, ...singles].filter((word) => toneOf(word.slice(-1)) === '仄');
    for (const word of oblique) expect(rhymeOf(word)).toBe(-1);
  });
});
