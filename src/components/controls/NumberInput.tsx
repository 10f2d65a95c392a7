/**
 * The page's one input for a number: typed and taken on Enter or on leaving the field, or moved by the arrow keys and, where
 * there are fingers in their place, by two buttons.
 */
import { Minus, Plus } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { usePlayground } from '../../store';
import { useMessages } from '../messages';
import { commitField, nextValue, type Committed, type FieldNote, type FieldRule } from './fieldValue';
import './NumberInput.css';

interface NumberInputProps {
  readonly id: string;
  /** The input is `field NAME-value`, what is said of it `NAME-note`. */
  readonly name: 'setting' | 'stage';
  /** What the number is called: the buttons are named by it. */
  readonly label: string;
  readonly rule: FieldRule;
  readonly value: number;
  readonly onCommit: (value: number) => void;
  /** Something else to say under the field. */
  readonly remark?: string | undefined;
}

/** A number is typed as text: a browser's own field for numbers drops the comma of 0,005 and keeps what is no number to itself. */
export const NumberInput = ({ id, name, label, rule, value, onCommit, remark }: NumberInputProps) => {
  const { controls } = useMessages();
  const settings = usePlayground((state) => state.settings);
  /** What is being typed; null while the field shows its value. */
  const [draft, setDraft] = useState<string | null>(null);
  /** What became of what was typed last, and the settings that it left. */
  const [told, setTold] = useState<{ readonly note: FieldNote; readonly settings: typeof settings } | null>(null);
  // It speaks of what the reader did last: not of a field that has changed since, nor beside another change.
  const note = told?.settings === settings && told.note.used === value ? told.note : null;

  const take = (committed: Committed) => {
    setDraft(null);
    onCommit(committed.value);
    setTold(committed.note && { note: committed.note, settings: usePlayground.getState().settings });
  };
  const finish = () => {
    if (draft === null) setTold(null);
    else take(commitField(rule, draft, value));
  };
  const move = (direction: 1 | -1) => {
    const from = draft === null ? value : commitField(rule, draft, value).value;
    take({ value: nextValue(rule, from, direction), note: null });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') finish();
    if (event.key === 'Escape' && draft !== null) {
      // The sheet around the field stays open.
      event.stopPropagation();
      setDraft(null);
    }
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    move(event.key === 'ArrowUp' ? 1 : -1);
  };

  const moveButton = (direction: 1 | -1) => (
    // A keyboard has the arrows: it need not stop here.
    <button
      type="button"
      className="button button-quiet button-icon number-move"
      tabIndex={-1}
      aria-label={direction === 1 ? controls.settings.more(label) : controls.settings.less(label)}
      disabled={value === (direction === 1 ? rule.max : rule.min)}
      onClick={() => {
        move(direction);
      }}
    >
      {direction === 1 ? <Plus size="1.2em" aria-hidden /> : <Minus size="1.2em" aria-hidden />}
    </button>
  );
  const input = (
    <input
      className={`field ${name}-value`}
      id={id}
      type="text"
      role="spinbutton"
      inputMode={rule.min < 0 ? 'text' : rule.kind === 'integer' ? 'numeric' : 'decimal'}
      autoComplete="off"
      spellCheck={false}
      aria-valuemin={rule.min}
      aria-valuemax={rule.max}
      aria-valuenow={value}
      aria-valuetext={draft ?? String(value)}
      value={draft ?? value}
      aria-describedby={`${id}-note`}
      onChange={(event) => {
        setDraft(event.target.value);
        setTold(null);
      }}
      onBlur={finish}
      onKeyDown={onKeyDown}
    />
  );

  return (
    <>
      <span className={`number ${name}-number`}>
        {moveButton(-1)}
        {input}
        {moveButton(1)}
      </span>
      <span className={`${name}-note`} id={`${id}-note`} role="status">
        {[note && controls.settings.note(note, String(note.used)), remark].filter(Boolean).join(' ')}
      </span>
    </>
  );
};
