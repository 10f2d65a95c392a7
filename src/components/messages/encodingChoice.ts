/** The words of the choice of an encoding, in both languages: apart from the others, since they are loaded with it. */
import type { EncodingGroup } from '../../model/text/types';
import type { Language } from '../../store';

const en = {
  failedEncoding: 'Read the failed file as',
  readAs: 'Read it as',
  readings: 'Ways to read the file',
  otherEncoding: 'None of them? Choose another encoding:',
  groups: {
    unicode: 'Unicode',
    western: 'Western European',
    chinese: 'Chinese',
    japanese: 'Japanese',
    korean: 'Korean',
    centralEuropean: 'Central European',
    baltic: 'Baltic',
    nordic: 'Nordic',
    cyrillic: 'Cyrillic',
    greek: 'Greek',
    turkish: 'Turkish',
    hebrew: 'Hebrew',
    arabic: 'Arabic',
    thai: 'Thai',
    vietnamese: 'Vietnamese',
  } satisfies Record<EncodingGroup, string>,
};

const zh: typeof en = {
  failedEncoding: '未能读取的文件的编码',
  readAs: '按此编码读取',
  readings: '读取此文件的几种方式',
  otherEncoding: '都不对？请选择其他编码：',
  groups: {
    unicode: 'Unicode',
    western: '西欧',
    chinese: '中文',
    japanese: '日文',
    korean: '韩文',
    centralEuropean: '中欧',
    baltic: '波罗的海',
    nordic: '北欧',
    cyrillic: '西里尔文',
    greek: '希腊文',
    turkish: '土耳其文',
    hebrew: '希伯来文',
    arabic: '阿拉伯文',
    thai: '泰文',
    vietnamese: '越南文',
  },
};

export const ENCODING_CHOICE: Readonly<Record<Language, typeof en>> = { en, zh };
