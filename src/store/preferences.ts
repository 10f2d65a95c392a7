/** What a reader chose about the page itself, remembered from visit to visit where the browser lets it. */
import type { Language, Theme } from './state';

export interface Preferences {
  readonly language: Language;
  readonly theme: Theme;
  readonly shortcuts: boolean;
}

/** The part of Storage that is used; any call may throw (storage switched off, full, or a sandboxed frame). */
export type Shelf = Pick<Storage, 'getItem' | 'setItem'>;

const KEY = 'lstm-playground';

/** The first of the browser's languages that the page has. */
export const preferredLanguage = (languages: readonly string[]): Language => {
  for (const tag of languages) {
    if (/^zh\b/i.test(tag)) return 'zh';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'en';
};

const stored = (shelf: Shelf | null): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(shelf?.getItem(KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};

/** What was stored, where it is valid; else what the browser prefers. */
export const readPreferences = (shelf: Shelf | null, languages: readonly string[]): Preferences => {
  const { language, theme, shortcuts } = stored(shelf) as Partial<Record<keyof Preferences, unknown>>;
  return {
    language: language === 'en' || language === 'zh' ? language : preferredLanguage(languages),
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    shortcuts: shortcuts !== false,
  };
};

/** Stores only what the reader chose; the rest keeps following the browser. */
export const writePreference = (shelf: Shelf | null, chosen: Partial<Preferences>): void => {
  try {
    shelf?.setItem(KEY, JSON.stringify({ ...stored(shelf), ...chosen }));
  } catch {
    // Nothing is lost but the memory of it.
  }
};
