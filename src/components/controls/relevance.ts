/** Which settings mean something together with the others: one that means nothing is not shown. */
import type { SettingName, Settings } from '../../model/settings';

export const isRelevant = (name: SettingName, settings: Settings): boolean => {
  switch (name) {
    case 'embeddingSize':
      return settings.input === 'embedding';
    case 'forgetBias':
      return settings.cell === 'lstm';
    case 'momentum':
      return settings.optimizer === 'sgd';
    case 'scheduleSteps':
    case 'scheduleFactor':
      return settings.schedule !== 'constant';
    case 'topK':
    case 'topP':
      return settings.temperature > 0;
    default:
      return true;
  }
};
