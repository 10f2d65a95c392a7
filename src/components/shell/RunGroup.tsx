/** Where the run stands, in numbers. Silent for screen readers; the announcer tells what matters. */
import type { ReactNode } from 'react';
import { usePlayground } from '../../store';
import { useMessages, useNumbers } from '../messages';
import { NO_NUMBER } from '../messages/numbers';
import { useCalmMetrics } from './calmMetrics';
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
  const { controls } = useMessages();
  const numbers = useNumbers();
  const metrics = useCalmMetrics();
  const engine = usePlayground((state) => state.run?.description?.engine ?? null);
  const preparing = usePlayground(
    (state) => state.run?.phase === 'loading' || (state.opening !== null && state.opening.failure === null),
  );
  const loss = metrics?.loss ?? NaN;
  return (
    <div className="run" role="group" aria-label={controls.run.label} aria-live="off">
      <Reading kind="step" name={controls.run.step}>
        <data value={metrics?.step ?? 0}>{numbers.integer(metrics?.step ?? 0)}</data>
      </Reading>
      <Reading kind="loss" name={controls.run.loss}>
        {/* The exact value, for whoever reads the page by a program. */}
        <data value={loss}>
          {Number.isFinite(loss)
            ? controls.run.lossValue(numbers.fixed(loss, 3), numbers.fixed(loss / Math.LN2, 3))
            : NO_NUMBER}
        </data>
      </Reading>
      <Reading kind="held-out" name={controls.run.heldOut}>
        <data value={metrics?.heldOutLoss ?? NaN}>{numbers.fixed(metrics?.heldOutLoss ?? NaN, 3)}</data>
      </Reading>
      <Reading kind="accuracy" name={controls.run.accuracy}>
        {numbers.percent(metrics?.accuracy ?? NaN, 1)}
      </Reading>
      <Reading kind="speed" name={controls.run.speed}>
        {controls.run.speedValue(numbers.compact(metrics?.charactersPerSecond ?? 0))}
      </Reading>
      <Reading
        kind="engine"
        name={controls.run.engineName(engine === null ? NO_NUMBER : controls.run.engineNames[engine.name])}
        title={engine?.device}
      >
        {preparing || engine === null
          ? controls.run.preparing
          : engine.software
            ? controls.run.softwareDevice(engine.device)
            : engine.device}
      </Reading>
    </div>
  );
};
