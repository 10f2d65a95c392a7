/** What is said of saved runs, which is no part of the first download. */
import { useEffect, useState } from 'react';
import { quotation } from '../../model/text/display';
import { ownSettings, usePlayground, type PlaygroundState } from '../../store';
import { corpusTitle } from '../corpus/titles';
import { useMessages, useNumbers } from '../messages';
import { engineName, failureText } from '../messages/failures';
import { loadKeeping } from '../parts';
import { Notice, Way } from '../shell/Notice';
import { useValueText } from '../shell/useValueText';
import { saveBlob } from '../stage/save';
import type { Page } from './page';
import type * as KeepingPart from './savedRuns';
import './Kept.css';

/** Milliseconds after the first run is there: it is not to wait for anything else. */
const REST = 2000;

/** Whether there is something to say at once. */
const isUrgent = ({ keeping, opened, offered, returned }: PlaygroundState): boolean =>
  keeping !== null || opened !== null || offered !== null || returned !== null;

const usePart = (): typeof KeepingPart | null => {
  const [part, setPart] = useState<typeof KeepingPart | null>(null);
  const urgent = usePlayground(isUrgent);
  const runId = usePlayground((state) => state.shown);
  const { tellProblem } = usePlayground((state) => state.actions);
  useEffect(() => {
    // What did not come is asked for again by the next run.
    if (!urgent && runId === null) return;
    const timer = setTimeout(
      () => {
        loadKeeping().then(setPart, tellProblem);
      },
      urgent ? 0 : REST,
    );
    return () => {
      clearTimeout(timer);
    };
  }, [urgent, runId, tellProblem]);
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
    Notice,
    Way,
  };
};

/** Its place is there before it is. */
export const KeptLine = () => {
  const part = usePart();
  const page = usePage();
  return <div className="kept">{part && <part.Kept page={page} />}</div>;
};

export const SavedRunNotices = () => {
  const part = usePart();
  const page = usePage();
  return part && <part.SavedNotices page={page} />;
};
