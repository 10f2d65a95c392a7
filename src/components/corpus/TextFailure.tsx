/** Why a text could not be taken, and the way out, at the place where it was asked for. */
import { useId, useState, type ReactNode } from 'react';
import { ENCODINGS, type Encoding } from '../../model/text/types';
import { usePlayground } from '../../store';
import { failureText } from '../messages/failures';
import { useMessages, useNumbers } from '../messages';

const Reread = () => {
  const { controls } = useMessages();
  const actions = usePlayground((state) => state.actions);
  const [encoding, setEncoding] = useState<Encoding>('utf-8');
  const id = useId();
  return (
    <>
      <label className="visually-hidden" htmlFor={id}>
        {controls.corpus.encoding}
      </label>
      <select
        className="field"
        id={id}
        value={encoding}
        onChange={(event) => {
          setEncoding(event.target.value as Encoding);
        }}
      >
        {ENCODINGS.map((name) => (
          <option key={name} value={name}>
            {controls.corpus.encodings[name]}
          </option>
        ))}
      </select>
      <button
        className="button"
        type="button"
        onClick={() => {
          actions.reread(encoding);
        }}
      >
        {controls.corpus.readAs}
      </button>
    </>
  );
};

/** `children`: further ways out that the place knows. */
export const TextFailure = ({ children }: { readonly children?: ReactNode }) => {
  const { controls, failures } = useMessages();
  const numbers = useNumbers();
  const failure = usePlayground((state) => state.text?.failure ?? null);
  const actions = usePlayground((state) => state.actions);
  if (failure === null) return null;
  const { found, remedy } = failureText(failures, failure, numbers);
  return (
    <div className="group-failure" role="alert">
      <p>
        <b>{found}</b>
        {controls.gap + remedy}
      </p>
      {failure.code === 'corpus-unreachable' && (
        <button
          className="button"
          type="button"
          onClick={() => {
            actions.set('corpus', failure.id);
          }}
        >
          {controls.corpus.retry}
        </button>
      )}
      {failure.code === 'text-undecodable' && <Reread />}
      {children}
    </div>
  );
};
