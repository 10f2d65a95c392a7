/** The page's one live region. */
import { useEffect, useState } from 'react';
import { usePlayground } from '../../store';
import { useMessages, useNumbers } from '../messages';
import { announcementOf } from './announcements';

export const Announcer = () => {
  const words = useMessages();
  const numbers = useNumbers();
  /** In the words of one language: a sentence in another than the page's is not said. */
  const [said, setSaid] = useState({ words, text: '' });
  useEffect(
    () =>
      usePlayground.subscribe((state, before) => {
        const announcement = announcementOf(before, state, words, numbers);
        if (announcement !== null) setSaid({ words, text: announcement });
      }),
    [words, numbers],
  );
  return (
    <p className="visually-hidden" role="status" aria-live="polite">
      {said.words === words && said.text}
    </p>
  );
};
