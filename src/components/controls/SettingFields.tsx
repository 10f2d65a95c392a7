/** The fields of a group of settings, in the table's order: those that mean something together with the others. */
import { Fragment, useState, type ReactElement, type ReactNode } from 'react';
import { isRelevant, SETTING_NAMES, SETTINGS, type SettingGroup, type SettingName } from '../../model/settings';
import { usePlayground } from '../../store';
import { ChoiceField, type ChoiceName } from './ChoiceField';
import { More } from './Group';
import { NumberField, type NumberName } from './NumberField';

interface SettingFieldsProps {
  readonly group: SettingGroup;
  /** Those that are rarely needed, or the others. */
  readonly folded?: boolean;
  /** Fields with something of their own, in place of the plain ones. */
  readonly own?: Partial<Readonly<Record<SettingName, ReactNode>>>;
}

const isNumber = (name: SettingName): name is NumberName =>
  SETTINGS[name].kind === 'integer' || SETTINGS[name].kind === 'number';

const isChoice = (name: SettingName): name is ChoiceName => SETTINGS[name].kind === 'choice';

/** A text has no plain field: it stands where the figure that it belongs to has it. */
const plainField = (name: SettingName): ReactNode => {
  if (isNumber(name)) return <NumberField name={name} />;
  return isChoice(name) ? <ChoiceField name={name} /> : null;
};

export const SettingFields = ({ group, folded = false, own = {} }: SettingFieldsProps): ReactElement => {
  const shown = usePlayground(({ settings }) =>
    SETTING_NAMES.filter(
      (name) => SETTINGS[name].group === group && 'folded' in SETTINGS[name] === folded && isRelevant(name, settings),
    ).join(' '),
  );
  const names = shown.split(' ') as SettingName[];
  return (
    <>
      {names.map((name) => (
        <Fragment key={name}>{own[name] ?? plainField(name)}</Fragment>
      ))}
    </>
  );
};

interface FoldedFieldsProps {
  readonly summary: string;
  readonly group: SettingGroup;
}

/** Fields that are rarely needed, made when they are first opened: the page comes up sooner without. */
export const FoldedFields = ({ summary, group }: FoldedFieldsProps): ReactElement => {
  const [wasOpened, setWasOpened] = useState(false);
  return (
    <More
      summary={summary}
      onOpen={() => {
        setWasOpened(true);
      }}
    >
      {wasOpened && <SettingFields group={group} folded />}
    </More>
  );
};
