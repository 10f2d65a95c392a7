/** What is said now and then, which is no part of the first download. */
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { quotation } from '../../model/text/display';
import { ownSettings, usePlayground, type PlaygroundState } from '../../store';
import { corpusTitle } from '../corpus/titles';
import { useMessages, useNumbers } from '../messages';
import { engineName, failureText } from '../messages/failures';
import type * as Late from '../late';
import { loadLate } from '../parts';
import { Notice, Way } from '../shell/Notice';
import { useValueText } from '../shell/useValueText';
import { saveBlob } from '../stage/save';
import type { Page } from './page';
import './Kept.css';

/** Milliseconds after the first run is there: it is not to wait for anything else. */
const REST = 2000;

/** Whether there is something to say at once. */
const isUrgent = ({ keeping, opened, offered, returned, linkAge, corrections }: PlaygroundState): boolean =>
  [keeping, opened, offered, returned, linkAge].some((told) => told !== null) || corrections.length > 0;

/** @param calls how often it was called for by the reader */
const usePart = (calls = 0): typeof Late | null => {
  const [part, setPart] = useState<typeof Late | null>(null);
  const urgent = usePlayground(isUrgent) || calls > 0;
  const runId = usePlayground((state) => state.shown);
  const { tellProblem } = usePlayground((state) => state.actions);
  useEffect(() => {
    // What did not come is asked for again by the next run.
    if (!urgent && runId === null) return;
    const timer = setTimeout(
      () => {
        loadLate().then(setPart, tellProblem);
      },
      urgent ? 0 : REST,
    );
    return () => {
      clearTimeout(timer);
    };
  }, [urgent, runId, calls, tellProblem]);
  return part;
};

const usePage = (): Page => {
  const words = useMessages();
  const numbers = useNumbers();
  const valueText = useValueText();
  const catalogue = usePlayground((state) => state.catalogue);
  const language = usePlayground((state) => state.language);
  return {
    words,
    numbers,
    failureText,
    engineName,
    quotation,
    corpusTitle: (id) => corpusTitle(catalogue, id, language),
    ownSettings: (corpus) => ownSettings(catalogue, corpus),
    valueText,
    saveBlob,
    CloseSign: X,
    Notice,
    Way,
  };
};

/** Its place is there before it is. */
export const KeptLine = () => {
  const part = usePart();
  const page = usePage();
  return (
    <>
      {part && <part.TaskResult page={page} />}
      <div className="kept">{part && <part.Kept page={page} />}</div>
    </>
  );
};

/** Under the curve. */
export const LookBackPlace = () => {
  const part = usePart();
  const page = usePage();
  return <div className="look-back-place">{part && <part.LookBack page={page} />}</div>;
};

/** In the settings. */
export const EngineTablePlace = () => {
  const part = usePart();
  const page = usePage();
  return part && <part.EngineTable page={page} />;
};

/** At the score. */
export const PastTagPlace = () => {
  const part = usePart();
  const page = usePage();
  return part && <part.PastTag page={page} />;
};

export const LateNotices = () => {
  const part = usePart();
  const page = usePage();
  return (
    part && (
      <>
        <part.SavedNotices page={page} />
        <part.FasterEngine page={page} />
        <part.Corrections page={page} />
        <part.LinkAge page={page} />
      </>
    )
  );
};

/** Opens each time that `calls`, how often it was called for, has grown. */
export const Help = ({ calls }: { readonly calls: number }) => {
  const part = usePart(calls);
  const page = usePage();
  return part && calls > 0 && <part.HelpDialog page={page} calls={calls} />;
};
