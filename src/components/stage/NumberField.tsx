/** A number beside the figures that it changes. */
import { useId, type ReactElement } from 'react';
import type { FieldRule } from '../controls/fieldValue';
import { NumberInput } from '../controls/NumberInput';

interface NumberFieldProps {
  readonly label: string;
  readonly rule: FieldRule;
  readonly value: number;
  readonly onCommit: (value: number) => void;
}

export const NumberField = ({ label, rule, value, onCommit }: NumberFieldProps): ReactElement => {
  const id = useId();
  return (
    <span className="stage-field">
      <label htmlFor={id}>{label}</label>
      <NumberInput id={id} name="stage" label={label} rule={rule} value={value} onCommit={onCommit} />
    </span>
  );
};
