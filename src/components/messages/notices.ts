/** The words of the notices above the stage, in both languages. */

export const en = {
  label: 'Notices',
  dismiss: 'Dismiss',
  link: 'Some of this link could not be used as it stands:',
  clamped: (name: string, given: string, used: string) => `${name}: ${given} is out of range, ${used} is used.`,
  cut: (name: string, kept: string, given: string) => `${name}: cut after ${kept} of ${given} characters.`,
  invalid: (name: string, given: string, used: string) => `${name}: “${given}” is not a value, ${used} is used.`,
  ambiguous: (name: string, given: string, used: string) =>
    `${name}: “${given}” can be read in two ways, ${used} is used.`,
  unknown: (key: string) => `“${key}” is not a setting and was ignored.`,
  more: (count: string) => `and ${count} more`,
  ownText:
    'This link was made with a text of one’s own: paste it here, into the box “Your text”. Until then another text stands in for it.',
  earlier: 'This link was made with an earlier version of this page.',
  sums: 'Sums have been rounded a little differently since, so the run will not be quite the one that it was made with.',
  kept: 'What it leaves out means what it meant then:',
  keptValue: (name: string, value: string) => `${name}: ${value}`,
  useToday: 'Use today’s defaults',
  later:
    'This link was made with a later version of this page, so what it leaves out may mean something else here. Reload the page to get that version.',
  otherText: 'The text is not the one that this link was made with, so the run will differ.',
  stopped: 'Training has stopped.',
  noRun: 'The run could not be made.',
  problem: 'A problem that stops nothing.',
  times: (count: string) => `The like has happened ${count} times.`,
  dead: 'The trainer is gone.',
  resumable: (step: string) => `It can go on from step ${step}.`,
  ruined: 'The network has lost what it had learnt.',
  ruinedFigures: (now: string, step: string, then: string) =>
    `Its loss is ${now} nats; at step ${step} it was ${then}. The steps have become too large for it.`,
  recover: (step: string) => `Go back to step ${step} and the settings of then`,
  recoverHalved: (step: string) => `Go back to step ${step} with half the learning rate`,
  halve: 'Halve the learning rate and continue',
  again: 'Start again from the seed',
  automatic: 'Choose the engine automatically',
  automaticResume: 'Choose the engine automatically and continue',
  fit: (units: string, batch: string, length: string) => `Use ${units} units, batch ${batch}, length ${length}`,
  restart: 'Start it again',
  busy: 'The engine is still computing a step.',
  busyWays:
    'What you asked for waits until it is done. Stop it, and the settings stay; the run comes back as it was saved last, or begins from its seed.',
  busyDevice:
    'What you asked for waits until it is done. Stop it, and the run can go on from its last copy on another engine.',
  stop: 'Stop',
  absent: 'The part of the program that trains has not come yet.',
  absentWays: 'The connection may be slow, or gone.',
  ask: 'Ask for it again',
  faster: (engine: string, device: string) => `${engine} (${device}) trains this network faster here.`,
  fasterFigures: (faster: string, current: string, ratio: string) =>
    `Measured: ${faster} ms a step in place of ${current} ms, ${ratio} times as fast. The run goes on where it stands.`,
  move: (engine: string) => `Continue on ${engine}`,
  stay: (engine: string) => `Stay on ${engine}`,
  notShown: 'This part of the page could not be shown.',
  runUnharmed: 'The run is not affected.',
  showAgain: 'Show it again',
};

export type NoticeMessages = typeof en;
