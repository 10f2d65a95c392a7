/**
 * Prose about a harbour town with quoted speech. The mark that opens a quotation is the one that closes it, the stretches
 * between marks are long, and the words inside (first person, present, food and the sea) are not those outside (third
 * person, past, things and places): whether a quotation is open must be remembered.
 */
import { choice, take } from './derivation';
import type { Choice, Derivation, Option } from './derivation';
import { sentence, templates } from './templates';
import type { Echoes, Filled, Slots } from './templates';

const list = (words: string): string[] => words.split(', ');

const WOMEN = list('Anna, Clara, Edith, Flora, Hester, Judith, Mary, Nora, Olive, Ruth');
const MEN = list('Albert, Caspar, Daniel, Edwin, George, Henry, Jacob, Martin, Peter, Simon');

const OUTSIDE: Slots = {
  open: ['"'],
  name: [...WOMEN, ...MEN],
  place: list(
    'harbour, market, mill, church, bakery, orchard, schoolhouse, lighthouse, bridge, inn, quay, garden, station, ' +
      'forge, library, ferry, meadow, square, kitchen, attic, workshop, cellar, boathouse, warehouse',
  ),
  thing: list(
    'lamp, kettle, clock, boat, ladder, basket, letter, ribbon, candle, lantern, coat, bell, map, violin, bicycle, ' +
      'barrel, umbrella, wheel, chair, door, rope, net, stove, mirror, drum, teapot, carpet, trunk, broom, piano',
  ),
  adjective: list(
    'old, small, green, silent, broken, heavy, narrow, yellow, dusty, empty, painted, crooked, patient, wet, wooden, ' +
      'silver, forgotten, faded, bright, cold, warm, tall, black, polished',
  ),
  stayed: list('stood, lay, waited, leaned, rested, hung, gleamed, rattled, creaked, dripped, remained, trembled'),
  where: list(
    'by the window, under the stairs, behind the door, beside the fire, near the wall, on the table, in the corner, ' +
      'at the gate, in the rain, among the crates, above the stove, on the step, along the fence, under the bench',
  ),
  went: list('walked, hurried, wandered, ran, strolled, climbed, limped, marched, crept, rowed'),
  past: list('past, through, from, towards, around, across, beyond'),
  handled: list('carried, mended, counted, lifted, wrapped, dropped, hid, found, cleaned, borrowed, measured, fetched'),
  gesture: list('nodded, smiled, shrugged, sighed, laughed, frowned, yawned, coughed, blinked, shivered, bowed'),
  turn: list(
    'turned away, sat down, closed the door, put out the lamp, went on working, looked at the floor, lit a pipe, ' +
      'folded the letter, pulled on a coat, listened for a while',
  ),
  time: list(
    'At noon, In the evening, Before dawn, After supper, All morning, Late that night, On Sunday, Towards midnight, ' +
      'By then, Once more, For an hour, At last, That winter, In the autumn, A little later',
  ),
  weather: list(
    'fog, rain, snow, wind, frost, mist, moonlight, twilight, sunlight, smoke, silence, dusk, heat, darkness',
  ),
  moved: list('drifted, settled, rolled, slid, fell, spread, came, sank, lingered, poured, passed, rose'),
  over: list('over, across, above, behind, around, along, into, upon'),
  noticed: list('remembered, noticed, mentioned, wanted, missed, touched, trusted, understood'),
  animal: list('gull, dog, horse, goose, donkey, cat, sparrow, heron, fox, blackbird, rooster, crow'),
  called: list('called, stirred, waited, answered, grumbled, shuffled, whistled, slept, listened'),
  done: list('sold, lost, hidden, broken, repaired, forgotten, buried, painted, stolen, hung up, taken down'),
  felt: list('looked, seemed, felt'),
  how: list('pleased, ashamed, hungry, sleepy, restless, calm, certain, lonely, older, proud, uneasy, cheerful'),
  dirt: list('dust, salt, paint, rust, flour, ink, sand, wax, moss, soot'),
};

const NARRATION: readonly Option[] = [
  ['{open}', 17],
  ['The {adjective} {thing} {stayed} {where}.', 6],
  ['The {weather} {moved} {over} the {place}.', 4],
  ['{name} {went} {past} the {place}.', 3],
  ['{name} {went} {past} the {place} with the {adjective} {thing}.', 2],
  ['{name} {handled} the {thing} and {turn}.', 4],
  ['{name} {handled} the {thing} {where}.', 3],
  ['{name} {gesture} and {turn}.', 4],
  ['{name} had {done} the {thing}, and now {@he} {felt} {how}.', 4],
  ['{time} the {weather} {moved} {over} the {place}.', 4],
  ['{time} {name} {went} {past} the {place}.', 3],
  ['{time} {name} {handled} the {adjective} {thing}.', 3],
  ['Nobody {noticed} the {adjective} {thing} {where}.', 3],
  ['Nobody in the {place} {noticed} the {thing}.', 2],
  ['Somewhere {past} the {place} a {animal} {called}.', 3],
  ['There was {dirt} on the {thing} and a {animal} in the {place}.', 2],
];

