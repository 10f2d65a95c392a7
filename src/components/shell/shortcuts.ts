/** Which key does what: a pure function of the key and of where it was pressed. */

/** A field takes every key; a control (button, link, summary) takes Space; a dialog takes them all. */
export type Place = 'field' | 'control' | 'dialog' | 'page';

export type Shortcut = 'train' | 'step' | 'reset' | 'help' | 'left' | 'right' | 'up' | 'down';

interface Press {
  readonly key: string;
  readonly repeat: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const KEYS: Readonly<Record<string, Shortcut>> = {
  ' ': 'train',
  '.': 'step',
  r: 'reset',
  R: 'reset',
  '?': 'help',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** Held down, these go on; the others count once. */
const REPEATING: ReadonlySet<Shortcut> = new Set(['step', 'left', 'right', 'up', 'down']);

export const shortcutOf = (press: Press, place: Place): Shortcut | null => {
  if (press.ctrlKey || press.metaKey || press.altKey || place === 'field' || place === 'dialog') return null;
  const shortcut = Object.hasOwn(KEYS, press.key) ? KEYS[press.key] : undefined;
  if (shortcut === undefined || (press.repeat && !REPEATING.has(shortcut))) return null;
  return shortcut === 'train' && place === 'control' ? null : shortcut;
};

/** Where a key was pressed. */
export const placeOf = (target: EventTarget | null): Place => {
  if (!(target instanceof Element)) return 'page';
  if (target.closest('dialog, [role="dialog"]:not([data-sheet])')) return 'dialog';
  if (target.closest('input, select, textarea, [contenteditable], [role="slider"], [role="listbox"]')) return 'field';
  return target.closest('button, a[href], summary, label') ? 'control' : 'page';
};
