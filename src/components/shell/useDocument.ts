/** What the document itself says of the page: its language, its title and its theme. */
import { useLayoutEffect } from 'react';
import { usePlayground } from '../../store';
import { useMessages } from '../messages';
import { LOCALES } from '../messages/numbers';

export const useDocument = (): void => {
  const { controls } = useMessages();
  const language = usePlayground((state) => state.language);
  const theme = usePlayground((state) => state.theme);

  useLayoutEffect(() => {
    document.documentElement.lang = language === 'zh' ? LOCALES.zh : 'en';
    document.title = controls.title;
  }, [language, controls]);

  useLayoutEffect(() => {
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    const apply = () => {
      const dark = theme === 'system' ? system.matches : theme === 'dark';
      document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
    };
    apply();
    system.addEventListener('change', apply);
    return () => {
      system.removeEventListener('change', apply);
    };
  }, [theme]);
};
