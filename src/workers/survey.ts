/** Which engines are there: asked once, told to the page as the answers come. */
import type { EngineInfo } from './protocol';

export type AskEngines = (tell: (engines: readonly EngineInfo[]) => void) => Promise<readonly EngineInfo[]>;

export interface Survey {
  /** Waits for devices that have not answered yet, as long as they are given. */
  engines(): Promise<readonly EngineInfo[]>;
  /** Asks anew. */
  again(): Promise<readonly EngineInfo[]>;
}

export const createSurvey = (ask: AskEngines, tell: (engines: readonly EngineInfo[]) => void): Survey => {
  let asked: Promise<readonly EngineInfo[]> | null = null;
  const again = () => (asked = ask(tell));
  return { engines: () => asked ?? again(), again };
};
