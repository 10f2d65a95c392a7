/** The small button beside a setting's name that tells in one sentence what it does. */
import * as Popover from '@radix-ui/react-popover';
import { CircleQuestionMark } from 'lucide-react';
import { useMessages } from '../messages';
import './Explain.css';

interface ExplainProps {
  /** Id of the element that names what is explained. */
  readonly labelId: string;
  readonly text: string;
  /** Bounds and unit, where there are any. */
  readonly range?: string | undefined;
}

export const Explain = ({ labelId, text, range }: ExplainProps) => {
  const { controls } = useMessages();
  return (
    <Popover.Root>
      {/* The name is the same for all of them; which one it is, the description says. */}
      <Popover.Trigger className="explain-button" aria-label={controls.settings.explain} aria-describedby={labelId}>
        <CircleQuestionMark size="1.1em" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="explain"
          aria-labelledby={labelId}
          side="bottom"
          align="start"
          collisionPadding={12}
        >
          <p>{text}</p>
          {range && <p className="explain-range">{range}</p>}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
};
