/** The numbers of the cursor's column as a table, on demand; it stands still while training runs. */
import { useEffect, useState, type ReactElement } from 'react';
import { shownRun, usePlayground, useRun, type PlaygroundState } from '../../store';
import { useMessages, useNumbers } from '../messages';
import { surpriseBits, twoDecimals } from './numbers';
import { clampedSelection, shownFrame, valueAt } from './frame';
import { charactersOf } from './shape';

interface Snapshot {
  readonly step: number;
  readonly position: number;
  readonly character: string;
  readonly surprise: string | null;
  readonly bands: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const snapshotOf = (state: PlaygroundState): Snapshot | null => {
  const frame = shownFrame(state);
  if (!frame) return null;
  const { cursor } = clampedSelection(state, frame);
  return {
    step: frame.step,
    position: cursor + 1,
    character: charactersOf(state)[cursor] ?? '',
    surprise: surpriseBits(frame, cursor),
    bands: frame.bands,
    rows: Array.from({ length: frame.H }, (_, unit) =>
      frame.bands.map((band) => twoDecimals(valueAt(frame, band, cursor, unit))),
    ),
  };
};

/** Milliseconds that the cursor rests before the table follows. */
const REST = 200;

const Rows = (): ReactElement | null => {
  const { score: words, bands: names } = useMessages().stage;
  const numbers = useNumbers();
  const running = useRun((run) => run?.phase === 'running');
  const [snapshot, setSnapshot] = useState(() => snapshotOf(usePlayground.getState()));

  useEffect(() => {
    let timer: number | null = null;
    const update = (): void => {
      timer = null;
      setSnapshot(snapshotOf(usePlayground.getState()));
    };
    const soon = (): void => {
      if (timer !== null) clearTimeout(timer);
      timer = window.setTimeout(update, REST);
    };
    if (!running) soon();
    const unsubscribe = usePlayground.subscribe((state, before) => {
      const moved = state.selection.cursor !== before.selection.cursor;
      // The first frame of another run is the first that the table can show of it.
      const isOther = shownFrame(state)?.runId !== shownFrame(before)?.runId;
      if (moved || isOther || (!running && shownRun(state)?.readings.probe !== shownRun(before)?.readings.probe))
        soon();
    });
    return () => {
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
    };
  }, [running]);

  if (!snapshot) return null;
  return (
    <>
      {running && <p className="table-note">{words.tableRunning}</p>}
      <div className="table-scroll" tabIndex={0} role="region" aria-label={words.table}>
        <table>
          <caption>
            {words.tableCaption(snapshot.character, snapshot.position, numbers.integer(snapshot.step))}
            {' · '}
            {words.surpriseAt(snapshot.surprise)}
          </caption>
          <thead>
            <tr>
              <th scope="col">{words.unit}</th>
              {snapshot.bands.map((band) => (
                <th key={band} scope="col">
                  {`${names[band as keyof typeof names]} ${band}`}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {snapshot.rows.map((row, unit) => (
              <tr key={unit}>
                <th scope="row">{unit}</th>
                {row.map((value, k) => (
                  <td key={k}>{value}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
};

export const CursorTable = (): ReactElement => {
  const words = useMessages().stage.score;
  const [open, setOpen] = useState(false);
  return (
    <details
      className="data-table"
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>{words.table}</summary>
      {open && <Rows />}
    </details>
  );
};
