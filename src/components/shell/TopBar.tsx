/** The bar that never scrolls away: train, step, reset, speed, the run's numbers, language, theme, help. */
import { CircleQuestionMark, Dices, Moon, Pause, Play, SlidersHorizontal, Sun, SunMoon } from 'lucide-react';
import { useLayoutEffect, useRef, type RefObject } from 'react';
import { isPreparing, pendingChanges, usePlayground, useRun, type Theme } from '../../store';
import { useMessages } from '../messages';
import { loadMessages } from '../messages/load';
import { followSize } from '../size';
import { RunGroup, RunLine } from './RunGroup';
import { SpeedSlider } from './SpeedSlider';
import { TRAIN_HINT_ID, TrainHint, trainHintOf } from './TrainHint';
import { UndoButtons } from './UndoButtons';
import './TopBar.css';

const NEXT_THEME: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };
const THEME_ICONS = { system: SunMoon, light: Sun, dark: Moon };
const ICON = '1.25em';

const PageButtons = ({ openHelp }: { readonly openHelp: () => void }) => {
  const { controls } = useMessages();
  const language = usePlayground((state) => state.language);
  const theme = usePlayground((state) => state.theme);
  const actions = usePlayground((state) => state.actions);
  const ThemeIcon = THEME_ICONS[theme];
  return (
    <div className="top-bar-page">
      <button
        className="button button-quiet"
        type="button"
        lang={language === 'en' ? 'zh-CN' : 'en'}
        onClick={() => {
          const other = language === 'en' ? 'zh' : 'en';
          loadMessages(other).then(() => {
            actions.setLanguage(other);
          }, actions.tellProblem);
        }}
      >
        {controls.bar.language}
      </button>
      <button
        className="button button-quiet button-icon"
        type="button"
        aria-label={controls.bar.theme[theme]}
        title={controls.bar.theme[theme]}
        onClick={() => {
          actions.setTheme(NEXT_THEME[theme]);
        }}
      >
        <ThemeIcon size={ICON} />
      </button>
      <button
        className="button button-quiet button-icon"
        type="button"
        aria-label={controls.bar.help}
        title={controls.bar.help}
        onClick={openHelp}
      >
        <CircleQuestionMark size={ICON} />
      </button>
    </div>
  );
};

interface TopBarProps {
  readonly openHelp: () => void;
  /** Whether the sheet of settings is open; its button is shown where the settings have no column of their own. */
  readonly settingsOpen: boolean;
  readonly toggleSettings: () => void;
  readonly settingsButton: RefObject<HTMLButtonElement | null>;
  readonly trainButton: RefObject<HTMLButtonElement | null>;
}

/** Tells the style sheets how high the bar stands, or what of it stays in sight, for what sticks beneath it. */
const useBarHeight = () => {
  const bar = useRef<HTMLElement>(null);
  const train = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const [whole, part] = [bar.current, train.current];
    if (whole === null || part === null) return;
    const tell = () => {
      // Where only the part with Train stays in sight the bar itself has no box.
      const height = whole.offsetHeight > 0 ? whole.offsetHeight : part.offsetHeight;
      document.documentElement.style.setProperty('--bar-height', `${height}px`);
    };
    const stops = [whole, part].map((element) => followSize(element, tell));
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  return { bar, train };
};

export const TopBar = ({ openHelp, settingsOpen, toggleSettings, settingsButton, trainButton }: TopBarProps) => {
  const { bar, train } = useBarHeight();
  const { controls } = useMessages();
  const running = useRun((run) => run?.phase === 'running');
  const busy = usePlayground(isPreparing);
  const waiting = usePlayground((state) => pendingChanges(state).length > 0);
  const hinted = usePlayground((state) => trainHintOf(state) !== null);
  const actions = usePlayground((state) => state.actions);
  return (
    <header ref={bar} className={busy ? 'top-bar top-bar-busy' : 'top-bar'}>
      <h1 className="brand">{controls.title}</h1>
      <div ref={train} className="top-bar-train" role="group" aria-label={controls.bar.label}>
        <button
          className="button button-primary train"
          type="button"
          ref={trainButton}
          aria-busy={busy}
          aria-describedby={hinted ? TRAIN_HINT_ID : undefined}
          onClick={() => {
            if (running) actions.pause();
            else actions.train();
          }}
        >
          {running ? <Pause size={ICON} /> : <Play size={ICON} />}
          {running ? controls.bar.pause : controls.bar.train}
        </button>
        <RunLine />
        <TrainHint id={TRAIN_HINT_ID} />
        <button
          className="button button-icon open-settings"
          type="button"
          ref={settingsButton}
          aria-expanded={settingsOpen}
          aria-controls="settings"
          aria-label={waiting ? controls.bar.settingsWaiting : controls.bar.settings}
          data-waiting={waiting}
          onClick={toggleSettings}
        >
          <SlidersHorizontal size={ICON} />
          <span className="open-settings-word" aria-hidden>
            {controls.bar.settings}
          </span>
        </button>
      </div>
      <div className="top-bar-more">
        <div className="top-bar-steps">
          <button
            className="button"
            type="button"
            aria-describedby={hinted ? TRAIN_HINT_ID : undefined}
            title={controls.bar.stepHint}
            onClick={() => {
              actions.step();
            }}
          >
            {controls.bar.step}
          </button>
          <button
            className="button"
            type="button"
            title={controls.bar.resetHint}
            onClick={() => {
              actions.reset();
            }}
          >
            {controls.bar.reset}
          </button>
        </div>
        <button
          className="button button-quiet button-icon"
          type="button"
          aria-label={controls.bar.newSeed}
          title={`${controls.bar.newSeed}: ${controls.bar.newSeedHint}`}
          onClick={() => {
            actions.newSeed();
          }}
        >
          <Dices size={ICON} />
        </button>
        <UndoButtons />
        <SpeedSlider />
      </div>
      <TrainHint />
      <RunGroup />
      <PageButtons openHelp={openHelp} />
    </header>
  );
};
