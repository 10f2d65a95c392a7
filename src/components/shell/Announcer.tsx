/** The page's one live region. */
import { useEffect, useState } from 'react';
import { usePlayground } from '../../store';
import { useMessages, useNumbers } from '../messages';
import { announcementOf } from './announcements';

export const Announcer = () => {
  const words = useMessages();
  const numbers = useNumbers();
  const [said, setSaid] = useState('');
  useEffect(
    () =>
      usePlayground.subscribe((state, before) => {
        const announcement = announcementOf(before, state, words, numbers);
        if (announcement !== null) setSaid(announcement);
      }),
    [words, numbers],
  );
  return (
    <p className="visually-hidden" role="status" aria-live="polite">
      {said}
    </p>
  );
};
