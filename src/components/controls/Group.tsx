/** A titled group of the settings, with what is rarely needed folded away. */
import { useId, useState, type ReactNode } from 'react';
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

/** What is folded is made when it is first opened: the page comes up sooner without. */
export const More = ({ summary, children }: { readonly summary: string; readonly children: ReactNode }) => {
  const [wasOpened, setWasOpened] = useState(false);
  return (
    <details
      className="more"
      onToggle={(event) => {
        if (event.currentTarget.open) setWasOpened(true);
      }}
    >
      <summary>{summary}</summary>
      {wasOpened && children}
    </details>
  );
};
