/** The middle of the page: what happens inside the network while it reads and learns. */
import { useEffect, type ReactElement } from 'react';
import { usePlayground } from '../../store';
import { Boundary } from '../Boundary';
import { useMessages } from '../messages';
import { Purpose } from './Purpose';
import { Seen, STAGE_VIEWS, wantedReadings } from './views';
import './stage.css';

export const Stage = (): ReactElement => {
  const actions = usePlayground((state) => state.actions);
  const wanted = usePlayground((state) => wantedReadings(state).join());
  useEffect(() => {
    actions.want(wantedReadings(usePlayground.getState()));
  }, [actions, wanted]);
  return (
    <section className="stage" aria-label={useMessages().stage.stage}>
      <Boundary>
        <Purpose />
      </Boundary>
      {STAGE_VIEWS.map((row, k) => (
        <Boundary key={k}>
          <Seen row={row} />
        </Boundary>
      ))}
    </section>
  );
};
