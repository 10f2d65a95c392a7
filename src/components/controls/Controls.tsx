/** Everything that goes in: corpus, network, training, engine; and what of it waits for a new run. */
import { Boundary } from '../Boundary';
import { CorpusGroup } from '../corpus/CorpusGroup';
import { EngineGroup } from './EngineGroup';
import { NetworkGroup } from './NetworkGroup';
import { PendingBar } from './PendingBar';
import { TrainingGroup } from './TrainingGroup';
import './Controls.css';

export const Controls = () => (
  <div className="controls">
    <Boundary>
      <CorpusGroup />
    </Boundary>
    <Boundary>
      <NetworkGroup />
    </Boundary>
    <Boundary>
      <TrainingGroup />
    </Boundary>
    <Boundary>
      <EngineGroup />
    </Boundary>
    <Boundary>
      <PendingBar />
    </Boundary>
  </div>
);
