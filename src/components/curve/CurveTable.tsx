/** The curve's numbers as a table, on demand. */
import { useState, type ReactElement } from 'react';
import { useMessages } from '../messages';
import { CurveRows } from './CurveRows';

export const CurveTable = (): ReactElement => {
  const words = useMessages().stage.curve;
  const [open, setOpen] = useState(false);
  return (
    <details
      className="data-table"
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>{words.table}</summary>
      {open && <CurveRows />}
    </details>
  );
};
