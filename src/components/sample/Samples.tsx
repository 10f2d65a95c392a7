/** What the network writes, live, and what it wrote at earlier steps. */
import { useId, useMemo, useRef, useState, type ReactElement } from 'react';
import { PenLine } from 'lucide-react';
import { SETTINGS } from '../../model/settings';
import { displayText } from '../../model/text/display';
import { usePlayground, type NumberedSample, type PlaygroundState } from '../../store';
import { useMessages, useNumbers } from '../messages';
import { NumberField } from '../stage/NumberField';
import { useView } from '../stage/loop';
import { saveText } from '../stage/save';
import { SaveMenu } from '../stage/SaveMenu';
import { textLanguage } from '../stage/textLanguage';
import { unknownIn } from './unknown';
import './sample.css';

/** Stands for whichever sample is the newest. */
const NEWEST = 0;

const Temperature = (): ReactElement => {
  const words = useMessages().stage.sample;
  const temperature = usePlayground((state) => state.settings.temperature);
  const { set } = usePlayground((state) => state.actions);
  const { min, max, step } = SETTINGS.temperature;
  const change = (value: number): void => {
    set('temperature', value);
  };
  return (
    <div className="temperature" title={words.temperatureHint}>
      <NumberField label={words.temperature} rule={SETTINGS.temperature} value={temperature} onCommit={change} />
      <input
        type="range"
        aria-label={words.temperature}
        min={min}
        max={max}
        step={step}
        value={temperature}
        onChange={(event) => {
          change(event.target.valueAsNumber);
        }}
      />
    </div>
  );
};

const Prompt = (): ReactElement => {
  const words = useMessages().stage.sample;
  const id = useId();
  const noteId = useId();
  const prompt = usePlayground((state) => state.settings.prompt);
  const symbols = usePlayground((state) => state.run?.description?.symbols ?? null);
  const { set } = usePlayground((state) => state.actions);
  const unknown = unknownIn(prompt, symbols);
  return (
    <div className="prompt">
      <label htmlFor={id}>{words.prompt}</label>
      <input
        id={id}
        className="field"
        type="text"
        lang={prompt === '' ? undefined : textLanguage(prompt)}
        value={prompt}
        maxLength={SETTINGS.prompt.maxLength}
        placeholder={words.promptHint}
        aria-describedby={noteId}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => {
          set('prompt', event.target.value);
        }}
      />
      <p id={noteId} className="prompt-note" aria-live="polite">
        {unknown.length > 0 && words.unknown(unknown.join(' '))}
      </p>
    </div>
  );
};

/** Which sample is read: the newest as it grows, or an earlier one. */
const Choice = ({ chosen, onChange }: { chosen: number; onChange: (number: number) => void }): ReactElement => {
  const words = useMessages().stage.sample;
  const numbers = useNumbers();
  const samples = usePlayground((state) => state.samples);
  const earlier = samples.filter(({ complete }) => complete).reverse();
  return (
    <select
      className="field sample-choice"
      aria-label={words.which}
      value={chosen}
      disabled={samples.length === 0}
      onChange={(event) => {
        onChange(Number(event.target.value));
      }}
    >
      <option value={NEWEST}>{words.live}</option>
      {earlier.map(({ number, step, temperature }) => (
        <option key={number} value={number}>
          {words.at(number, numbers.integer(step), String(temperature))}
        </option>
      ))}
    </select>
  );
};

const shownSample = ({ samples }: PlaygroundState, chosen: number): NumberedSample | null =>
  samples.find(({ number }) => number === chosen) ?? samples.at(-1) ?? null;

export const Samples = (): ReactElement => {
  const messages = useMessages().stage;
  const words = messages.sample;
  const numbers = useNumbers();
  const [wanted, setWanted] = useState(NEWEST);
  const page = useRef<HTMLDivElement>(null);
  const prompt = useRef<HTMLSpanElement>(null);
  const text = useRef<HTMLSpanElement>(null);
  const place = useRef<HTMLSpanElement>(null);
  const ready = usePlayground((state) => state.run?.description !== undefined && state.run.description !== null);
  const any = usePlayground((state) => state.samples.length > 0);
  // A sample that has gone out of the list, or belongs to an older run, is no longer there to be read.
  const chosen = usePlayground((state) => (state.samples.some(({ number }) => number === wanted) ? wanted : NEWEST));
  const { sample: write } = usePlayground((state) => state.actions);

  useView(
    useMemo(
      () => ({
        inputs: (state: PlaygroundState) => [state.samples],
        draw: (state) => {
          const sample = shownSample(state, chosen);
          if (!page.current || !prompt.current || !text.current || !place.current) return;
          if (sample) page.current.lang = textLanguage(sample.prompt + sample.text);
          else page.current.removeAttribute('lang');
          prompt.current.textContent = displayText(sample?.prompt ?? '');
          text.current.textContent = sample ? displayText(sample.text) : words.empty;
          text.current.classList.toggle('sample-empty', sample === null);
          text.current.classList.toggle('sample-growing', sample !== null && !sample.complete);
          place.current.textContent = sample ? words.step(sample.number, numbers.integer(sample.step)) : '';
        },
      }),
      [chosen, numbers, words],
    ),
  );

  return (
    <figure className="samples" aria-label={words.title}>
      <div className="panel-head">
        <h2>
          {words.title} <span ref={place} className="panel-unit" />
        </h2>
        <SaveMenu
          label={messages.export.menu(words.title)}
          disabled={!any}
          items={[
            {
              label: words.export,
              save: () => {
                const sample = shownSample(usePlayground.getState(), chosen);
                if (sample)
                  saveText(
                    sample.prompt + sample.text,
                    `sample-${String(sample.number)}-step-${String(sample.step)}.txt`,
                  );
              },
            },
          ]}
        />
      </div>
      <div
        ref={page}
        className={chosen === NEWEST ? 'sample-page sample-newest' : 'sample-page'}
        tabIndex={0}
        role="region"
        aria-label={words.text}
      >
        <p>
          <span ref={prompt} className="sample-prompt" />
          <span ref={text} className="sample-text" />
        </p>
      </div>
      <div className="sample-controls">
        <Choice chosen={chosen} onChange={setWanted} />
        <button type="button" className="button" disabled={!ready} onClick={write}>
          <PenLine size="1.1em" aria-hidden />
          {words.write}
        </button>
      </div>
      <Temperature />
      <Prompt />
    </figure>
  );
};
