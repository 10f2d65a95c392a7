/** The most likely next characters at the cursor, as bars that live while the network trains. */
import { useMemo, useRef, type ReactElement } from 'react';
import { TOP } from '../../model/telemetry';
import { isolated } from '../../model/text/display';
import { shownRun, usePlayground, type PlaygroundState } from '../../store';
import { messagesOf, useMessages } from '../messages';
import { numbersOf } from '../messages/numbers';
import { clampedSelection, shownFrame } from '../score/frame';
import { useView } from '../stage/loop';
import { SaveMenu, type SaveItem } from '../stage/SaveMenu';
import { textLanguage } from '../stage/textLanguage';
import { nextCharacters, type NextCharacters } from './nextLayout';

const nextOf = (state: PlaygroundState): NextCharacters | null => {
  const frame = shownFrame(state);
  const symbols = shownRun(state)?.description?.symbols;
  return frame && symbols ? nextCharacters(frame, symbols, clampedSelection(state, frame).cursor) : null;
};

const inputs = (state: PlaygroundState): readonly unknown[] => [
  shownFrame(state),
  state.selection.cursor,
  state.language,
];

const saveNext: SaveItem['save'] = ({ saveCsv }) => {
  const state = usePlayground.getState();
  const next = nextOf(state);
  if (!next) return;
  const rows = [['character', 'probability', 'is_next_in_text']];
  for (const { character, probability, actual } of next.candidates) {
    rows.push([character, String(probability), String(actual)]);
  }
  saveCsv(rows, `next-character-${String(state.selection.cursor + 1)}.csv`);
};

interface Row {
  readonly root: HTMLElement;
  readonly character: HTMLElement;
  readonly bar: HTMLElement;
  readonly percent: HTMLElement;
}

export const NextCharacter = (): ReactElement => {
  const messages = useMessages().stage;
  const words = messages.next;
  const rows = useRef<(Row | null)[]>([]);
  const figure = useRef<HTMLElement>(null);
  const actual = useRef<HTMLSpanElement>(null);
  const filled = usePlayground((state) => shownFrame(state) !== null);
  const language = usePlayground((state) => textLanguage(shownRun(state)?.description?.probe ?? ''));

  useView(
    useMemo(
      () => ({
        inputs,
        draw: (state) => {
          const next = nextOf(state);
          const { percent } = numbersOf(state.language);
          const { next: said } = messagesOf(state.language).stage;
          rows.current.forEach((row, k) => {
            if (!row) return;
            const candidate = next?.candidates[k];
            row.character.textContent = candidate?.character ?? '';
            row.percent.textContent = candidate ? percent(candidate.probability, 1) : '';
            row.bar.style.transform = `scaleX(${String(candidate?.probability ?? 0)})`;
            row.root.classList.toggle('next-actual', candidate?.actual ?? false);
          });
          if (!actual.current) return;
          actual.current.textContent = !next
            ? said.empty
            : !next.actual
              ? said.none
              : said.actual(
                  isolated(next.actual.character),
                  Number.isFinite(next.actual.probability) ? percent(next.actual.probability, 1) : '',
                );
        },
      }),
      [],
    ),
    figure,
  );

  return (
    <figure ref={figure} className="next" aria-label={words.title}>
      <div className="panel-head">
        <h2>{words.title}</h2>
        <SaveMenu
          label={messages.export.menu(words.title)}
          disabled={!filled}
          items={[{ label: messages.export.csv, save: saveNext }]}
        />
      </div>
      <ol className="next-rows" lang={language}>
        {Array.from({ length: TOP }, (_, k) => (
          <li
            key={k}
            ref={(root) => {
              const [character, , percent] = root?.children ?? [];
              const bar = root?.querySelector('.next-bar');
              rows.current[k] =
                root && character instanceof HTMLElement && bar instanceof HTMLElement && percent instanceof HTMLElement
                  ? { root, character, bar, percent }
                  : null;
            }}
          >
            <span className="next-character" />
            <span className="next-track">
              <span className="next-bar" />
            </span>
            <span className="next-percent" />
          </li>
        ))}
      </ol>
      <p className="next-note">
        <span className="next-mark" aria-hidden /> <span ref={actual} />
      </p>
    </figure>
  );
};
