/** By what the network writes: its temperature, what else decides which characters are drawn, and what it reads first. */
import type { ReactElement } from 'react';
import { SETTINGS } from '../../model/settings';
import { displayCharacter } from '../../model/text/display';
import { openingSymbol } from '../../model/text/symbols';
import { usePlayground, useRun } from '../../store';
import { FoldedFields } from '../controls/SettingFields';
import { useMessages } from '../messages';
import { NumberField } from '../stage/NumberField';
import { TextField } from '../stage/TextField';
import { textLanguage } from '../stage/textLanguage';
import { unknownIn } from './prompt';

const Temperature = (): ReactElement => {
  const words = useMessages().stage.sample;
  const temperature = usePlayground((state) => state.settings.temperature);
  const { set } = usePlayground((state) => state.actions);
  const { min, max, step } = SETTINGS.temperature;
  const change = (value: number): void => {
    set('temperature', value);
  };
  return (
    <div className="temperature" title={words.temperatureHint}>
      <NumberField label={words.temperature} rule={SETTINGS.temperature} value={temperature} onCommit={change} />
      <input
        type="range"
        aria-label={words.temperature}
        min={min}
        max={max}
        step={step}
        value={temperature}
        onChange={(event) => {
          change(event.target.valueAsNumber);
        }}
      />
    </div>
  );
};

/** Folded, so that the column stays calm. */
const Rest = (): ReactElement => {
  const words = useMessages().stage.sample;
  return <FoldedFields summary={words.more} group="samples" />;
};

const Prompt = (): ReactElement => {
  const words = useMessages().stage.sample;
  const prompt = usePlayground((state) => state.settings.prompt);
  const symbols = useRun((run) => run?.description?.symbols ?? null);
  const unknown = unknownIn(prompt, symbols);
  return (
    <TextField
      name="prompt"
      className="prompt"
      label={words.prompt}
      lang={prompt === '' ? undefined : textLanguage(prompt)}
      placeholder={symbols === null ? '' : words.promptHint(displayCharacter(symbols[openingSymbol(symbols)]))}
      note={unknown.length > 0 ? words.unknown(unknown.join(' ')) : null}
    />
  );
};

export const SamplingFields = (): ReactElement => (
  <>
    <Temperature />
    <Prompt />
    <Rest />
  </>
);
