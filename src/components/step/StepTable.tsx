/** The numbers of a step as tables, on demand; they stand still while training runs. */
import { useState, type ReactElement } from 'react';
import type { StepParts } from '../../model/inspect/step';
import { cellsOf, groupName, type Cells, type Language } from './shown';

interface Written {
  readonly step: string;
  readonly rows: readonly Cells[];
  readonly moved: readonly (readonly [name: string, share: string])[];
}

const write = (step: StepParts, symbols: readonly string[], language: Language): Written => ({
  step: language.numbers.integer(step.step),
  rows: Array.from(step.ids, (_, t) => cellsOf(step, symbols, t, language.numbers)),
  moved: step.groups.map((group) => [groupName(group, language), language.numbers.percent(group.moved, 2)]),
});

interface StepTableProps {
  readonly step: StepParts;
  readonly symbols: readonly string[];
  readonly running: boolean;
  readonly language: Language;
}

const Tables = ({ step, symbols, running, language }: StepTableProps): ReactElement => {
  const { words } = language;
  const names = Object.keys(words.columns) as (keyof StepTableProps['language']['words']['columns'])[];
  const [held, setHeld] = useState(() => ({ step, language, written: write(step, symbols, language) }));
  if (!running && (held.step !== step || held.language !== language))
    setHeld({ step, language, written: write(step, symbols, language) });
  const { written } = held;
  return (
    <>
      {running && <p className="table-note">{words.tableRunning}</p>}
      <div className="table-scroll" tabIndex={0} role="region" aria-label={words.table}>
        <table>
          <caption>{words.tableCaption(written.step)}</caption>
          <thead>
            <tr>
              {names.map((name) => (
                <th key={name} scope="col">
                  {words.columns[name]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {written.rows.map((cells) => (
              <tr key={cells.position}>
                {names.map((name) =>
                  name === 'position' ? (
                    <th key={name} scope="row">
                      {cells[name]}
                    </th>
                  ) : (
                    <td key={name}>{cells[name]}</td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
        <table>
          <caption>{words.movedCaption(written.step)}</caption>
          <thead>
            <tr>
              <th scope="col">{words.group}</th>
              <th scope="col">{words.moved}</th>
            </tr>
          </thead>
          <tbody>
            {written.moved.map(([name, share]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{share}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
};

export const StepTable = (props: StepTableProps): ReactElement => {
  const [open, setOpen] = useState(false);
  return (
    <details
      className="data-table"
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
      }}
    >
      <summary>{props.language.words.table}</summary>
      {open && <Tables {...props} />}
    </details>
  );
};
