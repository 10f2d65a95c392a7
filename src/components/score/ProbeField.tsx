/** The text that the network reads in the score: one's own, or the one chosen from the corpus. */
import { RotateCcw } from 'lucide-react';
import type { ReactElement } from 'react';
import { displayText } from '../../model/text/display';
import { encode } from '../../model/text/symbols';
import { usePlayground, useRun } from '../../store';
import { useMessages } from '../messages';
import { unknownIn } from '../sample/prompt';
import { TextField } from '../stage/TextField';
import { textLanguage } from '../stage/textLanguage';
import './probe.css';

export const ProbeField = (): ReactElement => {
  const words = useMessages().stage.probe;
  const probe = usePlayground((state) => state.settings.probe);
  const used = useRun((run) => run?.description?.probe ?? '');
  const symbols = useRun((run) => run?.description?.symbols ?? null);
  const { set } = usePlayground((state) => state.actions);
  const unknown = unknownIn(probe, symbols);
  const isReadable = symbols === null || encode(symbols, probe).ids.length > 0;
  const note = unknown.length === 0 ? null : isReadable ? words.unknown(unknown.join(' ')) : words.unreadable;
  return (
    <TextField
      name="probe"
      className="probe-field"
      label={words.label}
      lang={textLanguage(probe || used)}
      placeholder={displayText(used).replaceAll('\n', '↵')}
      title={words.hint}
      note={note}
    >
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
    </TextField>
  );
};
