/** Encodings to choose from: all of them as a list, or the likely ones by what each makes of the text. Loaded when needed. */
import { useId, useState } from 'react';
import type { Reading } from '../../model/failures';
import { displayText } from '../../model/text/display';
import { ENCODING_GROUPS, type Encoding, type EncodingGroup, type TextSource } from '../../model/text/types';
import { usePlayground } from '../../store';
import { ENCODING_CHOICE } from '../messages/encodingChoice';
import { encodingName } from '../messages/encodings';
import { textLanguage } from '../stage/textLanguage';
import './Encodings.css';

interface SelectProps {
  readonly className: string;
  readonly id?: string;
  readonly value: Encoding;
  readonly onChange: (encoding: Encoding) => void;
}

/** Every encoding that can be read, in groups. */
export const EncodingSelect = ({ className, id, value, onChange }: SelectProps) => {
  const { groups } = usePlayground((state) => ENCODING_CHOICE[state.language]);
  return (
    <select
      className={className}
      id={id}
      value={value}
      onChange={(event) => {
        onChange(event.target.value as Encoding);
      }}
    >
      {(Object.keys(ENCODING_GROUPS) as EncodingGroup[]).map((group) => (
        <optgroup key={group} label={groups[group]}>
          {ENCODING_GROUPS[group].map((encoding) => (
            <option key={encoding} value={encoding}>
              {encodingName(encoding)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
};

type FileSource = Extract<TextSource, { kind: 'file' }>;

interface RereadProps {
  readonly source: FileSource;
  /** Those that the choice is between. */
  readonly readings: readonly Reading[];
  /** Called before this goes, so that the focus can be taken elsewhere. */
  readonly leave: () => void;
}

/** A file once more, by an encoding of the reader's choice. */
export const Reread = ({ source, readings, leave }: RereadProps) => {
  const words = usePlayground((state) => ENCODING_CHOICE[state.language]);
  const actions = usePlayground((state) => state.actions);
  const [other, setOther] = useState<Encoding>('utf-8');
  const id = useId();
  const read = (encoding: Encoding) => {
    leave();
    actions.useText({ ...source, encoding });
  };
  return (
    <>
      {readings.length > 0 && (
        <ul className="encodings" aria-label={words.readings}>
          {readings.map(({ encoding, lines }) => (
            <li key={encoding}>
              <button
                className="button encoding"
                type="button"
                onClick={() => {
                  read(encoding);
                }}
              >
                <b>{encodingName(encoding)}</b>
                {lines.map((line, k) => (
                  <span key={k} className="encoding-line" lang={textLanguage(line)} dir="auto">
                    {displayText(line)}
                  </span>
                ))}
              </button>
            </li>
          ))}
        </ul>
      )}
      <label className={readings.length > 0 ? undefined : 'visually-hidden'} htmlFor={id}>
        {readings.length > 0 ? words.otherEncoding : words.failedEncoding}
      </label>
      <EncodingSelect className="field" id={id} value={other} onChange={setOther} />
      <button
        className="button"
        type="button"
        onClick={() => {
          read(other);
        }}
      >
        {words.readAs}
      </button>
    </>
  );
};
