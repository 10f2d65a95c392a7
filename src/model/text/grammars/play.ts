/**
 * A play in blank verse. Every line scans (x / x / x / x / x /), for each gap takes words of one stress pattern; only who
 * has entered speaks, is spoken to or leaves, nobody speaks twice in a row, and nobody enters twice.
 */
import { choice, say, take } from './derivation';
import type { Choice, Derivation, Option, Tell } from './derivation';
import { sentence, templates } from './templates';
import type { Filled, Slots } from './templates';

const list = (words: string): string[] => words.split(', ');

/** Names of two syllables, the first one stressed. */
const CAST = list('Aldous, Corin, Dora, Emrys, Flora, Gaspar, Hesper, Oswin');

/** Names of gaps: part of speech, number of syllables; one-syllable words and first syllables are stressed, unless "late". */
const WORDS: Slots = {
  noun: list(
    'moon, night, heart, stone, rose, wind, flame, sword, crown, dream, grave, star, sea, bell, rain, tree, road, song, ' +
      'tear, ghost, bird, snow, dawn, leaf, hand, wave, ship, door, field, frost, voice, face, house, well, ring',
  ),
  noun2: list(
    'river, shadow, garden, lantern, mirror, morning, winter, summer, sorrow, castle, silence, window, candle, ' +
      'mountain, whisper, feather, stranger, sister, brother, mother, harvest, captain, thunder, blossom, valley, ' +
      'hunter, shepherd, letter, poet, daughter, beggar, swallow, bridle, cradle',
  ),
  adjective: list('cold, bright, long, dark, sweet, proud, pale, slow, faint, young, wild, still, deep, kind, soft'),
  adjective2: list(
    'silver, golden, gentle, bitter, weary, hollow, tender, hidden, quiet, broken, lonely, crimson, faithful, ' +
      'careless, burning, sleeping, secret, bashful, distant, patient',
  ),
  verb: list('holds, keeps, breaks, finds, calls, drowns, warms, leaves, haunts, hides, moves, knows, guards, feeds'),
  verbLate: list('forgets, betrays, consumes, awaits, forgives, denies, rewards, pursues, divides, foretells, obeys'),
  goes: list('sleeps, burns, waits, sings, falls, shines, drifts, weeps'),
  go: list('fall, rise, sleep, burn, weep, sing, fade, wake, break, shine, wait, drift, kneel'),
  command: list('keep, leave, find, guard, hold, mend, light, seek, hide, bless'),
  seen: list('seen, known, heard, loved, found, missed'),
  where: list('upon, beneath, beyond, within, beside, behind, before, above'),
  Where: list('Upon, Beneath, Beyond, Within, Beside, Behind, Before, Above'),
  when: list('when, if, though, while, since'),
};

/** Ten syllables each; the second, fourth, sixth, eighth and tenth are stressed. */
const LINES: readonly Option[] = [
  ['The {noun2} {verb} the {noun2} of the {noun}', 4],
  ['The {adjective2} {noun} {verbLate} the {adjective2} {noun}', 4],
  ['My {noun} is like a {noun2} in the {noun}', 3],
  ['And {when} the {noun} should {go} {where} the {noun}', 3],
  ['And so I {go}, {where} the {adjective2} {noun}', 3],
  ['O {adjective2} {noun}, be {adjective2} to my {noun}', 2],
  ['I saw a {adjective2} {noun2} in the {noun}', 3],
  ['I have a {noun} that {verb} the {adjective2} {noun}', 3],
  ['No {noun} {verbLate} the {noun2} of my {noun}', 3],
  ['So {adjective} a {noun} was never {seen} before', 2],
  ['What {noun2} {verb} a {noun} so {adjective2} now', 2],
  ['Then let the {noun2} {go}, and let me {go}', 2],
  ['For {noun} and {noun} and every {adjective2} {noun}', 3],
  ['{Where} the {noun2} {goes} a {adjective2} {noun}', 4],
  ['It is the {noun} that {verb} the {adjective2} {noun}', 2],
];

