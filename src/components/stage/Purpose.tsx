/** What the page is, and what to look for in the network that reads this text. */
import type { ReactElement } from 'react';
import { SETTINGS } from '../../model/settings';
import { differsFromOwn, OWN_TEXT, usePlayground } from '../../store';
import { useMessages } from '../messages';
import { shownCell } from '../score/frame';

export const Purpose = (): ReactElement => {
  const { stage, corpus, controls } = useMessages();
  const { purpose: words } = stage;
  const language = usePlayground((state) => state.language);
  const cell = usePlayground(shownCell);
  const isOwn = usePlayground((state) => state.settings.corpus === OWN_TEXT);
  const entry = usePlayground((state) => state.catalogue.find(({ id }) => id === state.settings.corpus));
  const differs = usePlayground(differsFromOwn);
  const promised = entry && differs && entry.promises.length > 0 ? controls.gap + corpus.promisedWithOwn : '';
  // Of a corpus nothing is said before the catalogue has told what.
  const look = isOwn ? words.own(cell.carried) : entry && entry.look[language] + promised;
  // What is said of a generated text is so with the cell that it was tried with.
  const isOther = entry?.kind === 'generated' && cell.name !== SETTINGS.cell.default;
  return (
    <p className="purpose">
      {words.does(cell.name)}
      {look !== undefined && (
        <>
          {controls.gap}
          <b>{isOther ? words.lookForInLstm : words.lookFor}</b>
          {controls.gap}
          {look}
        </>
      )}
    </p>
  );
};
