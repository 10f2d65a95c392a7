/** What the document itself says of the page: its language, its title and its theme. */
import { useLayoutEffect } from 'react';
import { usePlayground } from '../../store';
import { followMedia } from '../media';
import { useMessages } from '../messages';
import { LOCALES } from '../messages/numbers';
import { forgetPalette } from '../stage/palette';

export const useDocument = (): void => {
  const { controls } = useMessages();
  const language = usePlayground((state) => state.language);
  const theme = usePlayground((state) => state.theme);

  useLayoutEffect(() => {
    document.documentElement.lang = language === 'zh' ? LOCALES.zh : 'en';
    document.title = controls.title;
    forgetPalette();
  }, [language, controls]);

  useLayoutEffect(() => {
    return followMedia('(prefers-color-scheme: dark)', (isSystemDark) => {
      const dark = theme === 'system' ? isSystemDark : theme === 'dark';
      document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
      forgetPalette();
    });
  }, [theme]);
};
