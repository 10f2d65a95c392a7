/** How many training steps a second at most. */
import { useId } from 'react';
import { SETTINGS, SPEEDS } from '../../model/settings';
import { usePlayground } from '../../store';
import { useMessages, useNumbers } from '../messages';

export const SpeedSlider = () => {
  const { controls } = useMessages();
  const numbers = useNumbers();
  const position = usePlayground((state) => state.settings.speed);
  const actions = usePlayground((state) => state.actions);
  const id = useId();

  const speed = SPEEDS[position] ?? Infinity;
  const text =
    speed === Infinity
      ? controls.bar.speedFull
      : speed < 1
        ? controls.bar.speedSlow(numbers.plain(1 / speed))
        : controls.bar.speedLimit(numbers.integer(speed));
  return (
    <div className="speed">
      <label htmlFor={id}>{controls.bar.speed}</label>
      <output className="speed-value" htmlFor={id} aria-live="off">
        {text}
      </output>
      <input
        id={id}
        type="range"
        min={SETTINGS.speed.min}
        max={SETTINGS.speed.max}
        step={1}
        value={position}
        aria-valuetext={text}
        onChange={(event) => {
          actions.set('speed', event.target.valueAsNumber);
        }}
      />
    </div>
  );
};
