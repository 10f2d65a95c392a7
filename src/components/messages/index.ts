/** Every word of the page: one typed catalogue for each language; a missing text does not compile. */
import { usePlayground, type Language } from '../../store';
import * as controls from './controls';
import * as corpus from './corpus';
import * as failures from './failures';
import { numbersOf, type Numbers } from './numbers';
import * as notices from './notices';
import * as settings from './settings';
import * as stage from './stage';

const en = {
  controls: controls.en,
  corpus: corpus.en,
  failures: failures.en,
  notices: notices.en,
  settings: settings.en,
  stage: stage.en,
};
export type Messages = typeof en;

/** Languages whose words are there. English comes with the page. */
const there = new Map<Language, Messages>([['en', en]]);

export const isThere = (language: Language): boolean => there.has(language);

export const addMessages = (language: Language, messages: Messages): void => {
  there.set(language, messages);
};

/** The words of a language; English ones while its own are not there. */
export const messagesOf = (language: Language): Messages => there.get(language) ?? en;

/** The words in the page's language. */
export const useMessages = (): Messages => messagesOf(usePlayground((state) => state.language));

/** How that language writes numbers. */
export const useNumbers = (): Numbers => numbersOf(usePlayground((state) => state.language));
