/** The learning rate of each step. */
import { cosineOfHalfTurn, power } from './arithmetic';
import type { Settings } from './settings';

type ScheduleSettings = Pick<Settings, 'learningRate' | 'schedule' | 'scheduleSteps' | 'scheduleFactor' | 'warmup'>;

/** What the learning rate is multiplied by once the warm-up is over, `n` steps later. */
const factorAfter = (n: number, { schedule, scheduleSteps, scheduleFactor }: ScheduleSettings): number => {
  switch (schedule) {
    case 'constant':
      return 1;
    case 'step':
      return power(scheduleFactor, Math.floor(n / scheduleSteps));
    case 'cosine': {
      const share = Math.min(1, n / scheduleSteps);
      return scheduleFactor + ((1 - scheduleFactor) * (1 + cosineOfHalfTurn(share))) / 2;
    }
  }
};

/**
 * The learning rate of step k = 1, 2, …: first `warmup` steps of linear rise; then constant, or multiplied by
 * `scheduleFactor` every `scheduleSteps` steps, or falling to `scheduleFactor` of itself over `scheduleSteps` steps along
 * half a cosine (Loshchilov and Hutter 2017, without restarts) and staying there.
 */
export const learningRateAt = (step: number, settings: ScheduleSettings): number =>
  step <= settings.warmup
    ? (settings.learningRate * step) / settings.warmup
    : settings.learningRate * factorAfter(step - 1 - settings.warmup, settings);
