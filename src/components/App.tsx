/** The page: top bar, what goes in, what happens inside. */
import './App.css';
import { useMessages } from './messages';
import { Side, Stage } from './stage';

export const App = () => {
  const { controls } = useMessages();
  return (
    <div className="app">
      <main className="app-columns">
        <section className="app-stage" aria-label={controls.regions.stage}>
          <Stage />
        </section>
        <section className="app-side" aria-label={controls.regions.side}>
          <Side />
        </section>
      </main>
    </div>
  );
};
