/** Keeps what one part of the page throws from taking the others along: words in its place, and a way to show it again. */
import { Component, type ReactNode } from 'react';
import { toFailure, type Failure } from '../model/failures';
import { failureText } from './messages/failures';
import { useMessages, useNumbers } from './messages';
import { Notice, Way } from './shell/Notice';

interface FallenProps {
  readonly failure: Failure;
  readonly again: () => void;
}

const Fallen = ({ failure, again }: FallenProps) => {
  const { controls, failures, notices } = useMessages();
  const { found } = failureText(failures, failure, useNumbers());
  return (
    <Notice tone="notice" ways={<Way go={again}>{notices.showAgain}</Way>}>
      <p role="alert">
        <b>{notices.notShown}</b>
        {controls.gap + found + controls.gap + notices.runUnharmed}
      </p>
    </Notice>
  );
};

interface BoundaryState {
  readonly failure: Failure | null;
}

/** The store, the worker and the run live outside of what is drawn, and go on. */
export class Boundary extends Component<{ readonly children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { failure: null };

  static getDerivedStateFromError(caught: unknown): BoundaryState {
    return { failure: toFailure(caught) };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === null) return this.props.children;
    return (
      <Fallen
        failure={failure}
        again={() => {
          this.setState({ failure: null });
        }}
      />
    );
  }
}
