/** Facts of a text for tests to which it does not matter which. */
import type { TextFacts } from '../../src/model/text/types';

export const FACTS: TextFacts = {
  hash: '0123456789abcdef',
  characters: 1000,
  bytes: 1000,
  distinct: 20,
  frequent: [],
  encoding: 'utf-8',
  byteOrderMark: false,
  newlinesChanged: 0,
  replaced: 0,
  cutOff: false,
  nulsRemoved: 0,
  beginning: 'The',
};
