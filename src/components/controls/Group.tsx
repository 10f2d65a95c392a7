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

export const More = ({ summary, children }: { readonly summary: string; readonly children: ReactNode }) => (
  <details className="more">
    <summary>{summary}</summary>
    {children}
  </details>
);
