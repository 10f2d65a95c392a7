/** The page: the bar, what goes in, what happens inside, what comes out. */
import { useCallback, useRef, useState } from 'react';
import { Boundary } from './Boundary';
import { Controls } from './controls/Controls';
import { Help } from './keeping/lazyKeeping';
import { Announcer } from './shell/Announcer';
import { Notices } from './shell/Notices';
import { SettingsPane } from './shell/SettingsPane';
import { SkipLinks } from './shell/SkipLinks';
import { TopBar } from './shell/TopBar';
import { useDocument } from './shell/useDocument';
import { useLayout } from './shell/useLayout';
import { useProvisions } from './shell/useProvisions';
import { useShortcuts } from './shell/useShortcuts';
import { Side, Stage } from './stage';
import './App.css';

export const App = () => {
  useDocument();
  useProvisions();
  const layout = useLayout();
  const sheet = layout === 'narrow';
  /** Whether the settings come when asked for. */
  const folds = sheet || layout === 'paired';
  const [open, setOpen] = useState(false);
  const settingsButton = useRef<HTMLButtonElement>(null);
  const trainButton = useRef<HTMLButtonElement>(null);
  const [helpCalls, setHelpCalls] = useState(0);
  const openHelp = useCallback(() => {
    setHelpCalls((calls) => calls + 1);
  }, []);
  useShortcuts(openHelp);

  const close = () => {
    setOpen(false);
    settingsButton.current?.focus();
  };
  const closeForText = () => {
    setOpen(false);
    trainButton.current?.focus();
  };
  const toggle = () => {
    if (open) close();
    else setOpen(true);
  };
  return (
    <div
      className="app"
      data-layout={layout === 'paired' ? 'wide' : layout}
      data-folded={(layout === 'paired' && !open) || undefined}
      data-folds={folds || undefined}
    >
      <SkipLinks inert={sheet && open} />
      <Boundary>
        <TopBar
          openHelp={openHelp}
          settingsOpen={folds && open}
          toggleSettings={toggle}
          settingsButton={settingsButton}
          trainButton={trainButton}
        />
      </Boundary>
      <div className="app-columns">
        <SettingsPane sheet={sheet} open={open || !folds} close={close} closeForText={closeForText}>
          <Controls />
        </SettingsPane>
        {/* Behind the sheet nothing can be reached: the keyboard stays in the sheet and the bar. */}
        <main className="app-main" inert={sheet && open}>
          <Boundary>
            <Notices />
          </Boundary>
          <div className="app-stage">
            <Stage />
          </div>
          <div className="app-side">
            <Side />
          </div>
        </main>
      </div>
      <Boundary>
        <Announcer />
        <Help calls={helpCalls} />
      </Boundary>
    </div>
  );
};
