/** Composition root: starts the playground and puts the page into the document. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './components/tokens.css';
import './components/base.css';
import { App } from './components/App';
import { Boundary } from './components/Boundary';
import { startPlayground } from './store';

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

try {
  startPlayground();
  createRoot(root, { onUncaughtError: fallBack }).render(
    <StrictMode>
      <Boundary>
        <App />
      </Boundary>
    </StrictMode>,
  );
} catch (caught) {
  fallBack(caught);
}
