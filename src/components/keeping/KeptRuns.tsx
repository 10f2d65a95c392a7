/** All kept runs, in a dialog: each can be opened, named, duplicated and removed. */
import { useEffect, useId, useRef, useState, type MouseEvent, type RefObject } from 'react';
import { DECIDING_NAMES, DEFAULT_SETTINGS } from '../../model/settings';
import { usePlayground } from '../../store';
import type { ListedRun } from '../../workers/protocol';
import { agoText } from './ago';
import { useNow } from './now';
import type { Page } from './page';
import { words } from './words';
import '../shell/dialog.css';
import './KeptRuns.css';

/** More settings than these make no line that anybody reads. */
const MOST_SETTINGS = 6;
const LONGEST_NAME = 80;
const WIDTH = 96;
const HEIGHT = 32;

/** The losses from first to last, the highest at the top. */
const Curve = ({ losses }: { readonly losses: readonly number[] }) => {
  const [low, high] = [Math.min(...losses), Math.max(...losses)];
  const points = losses.map((loss, k) => {
    const x = losses.length > 1 ? (k / (losses.length - 1)) * WIDTH : 0;
    const y = high > low ? ((high - loss) / (high - low)) * HEIGHT : HEIGHT / 2;
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg className="kept-run-curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <polyline points={points.join(' ')} vectorEffect="non-scaling-stroke" />
    </svg>
  );
};

/** What differs from the settings that the run's text brings, in words; at most a line of them. */
const settingsText = ({ card: { settings } }: ListedRun, said: (typeof words)['en'], page: Page): string => {
  const usual = { ...DEFAULT_SETTINGS, ...page.ownSettings(settings.corpus) };
  // A card of an earlier program knows nothing of settings that came later.
  const names = DECIDING_NAMES.filter((name) => name in settings && settings[name] !== usual[name]);
  const shown = names
    .slice(0, MOST_SETTINGS)
    .map((name) => `${page.words.settings.names[name].label} ${page.valueText(name, settings[name])}`);
  const more = names.length - shown.length;
  return [...shown, ...(more > 0 ? [said.moreSettings(page.numbers.integer(more))] : [])].join(said.between);
};

const titleOf = ({ name, card: { settings, textName } }: ListedRun, said: (typeof words)['en'], page: Page): string =>
  name ?? page.corpusTitle(settings.corpus) ?? (textName !== null && textName !== '' ? textName : said.ownText);

const NameForm = ({ value, give, leave }: { value: string; give: (name: string) => void; leave: () => void }) => {
  const said = usePlayground((state) => words[state.language]);
  const [draft, setDraft] = useState(value);
  return (
    <form
      className="kept-run-name"
      onSubmit={(event) => {
        event.preventDefault();
        give(draft.trim());
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // The dialog stays open.
        event.preventDefault();
        leave();
      }}
    >
      <input
        aria-label={said.name}
        autoFocus
        maxLength={LONGEST_NAME}
        placeholder={said.noName}
        value={draft}
        onChange={(event) => {
          setDraft(event.target.value);
        }}
      />
      <button className="button" type="submit">
        {said.setName}
      </button>
    </form>
  );
};

interface RowProps {
  readonly run: ListedRun;
  /** What the run that it was made from is called; null where that is gone, or it was made from none. */
  readonly parent: string | null;
  readonly isOurs: boolean;
  readonly now: number;
  readonly page: Page;
  readonly close: () => void;
}

const Row = ({ run, parent, isOurs, now, page, close }: RowProps) => {
  const { numbers } = page;
  const said = usePlayground((state) => words[state.language]);
  const isShown = usePlayground((state) => state.shown === run.runId);
  const { goOn, orderKept, duplicateKept } = usePlayground((state) => state.actions);
  const [isNaming, setNaming] = useState(false);
  /** The button that was pressed is gone: the one in its place has the focus. */
  const [isTouched, setTouched] = useState(false);
  const nameButton = useRef<HTMLButtonElement>(null);
  const leaveName = () => {
    setNaming(false);
    nameButton.current?.focus();
  };
  const { runId, card, savedAt, bytes, isRemoved } = run;
  const title = titleOf(run, said, page);
  const id = useId();
  if (isRemoved && !isShown) {
    return (
      <li className="kept-run" aria-labelledby={id}>
        <p id={id} role="status">
          {said.removed(title)}
        </p>
        <div className="kept-run-ways">
          <button
            className="button"
            type="button"
            autoFocus={isTouched}
            onClick={() => {
              setTouched(true);
              orderKept({ what: 'put-back', runId });
            }}
          >
            {said.putBack}
          </button>
        </div>
      </li>
    );
  }
  const facts = [
    ...(run.name === null ? [] : [titleOf({ ...run, name: null }, said, page)]),
    said.step(numbers.integer(card.step)),
    ...(card.heldOutLoss === null ? [] : [said.heldOut(numbers.fixed(card.heldOutLoss, 3))]),
    said.savedAgo(agoText(now - savedAt, said, numbers)),
    numbers.bytes(bytes),
  ];
  const settings = settingsText(run, said, page);
  return (
    <li className="kept-run" aria-labelledby={id}>
      <Curve losses={card.curve} />
      <div className="kept-run-facts">
        <h3 id={id}>{title}</h3>
        {isNaming && (
          <NameForm
            value={run.name ?? ''}
            give={(name) => {
              orderKept({ what: 'name', runId, name: name === '' ? null : name });
              leaveName();
            }}
            leave={leaveName}
          />
        )}
        <p>{facts.join(said.between)}</p>
        {settings !== '' && <p>{settings}</p>}
        {parent !== null && <p>{said.madeFrom(parent)}</p>}
      </div>
      <div className="kept-run-ways">
        {isShown ? (
          <p>{said.onThePage}</p>
        ) : (
          <button
            className="button"
            type="button"
            onClick={() => {
              goOn(runId);
              close();
            }}
          >
            {said.openRun}
          </button>
        )}
        <button
          className="button"
          type="button"
          ref={nameButton}
          disabled={!isOurs}
          aria-expanded={isNaming}
          onClick={() => {
            setNaming(!isNaming);
          }}
        >
          {said.rename}
        </button>
        <button
          className="button"
          type="button"
          disabled={!isOurs}
          onClick={() => {
            duplicateKept(runId, said.copyOf(title));
          }}
        >
          {said.duplicate}
        </button>
        {!isShown && (
          <button
            className="button"
            type="button"
            disabled={!isOurs}
            autoFocus={isTouched}
            onClick={() => {
              setTouched(true);
              orderKept({ what: 'remove', runId });
            }}
          >
            {said.remove}
          </button>
        )}
      </div>
    </li>
  );
};

const List = ({ page, close }: { readonly page: Page; readonly close: () => void }) => {
  const { numbers, failureText, words: messages } = page;
  const said = usePlayground((state) => words[state.language]);
  const keptRuns = usePlayground((state) => state.keptRuns);
  const keeping = usePlayground((state) => state.keeping);
  const { orderKept } = usePlayground((state) => state.actions);
  const now = useNow();
  useEffect(() => {
    // Each time that one is saved.
    orderKept({ what: 'list' });
  }, [keeping, orderKept]);
  if (keptRuns === null) return <p role="status">{said.looking}</p>;
  if ('code' in keptRuns)
    return <p role="alert">{said.not(failureText(messages.failures, keptRuns, numbers).found)}</p>;
  const { runs, space, isOurs } = keptRuns;
  const sum = numbers.bytes(runs.reduce((bytes, run) => bytes + run.bytes, 0));
  const titles = new Map(runs.map((run) => [run.runId, titleOf(run, said, page)]));
  return (
    <>
      <p>
        {runs.length === 0 ? said.none : said.stay}
        {runs.length > 0 && messages.controls.gap + said.takes(sum)}
        {space !== null && messages.controls.gap + said.space(numbers.bytes(space.used), numbers.bytes(space.most))}
      </p>
      {!isOurs && <p role="status">{said.notOurs}</p>}
      <ul className="kept-runs-list">
        {runs.map((run) => (
          <Row
            key={run.runId}
            run={run}
            parent={titles.get(run.parent ?? '') ?? null}
            isOurs={isOurs}
            now={now}
            page={page}
            close={close}
          />
        ))}
      </ul>
    </>
  );
};

const Dialog = ({ dialog, page }: { readonly dialog: RefObject<HTMLDialogElement | null>; readonly page: Page }) => {
  const said = usePlayground((state) => words[state.language]);
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const close = () => dialog.current?.close();
  // A click on the veil has the dialog itself as its target.
  const onClick = (event: MouseEvent) => {
    if (event.target === dialog.current) close();
  };
  return (
    <dialog
      className="dialog kept-runs"
      ref={dialog}
      aria-labelledby={id}
      onClick={onClick}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <div className="dialog-sheet">
        <header className="dialog-head">
          <h2 id={id}>{said.keptRuns}</h2>
          <button className="button button-quiet" type="button" onClick={close}>
            {said.close}
          </button>
        </header>
        {isOpen && <List page={page} close={close} />}
      </div>
    </dialog>
  );
};

/** The button that opens the dialog. */
export const KeptRuns = ({ page }: { readonly page: Page }) => {
  const said = usePlayground((state) => words[state.language]);
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button className="button" type="button" onClick={() => dialog.current?.showModal()}>
        {said.keptRuns}
      </button>
      <Dialog dialog={dialog} page={page} />
    </>
  );
};
