/** What is known of the text: how it begins, how long it is, what it is made of, how it was read. */
import { displayCharacter, displayText } from '../../model/text/display';
import type { CatalogueEntry, Encoding } from '../../model/text/types';
import { shownRun, usePlayground } from '../../store';
import { More } from '../controls/Group';
import { useMessages, useNumbers } from '../messages';
import { EncodingSelect } from './lazyEncodings';
import { textLanguage } from '../stage/textLanguage';

/** How a file was decoded, and the choice of another way. */
const EncodingChoice = ({ encoding }: { readonly encoding: Encoding }) => {
  const { corpus } = useMessages();
  const actions = usePlayground((state) => state.actions);
  return (
    <label className="setting">
      <span className="setting-name">{corpus.encoding}</span>
      <EncodingSelect className="field setting-value" value={encoding} onChange={actions.reread} />
    </label>
  );
};

/** Shares are written with one decimal of a percent. */
const SMALLEST_SHARE = 0.001;

/** What the run on the page made of this text: its vocabulary and its two parts. */
const Use = () => {
  const { corpus } = useMessages();
  const numbers = useNumbers();
  const description = usePlayground((state) =>
    shownRun(state)?.description?.textId === state.text?.textId ? shownRun(state)?.description : null,
  );
  if (description === undefined || description === null) return null;
  const { symbols, cutDistinct, cutCount, unseenDistinct, unseenCount, trainLength, heldOutLength } = description;
  /** Never "0.0%" of what there is. */
  const share = (part: number) =>
    (part < SMALLEST_SHARE / 2 ? '< ' : '') + numbers.percent(Math.max(SMALLEST_SHARE, part), 1);
  return (
    <>
      <p>{corpus.vocabulary(numbers.integer(symbols.length))}</p>
      {cutDistinct > 0 && <p>{corpus.vocabularyCut(numbers.integer(cutDistinct), share(cutCount / trainLength))}</p>}
      {unseenDistinct > 0 && (
        <p>{corpus.vocabularyUnseen(numbers.integer(unseenDistinct), share(unseenCount / heldOutLength))}</p>
      )}
      <p>{corpus.parts(numbers.integer(trainLength), numbers.integer(heldOutLength))}</p>
    </>
  );
};

export const TextFacts = ({ entry }: { readonly entry: CatalogueEntry | undefined }) => {
  const made = usePlayground((state) => entry?.made[state.language]);
  const { controls, corpus } = useMessages();
  const numbers = useNumbers();
  const facts = usePlayground((state) => state.text?.facts ?? null);
  const isFile = usePlayground((state) => state.text?.source.kind === 'file');
  if (facts === null) return <div className="corpus-facts" />;
  const language = textLanguage(facts.beginning);
  return (
    <div className="corpus-facts">
      <p>
        {corpus.characters(numbers.integer(facts.characters))} · {corpus.distinct(numbers.integer(facts.distinct))}
      </p>
      <p className="corpus-beginning" lang={language} dir="auto" title={corpus.beginning}>
        {displayText(facts.beginning).replaceAll('\n', '↵')}
      </p>
      {isFile && <EncodingChoice encoding={facts.encoding} />}
      {facts.byteOrderMark && <p>{corpus.bom}</p>}
      {facts.newlinesChanged > 0 && <p>{corpus.newlines(numbers.integer(facts.newlinesChanged))}</p>}
      {facts.replaced > 0 && <p>{corpus.replaced(numbers.integer(facts.replaced))}</p>}
      {facts.cutOff && <p>{corpus.cutOff}</p>}
      {facts.nulsRemoved > 0 && <p>{corpus.nulsRemoved(numbers.integer(facts.nulsRemoved))}</p>}
      <More summary={corpus.about}>
        <div className="corpus-about">
          {made && (
            <p>
              <b>{corpus.made}</b>
              {controls.gap + made}
            </p>
          )}
          <Use />
          <p>
            <b>{corpus.frequent}</b>
          </p>
          <ol className="corpus-frequent" lang={language}>
            {facts.frequent.map(({ character, count }) => (
              <li key={character}>
                <b>{displayCharacter(character.codePointAt(0) ?? -1)}</b>
                <span>{numbers.percent(count / facts.characters, 1)}</span>
              </li>
            ))}
          </ol>
        </div>
      </More>
    </div>
  );
};
