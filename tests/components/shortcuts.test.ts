/** Which key does what, and where it does nothing. */
import { describe, expect, it } from 'vitest';
import { shortcutOf } from '../../src/components/shell/shortcuts';

const press = (key: string, change = {}) => ({
  key,
  repeat: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...change,
});

describe('a single key', () => {
  it('does what the help says', () => {
    const does = [' ', '.', 'r', 'R', '?', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].map((key) =>
      shortcutOf(press(key), 'page'),
    );
    expect(does).toEqual(['train', 'step', 'reset', 'reset', 'help', 'left', 'right', 'up', 'down']);
  });

  it('is left to the field or dialog in which it is pressed', () => {
    for (const key of [' ', '.', 'r', '?', 'ArrowUp']) {
      expect(shortcutOf(press(key), 'field')).toBeNull();
      expect(shortcutOf(press(key), 'dialog')).toBeNull();
    }
  });

  it('presses a focused button with Space, but may step from there', () => {
    expect(shortcutOf(press(' '), 'control')).toBeNull();
    expect(shortcutOf(press('.'), 'control')).toBe('step');
  });

  it('is left to the browser together with Ctrl, Alt or the command key', () => {
    for (const change of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }]) {
      expect(shortcutOf(press('r', change), 'page')).toBeNull();
    }
  });

  it('counts once while it is held down, unless it moves or steps', () => {
    expect(shortcutOf(press(' ', { repeat: true }), 'page')).toBeNull();
    expect(shortcutOf(press('r', { repeat: true }), 'page')).toBeNull();
    expect(shortcutOf(press('.', { repeat: true }), 'page')).toBe('step');
    expect(shortcutOf(press('ArrowLeft', { repeat: true }), 'page')).toBe('left');
  });

  it('never takes Tab, Enter or Escape', () => {
    for (const key of ['Tab', 'Enter', 'Escape', 'toString']) expect(shortcutOf(press(key), 'page')).toBeNull();
  });
});
