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

const zh: Messages = {
  controls: controls.zh,
  corpus: corpus.zh,
  failures: failures.zh,
  notices: notices.zh,
  settings: settings.zh,
  stage: stage.zh,
};

export const MESSAGES: Readonly<Record<Language, Messages>> = { en, zh };

/** The words in the page's language. */
export const useMessages = (): Messages => MESSAGES[usePlayground((state) => state.language)];

/** How that language writes numbers. */
export const useNumbers = (): Numbers => numbersOf(usePlayground((state) => state.language));
