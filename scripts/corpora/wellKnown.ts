/** Well-known texts in the public domain: where they live, what is done to them, and what must come out. */
import * as v from 'valibot';
import type { Bilingual } from '../../src/model/text/types';

export interface WellKnown {
  readonly id: string;
  /** Path in a folder that `--from` names. */
  readonly file: string;
  /** SHA-256 of the text as it is stored. */
  readonly sha256: string;
  readonly language: string;
  readonly title: Bilingual;
  readonly look: Bilingual;
  /** Where the text is from, shown on the page. */
  readonly made: Bilingual;
  /** Null where it can only be taken from a folder. */
  readonly download: { readonly url: string; readonly prepare: (bytes: Uint8Array) => string } | null;
}

const bilingual = (en: string, zh: string): Bilingual => ({ en, zh });

const atCommit = (repository: string, commit: string, path: string): string =>
  `https://raw.githubusercontent.com/${repository}/${commit}/${path}`;

const decoded = (bytes: Uint8Array, encoding: 'utf-8' | 'latin1'): string =>
  Buffer.from(bytes)
    .toString(encoding)
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n');

const asItIs = (bytes: Uint8Array): string => decoded(bytes, 'utf-8');

/** One newline at the end. */
const trimmed = (bytes: Uint8Array): string => `${asItIs(bytes).replace(/\n+$/, '')}\n`;

/** The work alone, from the line `first` on: without what Project Gutenberg put around it. */
const workFrom =
  (first: string) =>
  (bytes: Uint8Array): string => {
    const text = decoded(bytes, 'latin1')
      .replace(/[ \t]+$/gm, '')
      .replace(/\n{4,}/g, '\n\n\n');
    const start = text.indexOf(`\n${first}\n`, text.indexOf('*** START OF')) + 1;
    const end = /\n+End of (?:the )?Project Gutenberg/.exec(text);
    return start > 0 && end ? `${text.slice(start, end.index)}\n` : text;
  };

const poems = v.object({
  content: v.array(
    v.object({
      content: v.array(v.object({ chapter: v.string(), author: v.string(), paragraphs: v.array(v.string()) })),
    }),
  ),
});

/** Title, author, lines and a blank line for each poem, without the notes on variants in brackets. */
const poemsOf = (bytes: Uint8Array): string => {
  const { content } = v.parse(poems, JSON.parse(asItIs(bytes)));
  const all = content.flatMap((part) => part.content);
  return all
    .map(({ chapter, author, paragraphs }) => `${[chapter, author, ...paragraphs].join('\n')}\n`)
    .join('\n')
    .replace(/[(（][^)）]*[)）]/g, '')
    .replace(/ +$/gm, '');
};

const FACTS = bilingual('A list of facts; added to this copy.', '事实名录；已加入本副本。');
const PUBLIC_DOMAIN = bilingual('Public domain; added to this copy.', '公有领域；已加入本副本。');
const DIALOGUE = bilingual(
  'Look for a unit that is on inside quotation marks and for one that counts towards the end of the line.',
  '找在引号内开启的单元，以及数到行尾的单元。',
);
const CHARACTERS_A_LINE = bilingual('Look for units that count the characters of a line.', '找数每句字数的单元。');
const END_OF_NAME = bilingual('One name a line: see how its end is foretold.', '每行一个名称：看结尾如何被预示。');

