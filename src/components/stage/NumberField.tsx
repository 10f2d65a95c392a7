/** A number that can be typed: what is typed stands until it is left, and what is a number within bounds is taken at once. */
import { useId, useState, type ReactElement } from 'react';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
}

export const NumberField = ({ label, value, min, max, step, onChange }: NumberFieldProps): ReactElement => {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <span className="stage-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="field stage-number"
        type="number"
        inputMode="decimal"
        min={min}
        max={max}
        step={step}
        value={draft ?? value}
        onChange={(event) => {
          setDraft(event.target.value);
          const typed = event.target.valueAsNumber;
          if (typed >= min && typed <= max) onChange(typed);
        }}
        onBlur={() => {
          setDraft(null);
        }}
      />
    </span>
  );
};
