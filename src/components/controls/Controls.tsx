/** Everything that goes in: corpus, network, training, engine; and what of it waits for a new run. */
import { CorpusGroup } from '../corpus/CorpusGroup';
import { EngineGroup } from './EngineGroup';
import { NetworkGroup } from './NetworkGroup';
import { PendingBar } from './PendingBar';
import { TrainingGroup } from './TrainingGroup';
import './Controls.css';

export const Controls = () => (
  <div className="controls">
    <CorpusGroup />
    <NetworkGroup />
    <TrainingGroup />
    <EngineGroup />
    <PendingBar />
  </div>
);
