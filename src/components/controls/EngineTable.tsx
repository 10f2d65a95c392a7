/** How fast the engines train this network on this machine, and the button that measures it. */
import { useShallow } from 'zustand/react/shallow';
import { timingsOf } from '../../model/engineTimings';
import { charactersPerStep, shownConfiguration, usePlayground, useRun } from '../../store';
import type { Page } from '../keeping/page';
import './EngineTable.css';

export const EngineTable = ({ page: { words, numbers } }: { readonly page: Page }) => {
  const { controls } = words;
  const { table, measure, measuring, measureHint, pauseFirst } = controls.engine;
  const names = controls.run.engineNames;
  const configuration = usePlayground(shownConfiguration);
  const entries = usePlayground(
    useShallow((state) => (configuration === null ? [] : timingsOf(state.timings, configuration))),
  );
  const now = usePlayground((state) => state.timedEngine);
  const phase = useRun((run) => run?.phase ?? null);
  const inUse = useRun((run) => run?.description?.engine.name ?? null);
  const characters = useRun((run) => (run?.description ? charactersPerStep(run.description) : NaN));
  const actions = usePlayground((state) => state.actions);
  return (
    <>
      {entries.length > 0 && (
        <table className="engine-table">
          <caption>{table.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{table.engine}</th>
              <th scope="col">{table.step}</th>
              <th scope="col">{table.speed}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map(({ engine, stepMilliseconds }) => (
              <tr key={engine} aria-current={engine === inUse ? 'true' : undefined}>
                <th scope="row">
                  {names[engine]} {engine === inUse && <span aria-hidden>✓</span>}
                </th>
                {stepMilliseconds === null ? (
                  <td colSpan={2}>{table.none}</td>
                ) : (
                  <>
                    <td>{numbers.significant(stepMilliseconds)}</td>
                    <td>{numbers.compact((characters / stepMilliseconds) * 1000)}</td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="engine-measure">
        <button
          className="button"
          type="button"
          disabled={phase !== 'ready' || now !== null}
          title={phase === 'running' ? pauseFirst : measureHint}
          onClick={() => {
            actions.timeEngines();
          }}
        >
          {measure}
        </button>
        <span className="group-remark" role="status">
          {now === null ? '' : measuring(names[now])}
        </span>
      </div>
    </>
  );
};
