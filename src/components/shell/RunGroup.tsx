/** Where the run stands, in numbers. Silent for screen readers; the announcer tells what matters. */
import type { ReactNode } from 'react';
import type { EngineInfo } from '../../model/kernels/engines';
import { isPreparing, usePlayground, useRun } from '../../store';
import { useMessages, useNumbers } from '../messages';
import { NO_NUMBER } from '../messages/numbers';
import { useCalmMetrics } from './calmMetrics';
import { shortDevice } from './deviceName';
import './RunGroup.css';

interface ReadingProps {
  readonly kind: string;
  readonly name: string;
  readonly title?: string | undefined;
  readonly children: ReactNode;
}

const Reading = ({ kind, name, title, children }: ReadingProps) => (
  <div className={`reading reading-${kind}`} title={title}>
    <span className="reading-name">{name}</span> <span className="reading-value">{children}</span>
  </div>
);

export const RunGroup = () => {
  const { controls, settings } = useMessages();
  const numbers = useNumbers();
  const metrics = useCalmMetrics();
  const engine = useRun((run) => run?.description?.engine ?? null);
  const toCome = useRun((run) => run?.description?.engineToCome ?? null);
  // A speed measured before that says nothing of now.
  const waits = usePlayground((state) => state.busy !== null);
  const preparing = usePlayground(isPreparing);
  const training = useRun((run) => run?.phase === 'running');
  const loss = metrics?.loss ?? NaN;
  const speed = metrics?.charactersPerSecond ?? 0;
  const engineName = ({ name, software }: EngineInfo) =>
    software ? controls.run.softwareEngine(controls.run.engineNames[name]) : controls.run.engineNames[name];
  const stateOf = () => {
    if (preparing) return controls.run.preparing;
    if (engine === null) return NO_NUMBER;
    return toCome === null ? shortDevice(engine.device) : controls.run.moving(settings.options.engine[toCome]);
  };
  return (
    <div className="run" role="group" aria-label={controls.run.label} aria-live="off">
      <Reading kind="step" name={controls.run.step}>
        <data value={metrics?.step ?? 0}>{numbers.integer(metrics?.step ?? 0)}</data>
      </Reading>
      <Reading kind="loss" name={controls.run.loss}>
        {/* The exact value, for whoever reads the page by a program. */}
        <data value={loss}>
          {Number.isFinite(loss)
            ? controls.run.lossValue(numbers.brief(loss), numbers.brief(loss / Math.LN2))
            : NO_NUMBER}
        </data>
      </Reading>
      <Reading kind="held-out" name={controls.run.heldOut}>
        <data value={metrics?.heldOutLoss ?? NaN}>{numbers.brief(metrics?.heldOutLoss ?? NaN)}</data>
      </Reading>
      <Reading kind="speed" name={controls.run.speed}>
        {waits || (training && speed === 0) ? NO_NUMBER : controls.run.speedValue(numbers.compact(speed))}
      </Reading>
      <Reading
        kind="engine"
        name={controls.run.engineName(engine === null ? NO_NUMBER : engineName(engine))}
        title={engine?.device}
      >
        {stateOf()}
      </Reading>
    </div>
  );
};

/** Step and loss, for the eye alone: beside the button where the group scrolls away, or where a low window has no room for it. */
export const RunLine = () => {
  const { controls } = useMessages();
  const numbers = useNumbers();
  const metrics = useCalmMetrics();
  return (
    <p className="run-line" aria-hidden>
      <span>
        <span className="reading-name">{controls.run.step}</span> {numbers.integer(metrics?.step ?? 0)}
      </span>
      <span>
        <span className="reading-name">{controls.run.loss}</span> {numbers.brief(metrics?.loss ?? NaN)}
      </span>
      <span className="run-line-more">
        <span className="reading-name">{controls.run.heldOut}</span> {numbers.brief(metrics?.heldOutLoss ?? NaN)}
      </span>
    </p>
  );
};
