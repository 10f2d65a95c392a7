/** Why a text could not be taken, and the way out, at the place where it was asked for. */
import type { ReactNode } from 'react';
import type { FailureCode } from '../../model/failures';
import { usePlayground } from '../../store';
import { failureText } from '../messages/failures';
import { useMessages, useNumbers } from '../messages';
import { Reread } from './lazyEncodings';
import { withTitle } from './titles';

interface TextFailureProps {
  /** Further ways out that the place knows. */
  readonly children?: ReactNode;
  /** Called before a way out takes all of this away, so that the focus does not go with it. */
  readonly leave?: () => void;
}

/** The next attempt may succeed. */
const MAY_COME: ReadonlySet<FailureCode> = new Set([
  'corpus-unreachable',
  'catalogue-unreachable',
  'part-unreachable',
  'file-unreadable',
]);

export const TextFailure = ({ children, leave = () => undefined }: TextFailureProps) => {
  const { controls, corpus, failures } = useMessages();
  const numbers = useNumbers();
  const failure = usePlayground((state) => state.text?.failure ?? null);
  const source = usePlayground((state) => state.text?.failedSource ?? null);
  const catalogue = usePlayground((state) => state.catalogue);
  const language = usePlayground((state) => state.language);
  const actions = usePlayground((state) => state.actions);
  if (failure === null) return null;
  const { found, remedy } = failureText(failures, withTitle(failure, catalogue, language), numbers);
  // Without what tells a file's encoding, the reader may.
  const isOfEncoding = ['text-undecodable', 'text-encoding-unclear', 'part-unreachable'].includes(failure.code);
  return (
    <div className="group-failure">
      <p role="alert">
        <b>{found}</b>
        {controls.gap + remedy}
      </p>
      {source && MAY_COME.has(failure.code) && (
        <button
          className="button"
          type="button"
          onClick={() => {
            if (source.kind === 'bundled') actions.set('corpus', source.id);
            else actions.useText(source);
          }}
        >
          {corpus.retry}
        </button>
      )}
      {isOfEncoding && source?.kind === 'file' && (
        <Reread source={source} readings={'readings' in failure ? failure.readings : []} leave={leave} />
      )}
      {failure.code === 'text-with-nuls' && (source?.kind === 'pasted' || source?.kind === 'file') && (
        <button
          className="button"
          type="button"
          onClick={() => {
            leave();
            actions.useText({ ...source, removeNuls: true });
          }}
        >
          {corpus.removeNuls(numbers.integer(failure.count))}
        </button>
      )}
      {children}
    </div>
  );
};
