/** How much of a toy task the network gets right, what is counted, why it takes a gate, and what a paper found. */
import type { ReactElement } from 'react';
import { shownRun, usePlayground } from '../../store';
import type { Page } from '../keeping/page';
import { TASK_WORDS } from '../messages/tasks';
import './TaskResult.css';

export const TaskResult = ({ page }: { readonly page: Page }): ReactElement | null => {
  const { words: messages, numbers } = page;
  const { gap } = messages.controls;
  const language = usePlayground((state) => state.language);
  const words = TASK_WORDS[language];
  const task = usePlayground((state) => {
    const corpus = shownRun(state)?.description?.settings.corpus;
    return state.catalogue.find(({ id }) => id === corpus)?.task ?? null;
  });
  const decided = usePlayground((state) => shownRun(state)?.decided ?? null);
  if (task === null) return null;
  const asks = task.asks[language];
  return (
    <div className="task-result">
      <p>
        <b>
          {decided === null
            ? words.notYet
            : words.right(
                numbers.percent(decided.right / decided.of, 1),
                numbers.integer(decided.right),
                numbers.integer(decided.of),
                numbers.integer(decided.step),
              )}
        </b>
        {gap}
        {decided === null ? words.counted(asks) : words.counts(asks, numbers.percent(decided.chance, 0))}
      </p>
      <p>
        <b>{words.gate}</b>
        {gap}
        {task.gate[language]}
      </p>
      {task.published.map(({ source, found, isSame }) => (
        <p key={source}>
          <b>{words.published}</b>
          {gap}
          {found[language]} <cite>{source}</cite> ({isSame ? words.same : words.variant})
        </p>
      ))}
    </div>
  );
};
