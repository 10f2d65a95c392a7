/** What the reader must know before trusting the stage beneath: what went wrong, and what to do, with the deed at hand. */
import { useState, type ReactNode } from 'react';
import { SETTINGS, type Correction } from '../../model/settings';
import type { Failure } from '../../model/failures';
import { usePlayground } from '../../store';
import { failureText } from '../messages/failures';
import { useMessages, useNumbers } from '../messages';
import './Notices.css';

interface NoticeProps {
  readonly tone: 'notice' | 'danger';
  readonly children: ReactNode;
  /** Buttons. */
  readonly ways?: ReactNode;
  readonly onDismiss?: () => void;
}

const Notice = ({ tone, children, ways, onDismiss }: NoticeProps) => {
  const { controls } = useMessages();
  return (
    <div className={`notice notice-${tone}`}>
      <div className="notice-text">{children}</div>
      {(ways !== undefined || onDismiss) && (
        <div className="notice-ways">
          {ways}
          {onDismiss && (
            <button className="button" type="button" onClick={onDismiss}>
              {controls.notices.dismiss}
            </button>
          )}
        </div>
      )}
    </div>
  );
};

const FailureWords = ({ title, failure }: { readonly title: string; readonly failure: Failure }) => {
  const { controls, failures } = useMessages();
  const numbers = useNumbers();
  const { found, remedy } = failureText(failures, failure, numbers);
  return (
    <p>
      <b>{title}</b>
      {controls.gap + found + controls.gap + remedy}
    </p>
  );
};

interface WayProps {
  readonly primary?: boolean;
  readonly children: string;
  readonly go: () => void;
}

const Way = ({ primary = false, children, go }: WayProps) => (
  <button className={primary ? 'button button-primary' : 'button'} type="button" onClick={go}>
    {children}
  </button>
);

/** The ways out of a run's failure: on from the last good state where there is one, and back to the seed. */
const RunWays = ({ failure, resumable }: { readonly failure: Failure; readonly resumable: boolean }) => {
  const { controls } = useMessages();
  const actions = usePlayground((state) => state.actions);
  const rate = usePlayground((state) => state.settings.learningRate);
  const isDevice = failure.code === 'device-lost' || failure.code === 'device-error';
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
          {controls.notices.halve}
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
          {controls.notices.automaticResume}
        </Way>
      )}
      <Way
        go={() => {
          actions.reset();
        }}
      >
        {controls.notices.again}
      </Way>
    </>
  );
};

/** The way out of a run that could not be made. */
const OpeningWays = ({ failure }: { readonly failure: Failure }) => {
  const { controls } = useMessages();
  const numbers = useNumbers();
  const actions = usePlayground((state) => state.actions);
  if (failure.code !== 'too-large-for-memory') {
    return (
      <Way
        go={() => {
          actions.startNewRun();
        }}
      >
        {controls.corpus.retry}
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
      {controls.notices.fit(numbers.integer(units), numbers.integer(batch), numbers.integer(length))}
    </Way>
  );
};

const CorrectionLine = ({ correction }: { readonly correction: Correction }) => {
  const { controls, settings } = useMessages();
  if (correction.kind === 'unknown') return <li>{controls.notices.unknown(correction.key)}</li>;
  const { kind, name, given, used } = correction;
  return <li>{controls.notices[kind](settings.names[name].label, given, used)}</li>;
};

/** The text is another one than the link was made with. */
const OtherText = () => {
  const { controls } = useMessages();
  const linked = usePlayground((state) => state.linkedTextHash);
  const hash = usePlayground((state) => state.text?.facts?.hash ?? null);
  const [dismissed, setDismissed] = useState<string | null>(null);
  if (linked === null || hash === null || hash === linked || dismissed === hash) return null;
  return (
    <Notice
      tone="notice"
      onDismiss={() => {
        setDismissed(hash);
      }}
    >
      <p>{controls.notices.otherText}</p>
    </Notice>
  );
};

export const Notices = () => {
  const { controls } = useMessages();
  const actions = usePlayground((state) => state.actions);
  const corrections = usePlayground((state) => state.corrections);
  const dead = usePlayground((state) => state.workerFailure);
  const opening = usePlayground((state) => state.opening?.failure ?? null);
  const failure = usePlayground((state) => state.run?.failure ?? null);
  const resumable = usePlayground((state) => (state.run?.resumable ?? null) !== null);
  const problems = usePlayground((state) => state.problems);
  return (
    <section className="notices" aria-label={controls.notices.label}>
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
              {controls.notices.restart}
            </Way>
          }
        >
          <FailureWords title={controls.notices.dead} failure={dead} />
        </Notice>
      )}
      {failure && !dead && (
        <Notice tone="danger" ways={<RunWays failure={failure} resumable={resumable} />}>
          <FailureWords title={controls.notices.stopped} failure={failure} />
        </Notice>
      )}
      {opening && !dead && (
        <Notice tone="danger" ways={<OpeningWays failure={opening} />}>
          <FailureWords title={controls.notices.noRun} failure={opening} />
        </Notice>
      )}
      {corrections.length > 0 && (
        <Notice
          tone="notice"
          onDismiss={() => {
            actions.dismissCorrections();
          }}
        >
          <p>{controls.notices.link}</p>
          <ul>
            {corrections.map((correction) => (
              <CorrectionLine
                key={correction.kind === 'unknown' ? correction.key : correction.name}
                correction={correction}
              />
            ))}
          </ul>
        </Notice>
      )}
      <OtherText />
      {problems.map(({ id, failure: problem }) => (
        <Notice
          key={id}
          tone="notice"
          onDismiss={() => {
            actions.dismissProblem(id);
          }}
        >
          <FailureWords title={controls.notices.problem} failure={problem} />
        </Notice>
      ))}
    </section>
  );
};
