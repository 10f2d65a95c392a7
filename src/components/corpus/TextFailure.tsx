/** Why a text could not be taken, and the way out, at the place where it was asked for. */
import { Suspense, type ReactNode } from 'react';
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
  return (
    <div className="group-failure">
      <p role="alert">
        <b>{found}</b>
        {controls.gap + remedy}
      </p>
      {source?.kind === 'bundled' && failure.code !== 'corpus-unknown' && (
        <button
          className="button"
          type="button"
          onClick={() => {
            actions.set('corpus', source.id);
          }}
        >
          {corpus.retry}
        </button>
      )}
      {(failure.code === 'text-undecodable' || failure.code === 'text-encoding-unclear') && source?.kind === 'file' && (
        <Suspense>
          <Reread source={source} readings={'readings' in failure ? failure.readings : []} leave={leave} />
        </Suspense>
      )}
      {failure.code === 'text-with-nuls' && source !== null && source.kind !== 'bundled' && (
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
