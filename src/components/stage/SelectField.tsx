/** A choice beside the figures that it changes. */
import { useId, type ReactElement, type ReactNode } from 'react';

interface SelectFieldProps<V extends string> {
  readonly label: string;
  readonly className?: string;
  /** Id of what tells more about what is chosen. */
  readonly describedBy?: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string; readonly disabled?: boolean }[];
  readonly onChange: (value: V) => void;
  /** What is said of the choice, behind it. */
  readonly children?: ReactNode;
}

export const SelectField = <V extends string>({
  label,
  className = '',
  describedBy,
  value,
  options,
  onChange,
  children,
}: SelectFieldProps<V>): ReactElement => {
  const id = useId();
  return (
    <span className="stage-field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className={`field ${className}`}
        aria-describedby={describedBy}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      {children}
    </span>
  );
};