/** A line to somebody on the stage begins with one of these; their name follows. */
const CALLS = list('Good, Dear, Poor, Kind, Fair');
const CALL_LINES: readonly Option[] = [
  [', {command} the {noun2} of the {noun}', 3],
  [', {command} the {adjective} and {adjective2} {noun}', 2],
  [', the {noun2} {verb} the {noun}', 1],
];

const PLACES = list('garden, castle, chapel, forest, tavern, harbour, palace, graveyard, meadow, tower');
const TIMES = list('by night, at dawn, in winter, after the battle, in the rain, by candlelight, in spring');

const ON_STAGE = 4;
/** Speeches of a scene at least. */
const SPEECHES = 6;
const LONGEST_SPEECH = 6;

const withEvery = (options: readonly string[], before: string, after: string, weight: number): Option[] =>
  options.map((option) => [`${before}${option}${after}`, weight / options.length]);

export function* play(tell: Tell): Derivation<never> {
  const line = templates([['{call} ', 7], ...LINES], { ...WORDS, call: CALLS });
  const restOfCall = templates(CALL_LINES, WORDS);
  const place = choice(PLACES);
  const time = choice(TIMES);
  const goOn: readonly Option[] = [
    [',\n', 5],
    [';\n', 2],
    [':\n', 1],
  ];
  const stop: readonly Option[] = [
    ['.\n\n', 5],
    ['!\n\n', 1],
  ];
  const afterLine = choice([...goOn, ...stop]);
  const afterLastLine = choice(stop);

  function* speech(others: readonly string[]): Derivation {
    for (let lines = 1; ; lines++) {
      const filled: Filled = { call: '' };
      yield* sentence(line, filled);
      if (filled['call'] !== '') {
        yield* take(choice(others));
        yield* sentence(restOfCall, filled);
      }
      const ending = yield* take(lines < LONGEST_SPEECH ? afterLine : afterLastLine);
      if (ending.endsWith('\n\n')) return;
    }
  }

  /** What may happen when nobody speaks. */
  const events = (stage: readonly string[], last: string, speeches: number): Choice => {
    const away = CAST.filter((name) => !stage.includes(name));
    const speakers = stage.filter((name) => name !== last).map((name) => name.toUpperCase());
    return choice([
      ...withEvery(speakers, '', ':\n', 12),
      ...(stage.length < ON_STAGE ? withEvery(away, 'Enter ', '.\n\n', 2) : []),
      ...(stage.length > 2 ? withEvery(stage, 'Exit ', '.\n\n', 1) : []),
      ...(speeches >= SPEECHES ? [['Exeunt.\n\n', 2] as const] : []),
    ]);
  };

  tell({ speaker: 0 });
  for (;;) {
    yield* say('SCENE. A ');
    yield* take(place);
    yield* say(', ');
    yield* take(time);
    yield* say('.\n\nEnter ');
    const first = yield* take(choice(CAST));
    yield* say(' and ');
    const second = yield* take(choice(CAST.filter((name) => name !== first)));
    yield* say('.\n\n');

    const stage = [first, second];
    let last = '';
    for (let speeches = 0; ;) {
      const event = yield* take(events(stage, last, speeches));
      const name = CAST.find((one) => event.toLowerCase().includes(one.toLowerCase()));
      // Exeunt: all leave, and the scene ends.
      if (name === undefined) break;
      if (event.startsWith('Enter ')) stage.push(name);
      else if (event.startsWith('Exit ')) stage.splice(stage.indexOf(name), 1);
      else {
        tell({ speaker: 1 + CAST.indexOf(name) });
        yield* speech(stage.filter((one) => one !== name));
        tell({ speaker: 0 });
        last = name;
        speeches++;
      }
    }
  }
}
