/** How the network is trained. */
import { SETTINGS, type SettingName } from '../../model/settings';
import { usePlayground } from '../../store';
import { useMessages, useNumbers } from '../messages';
import { NO_NUMBER } from '../messages/numbers';
import { ChoiceField } from './ChoiceField';
import { Group, More } from './Group';
import { NumberField } from './NumberField';
import { isRelevant } from './relevance';

/** What was done to batch and length so that they fit a short text. */
const useLowered = (name: 'batch' | 'length'): string | undefined => {
  const { controls } = useMessages();
  const numbers = useNumbers();
  const adjustment = usePlayground((state) => {
    const { description } = state.run ?? {};
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
  const changes = usePlayground((state) => state.run?.description?.changes);
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
  const hasMomentum = usePlayground((state) => isRelevant('momentum', state.settings));
  const hasSchedule = usePlayground((state) => isRelevant('scheduleSteps', state.settings));
  return (
    <Group title={controls.settings.training}>
      <NumberField name="learningRate" />
      <NumberField name="batch" remark={useLowered('batch')} />
      <NumberField name="length" remark={useLowered('length')} />
      <NumberField name="clip" />
      <NumberField name="activationPenalty" />
      <NumberField name="seed" />
      <NumberField name="stopStep" />
      <NumberField name="stopLoss" />
      <More summary={controls.settings.moreTraining}>
        <ChoiceField name="optimizer" />
        {hasMomentum && <NumberField name="momentum" />}
        <ChoiceField name="schedule" />
        {hasSchedule && <NumberField name="scheduleSteps" />}
        {hasSchedule && <NumberField name="scheduleFactor" />}
        <NumberField name="warmup" />
        <NumberField name="dropout" />
        <NumberField name="weightDecay" />
        <NumberField name="evaluateEvery" />
      </More>
      <Changes />
    </Group>
  );
};
