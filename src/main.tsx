/** Composition root: starts the playground and puts the page into the document. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './components/tokens.css';
import './components/base.css';
import { App } from './components/App';
import { Boundary } from './components/Boundary';
import { loadMessages } from './components/messages/load';
import { startPlayground, usePlayground } from './store';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

const staticWords = [...root.childNodes];

/** Where the page cannot even say what is wrong, the words of index.html come back, with the cause. */
const fallBack = (caught: unknown): void => {
  const cause = document.createElement('p');
  cause.className = 'boot';
  cause.textContent = String(caught);
  root.replaceChildren(...staticWords, cause);
  root.dataset['failed'] = '';
};

const render = () => {
  createRoot(root, { onUncaughtError: fallBack }).render(
    <StrictMode>
      <Boundary>
        <App />
      </Boundary>
    </StrictMode>,
  );
};

try {
  startPlayground();
  const { language, actions } = usePlayground.getState();
  loadMessages(language)
    .catch((caught: unknown) => {
      // The page speaks the language whose words are there, and can be asked for the other one again.
      usePlayground.setState({ language: 'en' });
      actions.tellProblem(caught);
    })
    .then(render)
    .catch(fallBack);
} catch (caught) {
  fallBack(caught);
}
