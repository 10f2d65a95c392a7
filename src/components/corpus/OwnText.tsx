/** A text of one's own: pasted, dropped anywhere on the page, or opened from a file. */
import { useCallback, useId, useRef, useState, type RefObject, type SyntheticEvent } from 'react';
import { FailureError, unreadable, type Failure } from '../../model/failures';
import type { TextSource } from '../../model/text/types';
import { usePlayground } from '../../store';
import { useMessages, useNumbers } from '../messages';
import { textLanguage } from '../stage/textLanguage';
import { beginningOf } from './beginning';
import { useDrop } from './dropping';
import { TextFailure } from './TextFailure';
import { freeStrings, writtenInBlob } from './written';

/** Longer texts go straight to the worker: a text box would freeze over them. */
const LONGEST_IN_BOX = 200_000;

const heldAs = (text: string): string | Blob => (text.length <= LONGEST_IN_BOX ? text : writtenInBlob(text));

/** How much of a file that is too large is offered. */
const BEGINNING_BYTES = 20_000_000;

interface OwnTextProps {
  readonly textRef: RefObject<HTMLTextAreaElement | null>;
}

type Source<K extends TextSource['kind']> = Extract<TextSource, { kind: K }>;

interface FailureProps extends OwnTextProps {
  readonly take: (source: TextSource) => void;
  readonly openPicker: () => void;
  readonly leave: () => void;
}

/** What became of the text that was asked for, with the ways out that this text has. */
const OwnTextFailure = ({ take, openPicker, leave, textRef }: FailureProps) => {
  const { corpus } = useMessages();
  const numbers = useNumbers();
  const failure = usePlayground((state) => state.text?.failure ?? null);
  const asked = usePlayground((state) => state.text?.failedSource ?? null);
  const { tellProblem } = usePlayground((state) => state.actions);
  // A corpus that failed is told of at the list of corpora.
  if (failure === null || asked?.kind === 'bundled') return null;
  const short = asked?.kind === 'pasted' && typeof asked.text === 'string' ? asked.text : null;

  const repeat = (source: Source<'pasted'>, short: string, times: number) => {
    const text = short.repeat(times);
    if (textRef.current) textRef.current.value = text;
    take({ ...source, text });
  };
  const takeBeginning = async (source: Source<'file'>) => {
    try {
      take({ ...source, file: await beginningOf(source.file, BEGINNING_BYTES) });
    } catch (caught) {
      tellProblem(unreadable(source.file.name, caught));
    }
  };
  return (
    <TextFailure leave={leave}>
      {failure.code === 'text-too-short' && asked?.kind === 'pasted' && short !== null && failure.characters > 1 && (
        <button
          className="button"
          type="button"
          onClick={() => {
            repeat(asked, short, Math.ceil(failure.needed / failure.characters));
          }}
        >
          {corpus.repeat}
        </button>
      )}
      {failure.code === 'text-too-large' && asked?.kind === 'file' && (
        <button
          className="button"
          type="button"
          onClick={() => {
            void takeBeginning(asked);
          }}
        >
          {corpus.first(numbers.bytes(BEGINNING_BYTES))}
        </button>
      )}
      {asked?.kind === 'file' && (
        <button className="button" type="button" onClick={openPicker}>
          {corpus.another}
        </button>
      )}
    </TextFailure>
  );
};

export const OwnText = ({ textRef }: OwnTextProps) => {
  const { corpus } = useMessages();
  const numbers = useNumbers();
  const actions = usePlayground((state) => state.actions);
  /** A paste that did not go through the box. */
  const [pasted, setPasted] = useState<TextSource | null>(null);
  const taken = usePlayground(({ text }) =>
    pasted !== null && text?.source === pasted && text.status === 'ready' ? (text.facts?.characters ?? null) : null,
  );
  const picker = useRef<HTMLInputElement>(null);
  const openButton = useRef<HTMLButtonElement>(null);
  const id = useId();

  const take = useCallback(
    (source: TextSource) => {
      actions.useText(source);
    },
    [actions],
  );
  const takeFile = useCallback(
    (file: File) => {
      // What a saved run is called, it is taken for, wherever it is dropped or opened.
      if (/\.safetensors$/i.test(file.name)) actions.openRun(file);
      else take({ kind: 'file', file, encoding: null });
    },
    [actions, take],
  );
  const over = useDrop(
    useCallback(
      (dropped: File | Failure) => {
        if (dropped instanceof File) takeFile(dropped);
        // Where files are dropped, the place of the own text may be out of sight.
        else actions.tellProblem(new FailureError(dropped));
      },
      [actions, takeFile],
    ),
  );
  const openPicker = () => picker.current?.click();

  /** What is pasted, or dropped as text, and too long for the box goes past it. */
  const takeLong = (event: SyntheticEvent, data: DataTransfer) => {
    const text = data.getData('text/plain');
    if (text.length <= LONGEST_IN_BOX) return;
    event.preventDefault();
    const source: TextSource = { kind: 'pasted', text: heldAs(text) };
    setPasted(source);
    take(source);
    freeStrings();
  };

  return (
    <div className={over ? 'own own-over' : 'own'}>
      <label htmlFor={id}>{corpus.yourText}</label>
      <textarea
        className="field own-text"
        id={id}
        ref={textRef}
        rows={3}
        dir="auto"
        spellCheck={false}
        autoComplete="off"
        placeholder={over ? corpus.drop : corpus.yourTextHint}
        onInput={(event) => {
          event.currentTarget.lang = textLanguage(event.currentTarget.value);
        }}
        onPaste={(event) => {
          takeLong(event, event.clipboardData);
        }}
        onDrop={(event) => {
          takeLong(event, event.dataTransfer);
        }}
      />
      <div className="own-ways">
        <button
          className="button"
          type="button"
          onClick={() => {
            take({ kind: 'pasted', text: heldAs(textRef.current?.value ?? '') });
          }}
        >
          {corpus.use}
        </button>
        <button className="button" type="button" ref={openButton} onClick={openPicker}>
          {corpus.open}
        </button>
        <input
          ref={picker}
          type="file"
          hidden
          onChange={(event) => {
            const file = event.target.files?.[0];
            // The same file can be chosen again after it was mended.
            event.target.value = '';
            if (file) takeFile(file);
          }}
        />
      </div>
      <OwnTextFailure take={take} openPicker={openPicker} leave={() => openButton.current?.focus()} textRef={textRef} />
      <p className="own-taken" role="status">
        {taken !== null && corpus.tookPaste(numbers.integer(taken))}
      </p>
    </div>
  );
};
