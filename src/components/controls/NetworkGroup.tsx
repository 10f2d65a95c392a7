/** What the network is made of, and what that costs. */
import { useMessages } from '../messages';
import { CostLine } from './CostLine';
import { Group, More } from './Group';
import { SettingFields } from './SettingFields';

export const NetworkGroup = () => {
  const { controls } = useMessages();
  return (
    <Group title={controls.settings.network}>
      <SettingFields group="network" />
      <More summary={controls.settings.moreNetwork}>
        <SettingFields group="network" folded />
      </More>
      <CostLine />
    </Group>
  );
};
