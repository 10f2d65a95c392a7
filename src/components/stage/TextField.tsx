/** A short text of the reader's own: of several lines, as long as its setting allows; what was cut off is said. */
import { useId, useState, type ReactElement, type ReactNode } from 'react';
import { SETTINGS } from '../../model/settings';
import { usePlayground } from '../../store';
import { useMessages, useNumbers } from '../messages';

const MOST_ROWS = 4;

interface TextFieldProps {
  readonly name: 'prompt' | 'probe';
  readonly className: string;
  readonly label: string;
  readonly lang: string | undefined;
  readonly placeholder: string;
  readonly title?: string;
  /** What there is to say of the text. */
  readonly note: string | null;
  /** Beside the field. */
  readonly children?: ReactNode;
}

export const TextField = ({
  name,
  className,
  label,
  lang,
  placeholder,
  title,
  note,
  children,
}: TextFieldProps): ReactElement => {
  const { controls, notices } = useMessages();
  const numbers = useNumbers();
  const id = useId();
  const noteId = useId();
  const value = usePlayground((state) => state.settings[name]);
  const { set } = usePlayground((state) => state.actions);
  /** What the last change left of a text that was too long, and how many characters that had. */
  const [cut, setCut] = useState({ value: '', characters: 0 });
  const { maxLength } = SETTINGS[name];

  const change = (given: string): void => {
    const characters = Array.from(given);
    const kept = characters.length > maxLength ? characters.slice(0, maxLength).join('') : given;
    setCut({ value: kept, characters: characters.length });
    set(name, kept);
  };
  const isCut = cut.value === value && cut.characters > maxLength;
  const cutNote = isCut ? notices.cut(label, numbers.integer(maxLength), numbers.integer(cut.characters)) : null;
  return (
    <div className={className}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className="field text-field"
        lang={lang}
        dir="auto"
        rows={Math.min(MOST_ROWS, value.split('\n').length)}
        value={value}
        placeholder={placeholder}
        title={title}
        aria-describedby={noteId}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => {
          change(event.target.value);
        }}
      />
      {children}
      <p id={noteId} className="text-note" aria-live="polite">
        {[cutNote, note].filter((sentence) => sentence !== null).join(controls.gap)}
      </p>
    </div>
  );
};
