/** The page's live regions: what happens to it and to its run, and what the network has written. */
import { useEffect, useRef, useState } from 'react';
import { samplesOf, usePlayground } from '../../store';
import { useMessages, useNumbers } from '../messages';
import { announcementOf, sampleAnnouncement } from './announcements';

/** Milliseconds from a sample that is told of to the next one that nobody has asked for. */
const REST = 60_000;

export const Announcer = () => {
  const words = useMessages();
  const numbers = useNumbers();
  /** In the words of one language: a sentence in another than the page's is not said. */
  const [said, setSaid] = useState({ words, text: '' });
  const [written, setWritten] = useState({ words, text: '' });
  const lastWritten = useRef(-Infinity);
  useEffect(
    () =>
      usePlayground.subscribe((state, before) => {
        const announcement = announcementOf(before, state, words, numbers);
        if (announcement !== null) setSaid({ words, text: announcement });
        const sample = sampleAnnouncement(before, state, words, numbers);
        if (sample === null) return;
        const now = performance.now();
        if (samplesOf(state).at(-1)?.asked === false && now - lastWritten.current < REST) return;
        lastWritten.current = now;
        setWritten({ words, text: sample });
      }),
    [words, numbers],
  );
  return (
    <>
      <p className="visually-hidden" role="status" aria-live="polite">
        {said.words === words && said.text}
      </p>
      {/* Apart from the first, so that neither takes the other's words away. */}
      <p className="visually-hidden" role="status" aria-live="polite">
        {written.words === words && written.text}
      </p>
    </>
  );
};
