/** What the network costs: weights, memory, expected speed; with changes waiting, from what to what. */
import { coresKnown, type Cost } from '../../model/cost';
import { usePlayground, useRun } from '../../store';
import { useMessages, useNumbers } from '../messages';
import { estimateOf, symbolsExpected } from './estimate';

export const CostLine = () => {
  const { controls } = useMessages();
  const numbers = useNumbers();
  const settings = usePlayground((state) => state.settings);
  const symbols = usePlayground(symbolsExpected);
  const description = useRun((run) => run?.description ?? null);
  const charactersPerSecond = useRun((run) => run?.fullSpeed ?? 0);

  if (symbols === null) return <p className="group-remark cost" />;
  const { cost, charactersPerSecond: expected } = estimateOf(
    settings,
    symbols,
    description,
    charactersPerSecond,
    coresKnown(() => navigator.hardwareConcurrency),
  );

  const change = (before: string | null, after: string) =>
    before === null || before === after ? after : controls.cost.change(before, after);
  const weights = change(description && numbers.integer(description.cost.parameters), numbers.integer(cost.parameters));
  const free = cost.free < cost.parameters ? numbers.integer(cost.free) : null;
  const bytesOf = (of: Cost) => numbers.bytes(of.bytes + of.readings);
  const memory = change(description && bytesOf(description.cost), bytesOf(cost));
  const speed = expected === null ? null : change(numbers.rough(charactersPerSecond), numbers.rough(expected));

  return (
    <p className="group-remark cost" role="status" aria-label={controls.cost.label} aria-live="off">
      {controls.cost.weights(weights, free)} · {controls.cost.memory(memory)}
      {speed !== null && ` · ${controls.cost.speed(speed)}`}
    </p>
  );
};
