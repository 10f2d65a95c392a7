/** The text that the network reads in the score: one's own, or the one chosen from the corpus. */
import { RotateCcw } from 'lucide-react';
import { useId, type ReactElement } from 'react';
import { SETTINGS } from '../../model/settings';
import { displayText } from '../../model/text/display';
import { usePlayground } from '../../store';
import { useMessages } from '../messages';
import { unknownIn } from '../sample/unknown';
import { textLanguage } from '../stage/textLanguage';
import './probe.css';

export const ProbeField = (): ReactElement => {
  const words = useMessages().stage.probe;
  const id = useId();
  const probe = usePlayground((state) => state.settings.probe);
  const used = usePlayground((state) => state.run?.description?.probe ?? '');
  const symbols = usePlayground((state) => state.run?.description?.symbols ?? null);
  const { set } = usePlayground((state) => state.actions);
  const noteId = useId();
  const unknown = unknownIn(probe, symbols);
  const readable = new Set(Array.from(probe)).size > unknown.length;
  return (
    <div className="probe-field">
      <label htmlFor={id}>{words.label}</label>
      <input
        id={id}
        className="field"
        lang={textLanguage(probe || used)}
        type="text"
        value={probe}
        maxLength={SETTINGS.probe.maxLength}
        placeholder={displayText(used).replaceAll('\n', '↵')}
        title={words.hint}
        aria-describedby={noteId}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => {
          set('probe', event.target.value);
        }}
      />
      <button
        type="button"
        className="button button-quiet button-icon"
        aria-label={words.own}
        title={words.own}
        disabled={probe === ''}
        onClick={() => {
          set('probe', '');
        }}
      >
        <RotateCcw size="1.2em" aria-hidden />
      </button>
      <p id={noteId} className="probe-note" aria-live="polite">
        {unknown.length > 0 && (readable ? words.unknown(unknown.join(' ')) : words.unreadable)}
      </p>
    </div>
  );
};
