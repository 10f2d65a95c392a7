/** Fetches words that do not come with the page. */
import type { Language } from '../../store';
import { loadChinese } from '../parts';
import { addMessages, isThere } from '.';

/**
 * The words of a language are there once this resolves.
 * @throws FailureError `part-unreachable`
 */
export const loadMessages = async (language: Language): Promise<void> => {
  if (!isThere(language)) addMessages(language, (await loadChinese()).zh);
};
