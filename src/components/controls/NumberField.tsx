/** One number of the settings: typed and taken on Enter or on leaving the field, or moved by the arrow keys. */
import { useId, useState, type KeyboardEvent } from 'react';
import { SETTINGS, type NumberSetting } from '../../model/settings';
import { usePlayground } from '../../store';
import { useMessages, useNumbers } from '../messages';
import { commitField, nextValue, type FieldNote, type NumberName } from './fieldValue';
import { Explain } from './Explain';
import './Field.css';

interface NumberFieldProps {
  readonly name: NumberName;
  /** Something to say under the field about this run. */
  readonly remark?: string | undefined;
}

export const NumberField = ({ name, remark }: NumberFieldProps) => {
  const value = usePlayground((state) => state.settings[name]);
  const actions = usePlayground((state) => state.actions);
  const { controls, settings } = useMessages();
  const numbers = useNumbers();
  const id = useId();
  /** What is being typed; null while the field shows the setting. */
  const [draft, setDraft] = useState<string | null>(null);
  const [note, setNote] = useState<FieldNote | null>(null);

  const setting: NumberSetting = SETTINGS[name];
  const unit = setting.unit ? settings.units[setting.unit] : '';
  const { label, explain } = settings.names[name];
  // A number out of 4,294,967,296 is a name: written without separators, as it is typed.
  const written = (bound: number) => (name === 'seed' ? String(bound) : numbers.plain(bound));

  const commit = (given: string | null) => {
    setDraft(null);
    if (given === null) return;
    const committed = commitField(name, given, value);
    setNote(committed.note);
    if (committed.value !== value) actions.set(name, committed.value);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') commit(draft);
    if (event.key === 'Escape' && draft !== null) {
      // The sheet around the field stays open.
      event.stopPropagation();
      setDraft(null);
    }
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const from = draft === null ? value : commitField(name, draft, value).value;
    commit(String(nextValue(name, from, event.key === 'ArrowUp' ? 1 : -1)));
  };

  return (
    <div className="setting">
      <span className="setting-name">
        <label id={`${id}-label`} htmlFor={id}>
          {label}
        </label>
        <Explain
          labelId={`${id}-label`}
          text={explain}
          range={settings.range(written(setting.min), written(setting.max), unit)}
        />
      </span>
      <input
        className="field setting-value"
        id={id}
        type="number"
        inputMode={setting.kind === 'integer' && setting.min >= 0 ? 'numeric' : 'text'}
        min={setting.min}
        max={setting.max}
        step="any"
        value={draft ?? value}
        aria-describedby={`${id}-note`}
        onChange={(event) => {
          setDraft(event.target.value);
        }}
        onBlur={() => {
          commit(draft);
        }}
        onKeyDown={onKeyDown}
      />
      <span className="setting-note" id={`${id}-note`} role="status">
        {[note && controls.settings.note(note, written(note.used)), remark].filter(Boolean).join(' ')}
      </span>
    </div>
  );
};
