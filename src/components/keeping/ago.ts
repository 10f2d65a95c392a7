/** How long ago something was, in one unit. */
import type { Numbers } from '../messages/numbers';
import type { words } from './words';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Units = Pick<(typeof words)['en'], 'now' | 'seconds' | 'minutes' | 'hours' | 'days'>;

/** @param milliseconds since then; a clock that was set back counts as now */
export const agoText = (milliseconds: number, units: Units, numbers: Numbers): string => {
  const whole = (unit: number) => numbers.integer(Math.floor(milliseconds / unit));
  if (milliseconds < SECOND) return units.now;
  if (milliseconds < MINUTE) return units.seconds(whole(SECOND));
  if (milliseconds < HOUR) return units.minutes(whole(MINUTE));
  return milliseconds < DAY ? units.hours(whole(HOUR)) : units.days(whole(DAY));
};
