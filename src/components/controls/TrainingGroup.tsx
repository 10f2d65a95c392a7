/** How the network is trained. */
import { SETTINGS, type SettingName } from '../../model/settings';
import { shownRun, usePlayground, useRun } from '../../store';
import { useMessages, useNumbers } from '../messages';
import { NO_NUMBER } from '../messages/numbers';
import { Group } from './Group';
import { NumberField } from './NumberField';
import { FoldedFields, SettingFields } from './SettingFields';

/** What was done to batch and length so that they fit a short text. */
const useLowered = (name: 'batch' | 'length'): string | undefined => {
  const { controls } = useMessages();
  const numbers = useNumbers();
  const adjustment = usePlayground((state) => {
    const description = shownRun(state)?.description;
    // It speaks of the run on the page: not of a value that waits for a new run.
    return description?.settings[name] === state.settings[name]
      ? description.adjustments.find((candidate) => candidate.name === name)
      : undefined;
  });
  return adjustment && controls.settings.lowered(numbers.integer(adjustment.wanted), numbers.integer(adjustment.used));
};

/** Says how far a link reproduces this run, and why no further. */
const Changes = () => {
  const { controls, settings } = useMessages();
  const numbers = useNumbers();
  const changes = useRun((run) => run?.description?.changes);
  if (changes === undefined || changes.length === 0) return null;
  const told = changes.map(({ name, from, value, step }) => {
    const label = name in SETTINGS ? settings.names[name as SettingName].label : name;
    return controls.settings.changedAt(label, controls.pending.change(from ?? NO_NUMBER, value), numbers.integer(step));
  });
  return (
    <p className="group-remark">
      {controls.settings.changed(controls.bar.several(told), numbers.integer(changes[0].step))}
    </p>
  );
};

export const TrainingGroup = () => {
  const { controls } = useMessages();
  const own = {
    batch: <NumberField name="batch" remark={useLowered('batch')} />,
    length: <NumberField name="length" remark={useLowered('length')} />,
  };
  return (
    <Group title={controls.settings.training}>
      <SettingFields group="training" own={own} />
      <FoldedFields summary={controls.settings.moreTraining} group="training" />
      <Changes />
    </Group>
  );
};
