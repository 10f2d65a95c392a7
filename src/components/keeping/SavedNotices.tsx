/** Notices about saved runs: one that is being opened, one that waits for its text, one of an earlier visit. */
import { useState } from 'react';
import { usePlayground, type OpenedRun } from '../../store';
import { agoText } from './ago';
import type { Page } from './page';
import { words } from './words';

const Opened = ({ opened, page }: { readonly opened: OpenedRun; readonly page: Page }) => {
  const { Notice, Way, numbers, failureText, quotation } = page;
  const { controls, failures } = page.words;
  const said = usePlayground((state) => words[state.language]);
  const actions = usePlayground((state) => state.actions);
  const { status, run, failure } = opened;
  const isFailed = failure !== null;
  const hasText = usePlayground((state) => state.text?.status === 'ready');
  const isEither = status === 'either';
  const canTune = (status === 'asks' || isEither) && hasText;
  const [title, remedy] = (() => {
    if (failure !== null) {
      const { found, remedy: way } = failureText(failures, failure, numbers);
      return [said.failed, found + controls.gap + way];
    }
    if ((status !== 'asks' && !isEither) || run === null) return [said.reading, ''];
    const step = numbers.integer(run.step);
    if (isEither) {
      const text = page.corpusTitle(run.settings.corpus) ?? run.textName;
      return [text ? said.eitherNamed(step, quotation(text)) : said.either(step), said.eitherRemark];
    }
    return [
      run.textName ? said.asksNamed(step, quotation(run.textName)) : said.asks(step),
      said.give + (canTune ? controls.gap + said.tuneRemark : ''),
    ];
  })();
  return (
    <Notice
      tone={isFailed ? 'danger' : 'notice'}
      ways={
        <>
          {isEither && (
            <Way primary go={actions.openWithItsText}>
              {said.withItsText}
            </Way>
          )}
          {canTune && <Way go={actions.fineTune}>{said.tune}</Way>}
        </>
      }
      onDismiss={actions.dismissOpened}
    >
      <p role={isFailed ? 'alert' : 'status'}>
        <b>{title}</b>
        {remedy !== '' && controls.gap + remedy}
      </p>
    </Notice>
  );
};

const Offered = ({ page: { Notice, Way, numbers } }: { readonly page: Page }) => {
  const said = usePlayground((state) => words[state.language]);
  const actions = usePlayground((state) => state.actions);
  const offered = usePlayground((state) => state.offered);
  const [now] = useState(() => Date.now());
  if (offered === null) return null;
  const ago = agoText(now - offered.savedAt, said, numbers);
  return (
    <Notice
      tone="notice"
      ways={
        <Way
          primary
          go={() => {
            actions.goOn(offered.runId);
          }}
        >
          {said.goOn}
        </Way>
      }
      onDismiss={actions.dismissOffered}
    >
      <p role="status">{said.offered(numbers.integer(offered.step), ago)}</p>
    </Notice>
  );
};

/** What happened to the run, where it is now, and what that has cost. */
const Returned = ({ page }: { readonly page: Page }) => {
  const { Notice, Way, numbers, failureText, engineName } = page;
  const { controls, failures } = page.words;
  const said = usePlayground((state) => words[state.language]);
  const actions = usePlayground((state) => state.actions);
  const returned = usePlayground((state) => state.returned);
  if (returned === null) return null;
  const { failure, from, step, engine } = returned;
  const [now, then] = [step ?? 0, from].map((count) => numbers.integer(count));
  const lost = from > (step ?? 0) ? [said.lost(then)] : [];
  const isElsewhere = 'engine' in failure && engine !== null && engine !== failure.engine;
  const back = isElsewhere ? said.elsewhereNow(now, engineName(engine)) : said.returned(now);
  const isAnew = step === 0 && !('engine' in failure);
  const sentences = step === null ? [said.restarting] : [isAnew ? said.anew : back, ...lost];
  return (
    <Notice
      tone="notice"
      ways={
        step !== null && (
          <Way primary go={actions.train}>
            {said.goOn}
          </Way>
        )
      }
      onDismiss={actions.dismissReturned}
    >
      <p role="status">
        <b>{failureText(failures, failure, numbers).found}</b>
        {controls.gap + sentences.join(controls.gap)}
      </p>
    </Notice>
  );
};

export const SavedNotices = ({ page }: { readonly page: Page }) => {
  const opened = usePlayground((state) => state.opened);
  return (
    <>
      <Returned page={page} />
      {opened && <Opened opened={opened} page={page} />}
      <Offered page={page} />
    </>
  );
};
