/** What the network is made of, and what that costs. */
import { usePlayground } from '../../store';
import { useMessages } from '../messages';
import { ChoiceField } from './ChoiceField';
import { CostLine } from './CostLine';
import { Group, More } from './Group';
import { NumberField } from './NumberField';
import { isRelevant } from './relevance';

export const NetworkGroup = () => {
  const { controls } = useMessages();
  const hasForgetBias = usePlayground((state) => isRelevant('forgetBias', state.settings));
  const hasEmbedding = usePlayground((state) => isRelevant('embeddingSize', state.settings));
  return (
    <Group title={controls.settings.network}>
      <ChoiceField name="cell" />
      <NumberField name="layers" />
      <NumberField name="units" />
      {hasForgetBias && <NumberField name="forgetBias" />}
      <More summary={controls.settings.moreNetwork}>
        <ChoiceField name="input" />
        {hasEmbedding && <NumberField name="embeddingSize" />}
        <ChoiceField name="recurrentInit" />
      </More>
      <CostLine />
    </Group>
  );
};
