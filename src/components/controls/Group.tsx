/** A titled group of the settings, with what is rarely needed folded away. */
import { useId, type ReactNode } from 'react';
import './Group.css';

export const Group = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => {
  const id = useId();
  return (
    <section className="group" aria-labelledby={id}>
      <h2 className="group-title" id={id}>
        {title}
      </h2>
      {children}
    </section>
  );
};

interface MoreProps {
  readonly summary: string;
  readonly onOpen?: () => void;
  readonly children: ReactNode;
}

export const More = ({ summary, onOpen, children }: MoreProps) => (
  <details
    className="more"
    onToggle={(event) => {
      if (event.currentTarget.open) onOpen?.();
    }}
  >
    <summary>{summary}</summary>
    {children}
  </details>
);
