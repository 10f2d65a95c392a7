/** A setting's value as a notice names it: a corpus by its title. */
import type { SettingName, Settings } from '../../model/settings';
import { usePlayground } from '../../store';
import { valueText } from '../controls/valueText';
import { corpusTitle } from '../corpus/titles';
import { useMessages } from '../messages';

export const useValueText = (): ((name: SettingName, value: Settings[SettingName]) => string) => {
  const words = useMessages();
  const catalogue = usePlayground((state) => state.catalogue);
  const language = usePlayground((state) => state.language);
  return (name, value) =>
    (name === 'corpus' ? corpusTitle(catalogue, String(value), language) : null) ?? valueText(name, value, words);
};
