/** A slider through the networks that a run has had; from each a new run can go on. */
import { useId, useMemo } from 'react';
import { shownRun, usePlayground, type PlaygroundState } from '../../store';
import type { Page } from '../keeping/page';
import { useFilm } from './film';
import { words } from './words';
import './LookBack.css';

/** Changes whenever the steps do. */
const stateOfSteps = (state: PlaygroundState): string => {
  const steps = shownRun(state)?.readings.chronicle?.steps;
  return steps === undefined ? '' : `${steps.length} ${steps[steps.length >> 1]} ${steps[steps.length - 1]}`;
};

export const LookBack = ({ page: { numbers } }: { readonly page: Page }) => {
  const said = usePlayground((state) => words[state.language]);
  const actions = usePlayground((state) => state.actions);
  const changed = usePlayground(stateOfSteps);
  // Copied: the arrays of a frame go back to the worker with its buffer.
  const steps = useMemo(
    () => (changed === '' ? [] : Array.from(shownRun(usePlayground.getState())?.readings.chronicle?.steps ?? [])),
    [changed],
  );
  const last = usePlayground((state) => shownRun(state)?.metrics.step ?? 0);
  const bytes = usePlayground((state) => shownRun(state)?.readings.chronicle?.bytes ?? 0);
  const most = usePlayground((state) => shownRun(state)?.readings.chronicle?.mostBytes ?? 0);
  const pastStep = usePlayground((state) => state.selection.pastStep);
  const isOpening = usePlayground((state) => state.opening?.failure === null);
  const film = useFilm(steps);
  const remark = useId();

  const earlier = steps.filter((step) => step < last);
  const place = pastStep === null ? -1 : earlier.indexOf(pastStep);
  const isBack = place >= 0;
  const where = isBack
    ? said.then(numbers.integer(earlier[place]), numbers.integer(last))
    : said.now(numbers.integer(last));
  return (
    <div className="look-back" role="group" aria-label={said.title}>
      <div className="look-back-line">
        <b>{said.title}</b>
        <output className="look-back-where">{where}</output>
        <button
          type="button"
          className="button button-quiet button-icon"
          aria-label={film.plays ? said.stop : said.play}
          title={film.plays ? said.stop : said.play}
          disabled={earlier.length === 0}
          onClick={() => {
            film.play(!film.plays);
          }}
        >
          {film.plays ? '■' : '▶'}
        </button>
      </div>
      <input
        type="range"
        aria-label={said.slider}
        aria-valuetext={where}
        min={0}
        max={earlier.length}
        value={isBack ? place : earlier.length}
        disabled={earlier.length === 0}
        onChange={(event) => {
          film.play(false);
          actions.select({ pastStep: earlier[Number(event.target.value)] ?? null });
        }}
      />
      <div className="look-back-ways">
        <button
          type="button"
          className="button"
          disabled={!isBack}
          onClick={() => {
            film.play(false);
            actions.select({ pastStep: null });
          }}
        >
          {said.back}
        </button>
        <button
          type="button"
          className="button"
          disabled={!isBack || isOpening}
          title={said.forkRemark}
          aria-describedby={remark}
          onClick={() => {
            film.play(false);
            actions.fork();
          }}
        >
          {said.fork}
        </button>
      </div>
      <p className="look-back-remark" id={remark}>
        {isBack
          ? said.forkRemark
          : said.about + said.kept(numbers.integer(steps.length), numbers.bytes(bytes), numbers.bytes(most))}
      </p>
    </div>
  );
};

/** Says at the score that it shows an earlier network. */
export const PastTag = ({ page: { numbers } }: { readonly page: Page }) => {
  const said = usePlayground((state) => words[state.language]);
  const step = usePlayground((state) =>
    state.selection.pastStep === null ? null : (shownRun(state)?.readings.probe?.step ?? null),
  );
  return step !== null && <p className="past-tag">{said.tag(numbers.integer(step))}</p>;
};
