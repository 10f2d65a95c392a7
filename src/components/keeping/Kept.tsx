/** What is saved of the run on the page, and when; the run as a file, and a file as a run. */
import { useRef } from 'react';
import { shownRun, usePlayground, type PlaygroundState } from '../../store';
import { agoText } from './ago';
import { KeptRuns } from './KeptRuns';
import { useNow } from './now';
import type { Page } from './page';
import type { Persistence } from './persistence';
import { usePersistence } from './usePersistence';
import { words } from './words';

const SECOND = 1000;
/** What an interruption costs is said where it is more. */
const LITTLE = 10 * SECOND;

const useSentence = (
  { words: { controls, failures }, numbers, failureText }: Page,
  persistence: Persistence | null,
): string => {
  const now = useNow();
  const said = usePlayground((state) => words[state.language]);
  const keeping = usePlayground((state) => state.keeping);
  const runId = usePlayground((state) => state.shown);
  const hasLearnt = usePlayground((state) => (shownRun(state)?.metrics.step ?? 0) > 0);
  if (keeping?.state === 'failed') return said.not(failureText(failures, keeping.failure, numbers).found);
  if (keeping?.state === 'elsewhere') return said.elsewhere;
  if (keeping?.runId !== runId || !hasLearnt) return said.notYet;
  const { at, step, every } = keeping;
  const saved = said.saved(agoText(now - at, said, numbers), numbers.integer(step));
  const costs = every <= LITTLE ? [] : [said.costs(numbers.integer(Math.ceil(every / SECOND)))];
  return [saved, ...costs, ...(persistence === 'refused' ? [said.evictable] : [])].join(controls.gap);
};

/** What became of the symbols of a network that the run began with, where it began with one. */
const useTuned = ({ numbers }: Page): string | null => {
  const said = usePlayground((state) => words[state.language]);
  const tunedFrom = usePlayground((state) => shownRun(state)?.description?.tunedFrom ?? null);
  if (tunedFrom === null) return null;
  const { step, kept, added } = tunedFrom;
  return said.tuned(numbers.integer(step), numbers.integer(kept), numbers.integer(added));
};

/** A run that is whole: a failed one has to go on first. */
const isThere = (state: PlaygroundState): boolean => {
  const phase = shownRun(state)?.phase;
  return phase === 'ready' || phase === 'running';
};

export const Kept = ({ page }: { readonly page: Page }) => {
  const { persistence, ask } = usePersistence();
  const sentence = useSentence(page, persistence);
  const tuned = useTuned(page);
  const said = usePlayground((state) => words[state.language]);
  const there = usePlayground(isThere);
  const actions = usePlayground((state) => state.actions);
  const picker = useRef<HTMLInputElement>(null);
  const save = () => {
    actions.saveRun((file, name) => {
      try {
        page.saveBlob(file, name);
      } catch (caught) {
        actions.tellProblem(caught);
      }
    });
  };
  return (
    <>
      <p className="kept-state">{sentence}</p>
      {tuned !== null && <p className="kept-state">{tuned}</p>}
      <button className="button" type="button" disabled={!there} onClick={save}>
        {said.save}
      </button>
      <button className="button" type="button" onClick={() => picker.current?.click()}>
        {said.open}
      </button>
      <KeptRuns page={page} />
      {persistence === 'open' && (
        <button className="button" type="button" onClick={ask}>
          {said.persist}
        </button>
      )}
      <input
        ref={picker}
        type="file"
        accept=".safetensors"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file can be chosen again.
          event.target.value = '';
          if (file) actions.openRun(file);
        }}
      />
    </>
  );
};
