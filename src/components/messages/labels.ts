/** What units may follow, in words. */
import type { LabelName } from '../../model/text/labels';

/** Of each label; of kinds, which one. */
type LabelWords = Readonly<Record<LabelName, (kind: number | null) => string>>;

const en: LabelWords = {
  capitals: () => 'capitals on',
  traditional: () => 'traditional characters',
  quoted: () => 'inside quotation marks',
  depth: () => 'depth of nesting',
  line: (kind) => `line of kind ${String((kind ?? 0) + 1)}`,
  speaker: (kind) => (kind === 0 ? 'nobody speaks' : `speaker ${String(kind)}`),
  word: () => 'inside a word',
  place: () => 'place in the word or number',
  bracketed: () => 'inside brackets',
  upper: () => 'capital letter',
  numeral: () => 'digit',
  column: () => 'place in the line',
};

const zh: LabelWords = {
  capitals: () => '大写已打开',
  traditional: () => '繁体',
  quoted: () => '引号之内',
  depth: () => '嵌套深度',
  line: (kind) => `第 ${String((kind ?? 0) + 1)} 种行`,
  speaker: (kind) => (kind === 0 ? '无人说话' : `第 ${String(kind)} 个说话者`),
  word: () => '词之内',
  place: () => '在词或数中的位置',
  bracketed: () => '括号之内',
  upper: () => '大写字母',
  numeral: () => '数字',
  column: () => '在行中的位置',
};

export const labelWords = { en, zh };