export const WELL_KNOWN: readonly WellKnown[] = [
  {
    id: 'tiny-shakespeare',
    file: 'text/tiny-shakespeare.txt',
    sha256: '86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed',
    language: 'en',
    title: bilingual('Tiny Shakespeare', '莎士比亚选段（Tiny Shakespeare）'),
    made: PUBLIC_DOMAIN,
    look: bilingual(
      'Speakers in capitals and a colon, then verse: which units tell a name from a line?',
      '大写人名加冒号，然后是诗行：哪些单元区分人名与诗句？',
    ),
    download: {
      url: atCommit('karpathy/char-rnn', '6f9487a6fe5b420b7ca9afb0d7c078e37c1d1b4e', 'data/tinyshakespeare/input.txt'),
      prepare: asItIs,
    },
  },
  {
    id: 'war-and-peace',
    file: 'text/war-and-peace.txt',
    sha256: '2f4885a73244ab9204a7a031f3d009aece5205f8caa9603c157957cda586f0fd',
    language: 'en',
    title: bilingual('War and Peace (Tolstoy)', '《战争与和平》（托尔斯泰，英译）'),
    made: PUBLIC_DOMAIN,
    look: DIALOGUE,
    download: {
      url: atCommit('ThingsOfBeam/Corpus', '9aad26592097f5ac852cb11b60bf250f01a39fca', 'warpeace_input.txt'),
      prepare: trimmed,
    },
  },
  {
    id: 'alice',
    file: 'text/alice-in-wonderland.txt',
    sha256: 'aa386ea5dafc3ec12a4adc0135769c49c113b5c4c62bde72263c1dc6c7c36193',
    language: 'en',
    title: bilingual("Alice's Adventures in Wonderland (Carroll)", '《爱丽丝漫游奇境》（卡罗尔，英文）'),
    made: PUBLIC_DOMAIN,
    look: DIALOGUE,
    download: {
      url: atCommit(
        'GITenberg/Alice-s-Adventures-in-Wonderland_11',
        '7f18748e114b994d5d9454d5793581bc0b9cf9d7',
        '11.txt',
      ),
      prepare: workFrom("ALICE'S ADVENTURES IN WONDERLAND"),
    },
  },
  {
    id: 'sherlock-holmes',
    file: 'text/sherlock-holmes.txt',
    sha256: '974510f0fd69b2551f9a408b0af631445f86c11dd366bbeb898cf5353ac22287',
    language: 'en',
    title: bilingual('The Adventures of Sherlock Holmes (Doyle)', '《福尔摩斯历险记》（柯南·道尔，英文）'),
    made: PUBLIC_DOMAIN,
    look: DIALOGUE,
    download: {
      url: atCommit(
        'GITenberg/The-Adventures-of-Sherlock-Holmes_1661',
        '7e5dd2703fbf503c004063e96ab7c61262375e5f',
        '1661-8.txt',
      ),
      prepare: workFrom('THE ADVENTURES OF SHERLOCK HOLMES'),
    },
  },
  {
    id: 'mother-goose',
    file: 'text/mother-goose.txt',
    sha256: 'f5dbc887a22828d4da30ed121e88892e561dcea2b195a34679b79f3d82c109aa',
    language: 'en',
    title: bilingual('The Real Mother Goose (nursery rhymes)', '《鹅妈妈童谣》（英文）'),
    made: PUBLIC_DOMAIN,
    look: bilingual(
      'Short rhymed lines: which units know that one is about to end?',
      '押韵短行：哪些单元知道行将结束？',
    ),
    download: {
      url: atCommit('GITenberg/The-Real-Mother-Goose_10607', '3048fd152d0c07a1f2979c6aa6e076dcb56a68e3', '10607.txt'),
      prepare: workFrom('      THE REAL'),
    },
  },
  {
    id: 'baby-names',
    file: 'names/english-baby-names.txt',
    sha256: '816d2a728695db28a20e17eae61c9c423091a511b3df09a06a489dccbf0876c7',
    language: 'en',
    title: bilingual('First names (makemore)', '英文名字（makemore）'),
    made: FACTS,
    look: END_OF_NAME,
    download: {
      url: atCommit('karpathy/makemore', '988aa59e4d8fefa526d06f3b453ad116258398d4', 'names.txt'),
      prepare: trimmed,
    },
  },
  {
    id: 'dinosaurs',
    file: 'names/dinosaurs.txt',
    sha256: 'abb688dd13a3b9293df8be96c509a89f1e2b9a2d50ca7b2a9d5aee0f357b952a',
    language: 'en',
    title: bilingual('Names of dinosaurs', '恐龙名称'),
    made: FACTS,
    look: END_OF_NAME,
    download: {
      url: atCommit('junosuarez/dinosaurs', 'c1b154466679d2d8ad3b6e9330c97093d75be801', 'dinosaurs.csv'),
      prepare: trimmed,
    },
  },
  {
    id: 'tang-300',
    file: 'zh/tang-300.simplified.txt',
    sha256: '09723bfe3979ec8ca3661c1e1157047cf01d5b02cc2f03e6638d94c0d0324bf9',
    language: 'zh-Hans',
    title: bilingual('Three Hundred Tang Poems', '唐诗三百首'),
    made: PUBLIC_DOMAIN,
    look: CHARACTERS_A_LINE,
    download: null,
  },
  {
    id: 'tang-300-traditional',
    file: 'zh/tang-300.traditional.txt',
    sha256: '74ae92afd902b7e085af3e70824f1921e1b33eb324e9224601d2b82fbe654ad3',
    language: 'zh-Hant',
    title: bilingual('Three Hundred Tang Poems, traditional characters', '唐詩三百首（繁体）'),
    made: PUBLIC_DOMAIN,
    look: CHARACTERS_A_LINE,
    download: {
      url: atCommit(
        'chinese-poetry/chinese-poetry',
        '99ebbef7e1345c0985c44b9fd96a3f9e776f117b',
        encodeURI('蒙学/tangshisanbaishou.json'),
      ),
      prepare: poemsOf,
    },
  },
  {
    id: 'tang-jueju',
    file: 'zh/tang-jueju-common.simplified.txt',
    sha256: 'e987e55adba6689dabf9fa641b2061c463a95d2c36ec242f89428c1019223e4d',
    language: 'zh-Hans',
    title: bilingual('Tang quatrains in frequent characters', '唐人绝句（常用字）'),
    made: PUBLIC_DOMAIN,
    look: CHARACTERS_A_LINE,
    download: null,
  },
  {
    id: 'sanguo-yanyi',
    file: 'zh/sanguo-yanyi.simplified.txt',
    sha256: '1fc86104029828f58971295b831891c901881372588fab29c55c7c7c59a9447a',
    language: 'zh-Hans',
    title: bilingual('Romance of the Three Kingdoms', '三国演义'),
    made: PUBLIC_DOMAIN,
    look: DIALOGUE,
    download: null,
  },
  {
    id: 'hongloumeng',
    file: 'zh/hongloumeng-1-40.simplified.txt',
    sha256: '1be370930a79d556484790eeec04b41cd00f23775062784abb400ef7d2cdd33d',
    language: 'zh-Hans',
    title: bilingual('Dream of the Red Chamber, chapters 1-40', '红楼梦（前四十回）'),
    made: PUBLIC_DOMAIN,
    look: DIALOGUE,
    download: null,
  },
  {
    id: 'lunyu',
    file: 'zh/lunyu.simplified.txt',
    sha256: 'a69fcde202fb2db50d8424c03160f00a8a4506b4f7a4a7dba89ffa3e5f2d0ad9',
    language: 'zh-Hans',
    title: bilingual('The Analects', '论语'),
    made: PUBLIC_DOMAIN,
    look: DIALOGUE,
    download: null,
  },
  {
    id: 'daodejing',
    file: 'zh/daodejing.simplified.txt',
    sha256: '5974242f7f83a3c3b9edf925b3996322d6f87dd75a9c1b14f1b684a79987f33e',
    language: 'zh-Hans',
    title: bilingual('Tao Te Ching', '道德经'),
    made: PUBLIC_DOMAIN,
    look: bilingual('Parallel clauses: which units expect the second one?', '排比对偶：哪些单元在等后半句？'),
    download: null,
  },
];
