/** What the network writes, live, and what it wrote at earlier steps. */
import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import { Check, Copy, PenLine } from 'lucide-react';
import { displayText } from '../../model/text/display';
import { UNKNOWN } from '../../model/text/symbols';
import { samplesOf, shownRun, usePlayground, useRun, type NumberedSample, type PlaygroundState } from '../../store';
import { useMessages, useNumbers } from '../messages';
import { copyText } from '../stage/copy';
import { useView } from '../stage/loop';
import { saveText } from '../stage/save';
import { SaveMenu } from '../stage/SaveMenu';
import { textLanguage } from '../stage/textLanguage';
import { promptParts, readPart } from './prompt';
import { SamplingFields } from './SamplingFields';
import './sample.css';

/** Milliseconds that the button says that it has copied. */
const COPIED = 2000;

/** Stands for whichever sample is the newest. */
const NEWEST = 0;

const shownSample = (state: PlaygroundState, chosen: number): NumberedSample | null => {
  const samples = samplesOf(state);
  return samples.find(({ number }) => number === chosen) ?? samples.at(-1) ?? null;
};

/** A sample with what it goes on from, as the network read it; null where there is none. */
const wholeText = (state: PlaygroundState, sample: NumberedSample | null): string | null => {
  const symbols = shownRun(state)?.description?.symbols;
  return sample && symbols ? readPart(sample.prompt, sample.unknown, symbols) + sample.text : null;
};

/** The prompt with a mark on what of it was not read. */
const promptNodes = ({ prompt, unknown }: NumberedSample): (string | HTMLElement)[] =>
  promptParts(prompt, unknown).map(({ text, isRead }) => {
    if (isRead) return text;
    const mark = document.createElement('s');
    mark.className = 'sample-unread';
    mark.textContent = text;
    return mark;
  });

/** What a mark in the sample's prompt means, where there is one. */
const Unread = ({ chosen }: { readonly chosen: number }): ReactElement | null => {
  const words = useMessages().stage.sample;
  const any = usePlayground((state) => (shownSample(state, chosen)?.unknown.length ?? 0) > 0);
  const asUnknown = useRun((run) => run?.description?.symbols.includes(UNKNOWN) ?? false);
  if (!any) return null;
  return (
    <p className="sample-note">
      <s className="sample-unread">{words.unreadMark}</s>
      {asUnknown ? words.readAsUnknown : words.unread}
    </p>
  );
};

/** Copies the sample that is read. */
const CopyButton = ({ chosen, disabled }: { readonly chosen: number; readonly disabled: boolean }): ReactElement => {
  const words = useMessages().stage.sample;
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (outcome !== 'copied') return;
    const timer = setTimeout(() => {
      setOutcome(null);
    }, COPIED);
    return () => {
      clearTimeout(timer);
    };
  }, [outcome]);
  const copy = async (): Promise<void> => {
    const state = usePlayground.getState();
    const text = wholeText(state, shownSample(state, chosen));
    if (text !== null) setOutcome((await copyText(text)) ? 'copied' : 'refused');
  };
  return (
    <>
      <button
        type="button"
        className="button button-quiet button-icon"
        aria-label={words.copy}
        title={words.copy}
        disabled={disabled}
        onClick={() => void copy()}
      >
        {outcome === 'copied' ? <Check size="1.2em" aria-hidden /> : <Copy size="1.2em" aria-hidden />}
      </button>
      <span role="status" className={outcome === 'refused' ? 'sample-refused' : 'visually-hidden'}>
        {outcome !== null && words[outcome]}
      </span>
    </>
  );
};

/** Which sample is read: the newest as it grows, or an earlier one. */
const Choice = ({ chosen, onChange }: { chosen: number; onChange: (number: number) => void }): ReactElement => {
  const { controls, stage } = useMessages();
  const words = stage.sample;
  const numbers = useNumbers();
  const samples = usePlayground((state) => samplesOf(state));
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
      {earlier.map(({ number, step, ...sampling }) => (
        <option key={number} value={number}>
          {words.at(number, numbers.integer(step), controls.bar.several(words.drawn(sampling)))}
        </option>
      ))}
    </select>
  );
};

export const Samples = (): ReactElement => {
  const messages = useMessages().stage;
  const words = messages.sample;
  const numbers = useNumbers();
  const [wanted, setWanted] = useState(NEWEST);
  const page = useRef<HTMLDivElement>(null);
  const prompt = useRef<HTMLSpanElement>(null);
  const text = useRef<HTMLSpanElement>(null);
  const place = useRef<HTMLSpanElement>(null);
  const ready = useRun((run) => run !== null && run.description !== null);
  const any = usePlayground((state) => samplesOf(state).length > 0);
  // A sample that has gone out of the list, or belongs to an older run, is no longer there to be read.
  const chosen = usePlayground((state) => (samplesOf(state).some(({ number }) => number === wanted) ? wanted : NEWEST));
  const { sample: write } = usePlayground((state) => state.actions);

  useView(
    useMemo(
      () => ({
        inputs: (state: PlaygroundState) => [samplesOf(state)],
        draw: (state) => {
          const sample = shownSample(state, chosen);
          if (!page.current || !prompt.current || !text.current || !place.current) return;
          if (sample) page.current.lang = textLanguage(sample.prompt + sample.text);
          else page.current.removeAttribute('lang');
          prompt.current.replaceChildren(...(sample ? promptNodes(sample) : []));
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
        <CopyButton chosen={chosen} disabled={!any} />
        <SaveMenu
          label={messages.export.menu(words.title)}
          disabled={!any}
          items={[
            {
              label: words.export,
              save: () => {
                const state = usePlayground.getState();
                const sample = shownSample(state, chosen);
                const whole = wholeText(state, sample);
                if (sample && whole !== null)
                  saveText(whole, `sample-${String(sample.number)}-step-${String(sample.step)}.txt`);
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
        {/* Each line from the side from which its first letter is read. */}
        <p dir="auto">
          <span ref={prompt} className="sample-prompt" />
          <span ref={text} className="sample-text" />
        </p>
      </div>
      <Unread chosen={chosen} />
      <div className="sample-controls">
        <Choice chosen={chosen} onChange={setWanted} />
        <button type="button" className="button" disabled={!ready} onClick={write}>
          <PenLine size="1.1em" aria-hidden />
          {words.write}
        </button>
      </div>
      <SamplingFields />
    </figure>
  );
};
