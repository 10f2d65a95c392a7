/** Slow motion: one training step in its parts. What draws it is no part of the first download. */
import { useEffect, useMemo, useState, type ReactElement } from 'react';
import { displayCharacter } from '../../model/text/display';
import { usePlayground, useRun } from '../../store';
import type * as Figures from '../figures';
import { useMessages, useNumbers } from '../messages';
import { loadFigures } from '../parts';
import { SaveMenu, type SaveItem } from '../stage/SaveMenu';
import { textLanguage } from '../stage/textLanguage';

export const Step = (): ReactElement => {
  const [figures, setFigures] = useState<typeof Figures | null>(null);
  const lang = useRun((run) => textLanguage(run?.description?.probe ?? '') || undefined);
  const { tellProblem } = usePlayground((state) => state.actions);
  const codePoints = useRun((run) => run?.description?.symbols ?? null);
  const symbols = useMemo(() => Array.from(codePoints ?? [], displayCharacter), [codePoints]);
  const messages = useMessages();
  const language = { messages, numbers: useNumbers(), lang };
  useEffect(() => {
    loadFigures().then(setFigures, tellProblem);
  }, [tellProblem]);

  const saving = (label: string, file: string, rows: (() => string[][]) | null): ReactElement => {
    const { menu, csv } = messages.stage.export;
    const item: SaveItem = {
      label: csv,
      save: ({ saveCsv }) => {
        if (rows) saveCsv(rows(), file);
      },
    };
    return <SaveMenu label={menu(label)} disabled={rows === null} items={[item]} />;
  };
  return (
    <div className="step-place">
      {figures && <figures.StepFigure saving={saving} symbols={symbols} {...language} />}
    </div>
  );
};