const INSIDE: Slots = {
  question: ['?'],
  always: list('always, never, often, still, really, hardly'),
  like: list('like, need, miss, remember, cook, bring home, dream of, talk about, believe in'),
  food: list(
    'bread, butter, honey, soup, fish, cheese, apples, coffee, plums, onions, pepper, cake, porridge, oysters, ' +
      'pancakes, sugar, herring, walnuts, pears, marmalade',
  ),
  some: list('some, more, a little, plenty of, enough, fresh, a lot of, warm'),
  must: list('must, should, can, will, may, would'),
  give: list('give me, bring, eat, buy, share, ask for, send for, promise, keep, save'),
  when: list(
    'today, tonight, tomorrow, on Friday, when the tide turns, before the storm, every spring, after the wedding, ' +
      'as soon as I can, while we are young, in a month or two',
  ),
  kin: list(
    'mother, uncle, sister, grandson, captain, cousin, neighbour, husband, wife, doctor, daughter, aunt, friend, ' +
      'landlord, teacher',
  ),
  says: list('says, thinks, knows, hopes, swears, writes, believes'),
  state: list(
    'happy, ill, afraid, brave, rich, clever, thirsty, free, late, honest, foolish, in love, at sea, lucky, far away, ' +
      'ready',
  ),
  ship: list('ship, steamer, schooner, pilot, whale, fleet, current, storm, tide, compass'),
  sails: list('sails south, comes back, turns north, waits for us, sinks, leaves us, carries us home, frightens me'),
  please: list('Come with me, Sit here, Listen to me, Wait for us, Think of me, Sing to us, Help me, Forgive us'),
};

const SPEECH: readonly Option[] = [
  ['I {always} {like} {some} {food}', 5],
  ['I am {state}', 3],
  ['I am not {state}, but my {kin} is {state}', 3],
  ['We {must} {give} {some} {food} {when}', 5],
  ['You {must} {give} {food} and {food}', 3],
  ['You {always} {like} my {kin}', 2],
  ['My {kin} {says} that the {ship} {sails}', 5],
  ['My {kin} is {state} {when}', 4],
  ['They say the {ship} {sails} {when}', 4],
  ['If the {ship} {sails}, we {must} {give} {food}', 4],
  ['{please}, for I am {state}', 3],
  ['{please} {when}', 2],
  ['Perhaps it is better to be {state} than {state}', 2],
  ['Will you {give} {some} {food} {when}{question}', 3],
  ['Are you {state}{question}', 2],
  ['Is my {kin} {state}{question}', 2],
  ['Do you {like} {food} or {food}{question}', 2],
  ['Where are the {food} and the {food}{question}', 1],
];

const TAG_WORDS: Slots = {
  name: OUTSIDE['name'],
  said: list('said, whispered, answered, cried, called, replied, murmured, shouted, insisted, repeated, muttered'),
  asked: list('asked, wondered'),
  softly: list('softly, at once, again, in a low voice, without a smile, to nobody in particular, slowly, very gently'),
  gesture: OUTSIDE['gesture'],
  turn: OUTSIDE['turn'],
};

const tags = (verb: 'said' | 'asked') =>
  templates(
    [
      [`{${verb}} {name}.`, 6],
      [`{${verb}} {name} {softly}.`, 3],
      [`{${verb}} {name}, and {@he} {turn}.`, 3],
    ],
    TAG_WORDS,
  );

const LONGEST_SPEECH = 5;

/** How a spoken sentence goes over into what follows: another one, "said somebody", or the end of the paragraph. */
const endings = (more: string, tag: string, close: string): { readonly open: Choice; readonly full: Choice } => {
  const closing: Option[] = [
    [tag, 4],
    [close, 1],
  ];
  return { open: choice([[more, 7], ...closing]), full: choice(closing) };
};

export function* quotes(): Derivation<never> {
  const narration = templates(NARRATION, OUTSIDE);
  const speech = templates(SPEECH, INSIDE);
  const statementTag = tags('said');
  const questionTag = tags('asked');
  const afterStatement = endings('. ', '," ', '."\n');
  // The question mark is part of the sentence.
  const afterQuestion = endings(' ', '" ', '"\n');
  const goOn = choice([
    [' ', 2],
    ['\n', 1],
  ]);
  const echoes: Echoes = { he: ({ name }) => (WOMEN.includes(name) ? 'she' : 'he') };

  const filled: Filled = {};
  for (;;) {
    filled['open'] = '';
    yield* sentence(narration, filled, echoes);
    if (filled['open'] === '"') {
      let spoken = 0;
      let ending: string;
      let isQuestion: boolean;
      do {
        filled['question'] = '';
        yield* sentence(speech, filled);
        spoken++;
        isQuestion = filled['question'] === '?';
        const after = isQuestion ? afterQuestion : afterStatement;
        ending = yield* take(spoken < LONGEST_SPEECH ? after.open : after.full);
      } while (!ending.includes('"'));
      if (ending.endsWith('\n')) continue;
      yield* sentence(isQuestion ? questionTag : statementTag, filled, echoes);
    }
    yield* take(goOn);
  }
}
