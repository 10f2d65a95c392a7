/** Why a text could not be taken, and the way out, at the place where it was asked for. */
import { useId, useState, type ReactNode } from 'react';
import { ENCODINGS, type Encoding, type TextSource } from '../../model/text/types';
import { usePlayground } from '../../store';
import { failureText } from '../messages/failures';
import { useMessages, useNumbers } from '../messages';
import { withTitle } from './titles';

const Reread = ({ source }: { readonly source: Extract<TextSource, { kind: 'file' }> }) => {
  const { corpus } = useMessages();
  const actions = usePlayground((state) => state.actions);
  const [encoding, setEncoding] = useState<Encoding>('utf-8');
  const id = useId();
  return (
    <>
      <label className="visually-hidden" htmlFor={id}>
        {corpus.failedEncoding}
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
            {corpus.encodings[name]}
          </option>
        ))}
      </select>
      <button
        className="button"
        type="button"
        onClick={() => {
          actions.useText({ ...source, encoding });
        }}
      >
        {corpus.readAs}
      </button>
    </>
  );
};

/** `children`: further ways out that the place knows. */
export const TextFailure = ({ children }: { readonly children?: ReactNode }) => {
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
    <div className="group-failure" role="alert">
      <p>
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
      {failure.code === 'text-undecodable' && source?.kind === 'file' && <Reread source={source} />}
      {children}
    </div>
  );
};
