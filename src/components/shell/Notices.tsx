/** What the reader must know before trusting the stage beneath: what went wrong, and what to do, with the deed at hand. */
import { SETTINGS } from '../../model/settings';
import { isOfDevice, type Failure } from '../../model/failures';
import { awaitsOwnText, usePlayground, useRun } from '../../store';
import { LateNotices } from '../keeping/lazyKeeping';
import { TextFailure } from '../corpus/TextFailure';
import { withTitle } from '../corpus/titles';
import { failureText } from '../messages/failures';
import { useMessages, useNumbers } from '../messages';
import { Notice, Way } from './Notice';
import { Ruined } from './Ruined';
import { useLayout } from './useLayout';
import './Notices.css';

const FailureWords = ({ title, failure }: { readonly title: string; readonly failure: Failure }) => {
  const { controls, failures } = useMessages();
  const numbers = useNumbers();
  const catalogue = usePlayground((state) => state.catalogue);
  const language = usePlayground((state) => state.language);
  const { found, remedy } = failureText(failures, withTitle(failure, catalogue, language), numbers);
  return (
    <p>
      <b>{title}</b>
      {controls.gap + found + controls.gap + remedy}
    </p>
  );
};

/** The ways out of a run's failure: on from the last good state where there is one, and back to the seed. */
const RunWays = ({ failure, resumable }: { readonly failure: Failure; readonly resumable: boolean }) => {
  const { notices } = useMessages();
  const actions = usePlayground((state) => state.actions);
  const rate = usePlayground((state) => state.settings.learningRate);
  const isDevice = isOfDevice(failure);
  return (
    <>
      {failure.code === 'not-finite' && resumable && (
        <Way
          primary
          go={() => {
            actions.set('learningRate', Math.max(SETTINGS.learningRate.min, rate / 2));
            actions.train();
          }}
        >
          {notices.halve}
        </Way>
      )}
      {isDevice && resumable && (
        <Way
          primary
          go={() => {
            actions.set('engine', 'auto');
            actions.train();
          }}
        >
          {notices.automaticResume}
        </Way>
      )}
      <Way
        go={() => {
          actions.reset();
        }}
      >
        {notices.again}
      </Way>
    </>
  );
};

/** The way out of a run that could not be made. */
const OpeningWays = ({ failure }: { readonly failure: Failure }) => {
  const { corpus, notices } = useMessages();
  const numbers = useNumbers();
  const actions = usePlayground((state) => state.actions);
  if (isOfDevice(failure)) {
    return (
      <Way
        primary
        go={() => {
          actions.set('engine', 'auto');
          actions.startNewRun();
        }}
      >
        {notices.automatic}
      </Way>
    );
  }
  // A saved run that cannot be made is no reason to train anew what it was.
  if (failure.code === 'run-file-damaged') return null;
  if (failure.code !== 'too-large-for-memory') {
    return (
      <Way
        go={() => {
          actions.startNewRun();
        }}
      >
        {corpus.retry}
      </Way>
    );
  }
  const { units, batch, length } = failure.nearest;
  return (
    <Way
      primary
      go={() => {
        actions.set('units', units);
        actions.set('batch', batch);
        actions.set('length', length);
      }}
    >
      {notices.fit(numbers.integer(units), numbers.integer(batch), numbers.integer(length))}
    </Way>
  );
};

/** The text is another one than the link was made with, or the link's one is still to be given. */
const OtherText = () => {
  const { notices } = useMessages();
  const awaited = usePlayground(awaitsOwnText);
  const linked = usePlayground((state) => state.linked?.hash ?? null);
  const hash = usePlayground((state) => state.text?.facts?.hash ?? null);
  const actions = usePlayground((state) => state.actions);
  if (!awaited && (linked === null || hash === null || hash === linked)) return null;
  return (
    <Notice tone="notice" onDismiss={actions.acceptText}>
      <p>{awaited ? notices.ownText : notices.otherText}</p>
    </Notice>
  );
};

/**
 * Something asked for waits: for a step, which cannot be interrupted, only given up with what computes it; or for the
 * worker's program.
 */
const Busy = () => {
  const { controls, notices } = useMessages();
  const actions = usePlayground((state) => state.actions);
  const busy = usePlayground((state) => state.busy);
  if (busy === null) return null;
  const isLoading = busy === 'loading';
  return (
    <Notice
      tone="notice"
      ways={
        <Way
          go={() => {
            actions.stopWaiting();
          }}
        >
          {isLoading ? notices.ask : notices.stop}
        </Way>
      }
    >
      <p role="status">
        <b>{isLoading ? notices.absent : notices.busy}</b>
        {controls.gap + { loading: notices.absentWays, worker: notices.busyWays, device: notices.busyDevice }[busy]}
      </p>
    </Notice>
  );
};

/** On a narrow page the settings, which tell of a text that could not be taken, are out of sight. */
const UnseenTextFailure = () => {
  const layout = useLayout();
  const failed = usePlayground((state) => state.text?.failure ?? null);
  if (layout !== 'narrow' || failed === null) return null;
  return (
    <Notice tone="danger">
      <TextFailure />
    </Notice>
  );
};

export const Notices = () => {
  const { notices } = useMessages();
  const actions = usePlayground((state) => state.actions);
  const dead = usePlayground((state) => state.workerFailure);
  const opening = usePlayground((state) => state.opening?.failure ?? null);
  const failure = useRun((run) => run?.failure ?? null);
  const resumable = useRun((run) => run?.resumable ?? null);
  const numbers = useNumbers();
  const problems = usePlayground((state) => state.problems);
  return (
    <section className="notices" aria-label={notices.label}>
      {dead && (
        <Notice
          tone="danger"
          ways={
            <Way
              primary
              go={() => {
                actions.restartWorker();
              }}
            >
              {notices.restart}
            </Way>
          }
        >
          <FailureWords title={notices.dead} failure={dead} />
        </Notice>
      )}
      <Busy />
      <UnseenTextFailure />
      {failure && !dead && (
        <Notice tone="danger" ways={<RunWays failure={failure} resumable={resumable !== null} />}>
          <FailureWords title={notices.stopped} failure={failure} />
          {resumable !== null && <p>{notices.resumable(numbers.integer(resumable))}</p>}
        </Notice>
      )}
      {!dead && <Ruined />}
      {opening && !dead && (
        <Notice tone="danger" ways={<OpeningWays failure={opening} />}>
          <FailureWords title={notices.noRun} failure={opening} />
        </Notice>
      )}
      {!dead && <LateNotices />}
      <OtherText />
      {problems.map(({ id, failure: problem, times }) => (
        <Notice
          key={id}
          tone="notice"
          onDismiss={() => {
            actions.dismissProblem(id);
          }}
        >
          <FailureWords title={notices.problem} failure={problem} />
          {times > 1 && <p>{notices.times(numbers.integer(times))}</p>}
        </Notice>
      ))}
    </section>
  );
};
