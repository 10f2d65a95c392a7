/** What the network reads: the corpora that come with the page, or a text of one's own. */
import { useId, useRef } from 'react';
import { quotation } from '../../model/text/display';
import { differsFromOwn, OWN_TEXT, usePlayground } from '../../store';
import { Group } from '../controls/Group';
import { FoldedFields } from '../controls/SettingFields';
import { failureText } from '../messages/failures';
import { useMessages, useNumbers } from '../messages';
import { LOCALES } from '../messages/numbers';
import { OwnText } from './OwnText';
import { TextFailure } from './TextFailure';
import { TextFacts } from './TextFacts';
import { TextProgress } from './TextProgress';
import { byLanguage, languageName, TASK_GROUP } from './titles';
import './Corpus.css';

/** Why there is no list to choose from. */
const CatalogueFailure = () => {
  const { controls, corpus, failures } = useMessages();
  const numbers = useNumbers();
  const failure = usePlayground((state) => state.catalogueFailure);
  const actions = usePlayground((state) => state.actions);
  if (failure === null) return null;
  const { found, remedy } = failureText(failures, failure, numbers);
  return (
    <div className="group-failure" role="alert">
      <p>
        <b>{found}</b>
        {controls.gap + remedy}
      </p>
      <button
        className="button"
        type="button"
        onClick={() => {
          actions.loadCatalogue();
        }}
      >
        {corpus.retry}
      </button>
    </div>
  );
};

export const CorpusGroup = () => {
  const { controls, corpus, settings } = useMessages();
  const language = usePlayground((state) => state.language);
  const catalogue = usePlayground((state) => state.catalogue);
  const chosen = usePlayground((state) => state.settings.corpus);
  const loading = usePlayground((state) => state.text?.status === 'loading');
  const ofCorpus = usePlayground((state) => state.text?.failedSource?.kind === 'bundled');
  const differs = usePlayground(differsFromOwn);
  const actions = usePlayground((state) => state.actions);
  const ownText = useRef<HTMLTextAreaElement>(null);
  const id = useId();

  const entry = catalogue.find((candidate) => candidate.id === chosen);
  const brings = Object.keys(entry?.settings ?? {}).length > 0;
  const tagName = (tag: string) =>
    tag === 'mul' || tag === 'zxx' || tag === TASK_GROUP ? corpus.language(tag) : languageName(tag, LOCALES[language]);

  const choose = (id: string) => {
    actions.set('corpus', id);
    // Without a text of one's own yet, the list stays where it was: the box is the place to go.
    if (id === OWN_TEXT) ownText.current?.focus();
  };

  return (
    <Group title={controls.settings.corpus}>
      <div className="corpus-choice">
        <select
          className="field corpus-select"
          aria-label={settings.names.corpus.label}
          aria-describedby={entry && `${id}-look`}
          value={chosen}
          onChange={(event) => {
            choose(event.target.value);
          }}
        >
          {entry === undefined && chosen !== OWN_TEXT && (
            <option value={chosen}>
              {catalogue.length === 0 ? quotation(chosen) : corpus.missing(quotation(chosen))}
            </option>
          )}
          {byLanguage(catalogue, language).map(([tag, entries]) => (
            <optgroup key={tag} label={tagName(tag)}>
              {entries.map(({ id: value, title }) => (
                <option key={value} value={value}>
                  {title[language]}
                </option>
              ))}
            </optgroup>
          ))}
          <option value={OWN_TEXT}>{corpus.own}</option>
        </select>
      </div>
      {ofCorpus ? <TextFailure /> : <CatalogueFailure />}
      {entry && (
        <p className="corpus-look" id={`${id}-look`}>
          {entry.look[language]}
          {differs && entry.promises.length > 0 && controls.gap + corpus.promisedWithOwn}
        </p>
      )}
      <button
        className="button button-quiet corpus-settings"
        type="button"
        disabled={!differs}
        onClick={() => {
          actions.useOwnSettings();
        }}
      >
        {corpus.settings[brings ? 'own' : 'general'][differs ? 'use' : 'used']}
      </button>
      {loading ? <TextProgress /> : <TextFacts entry={entry} />}
      <FoldedFields summary={controls.settings.moreText} group="text" />
      <OwnText textRef={ownText} />
    </Group>
  );
};
