/** Composition root: starts the playground and puts the page into the document. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './components/tokens.css';
import './components/base.css';
import { App } from './components/App';
import { startPlayground } from './store';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

startPlayground();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
