/** What the network is made of, and what that costs. */
import { useMessages } from '../messages';
import { CostLine } from './CostLine';
import { Group } from './Group';
import { FoldedFields, SettingFields } from './SettingFields';

export const NetworkGroup = () => {
  const { controls } = useMessages();
  return (
    <Group title={controls.settings.network}>
      <SettingFields group="network" />
      <FoldedFields summary={controls.settings.moreNetwork} group="network" />
      <CostLine />
    </Group>
  );
};
