/** The run that the pictures in docs/screenshots show. */
import { FIRST } from './claims/promises';

/** The corpus that the page opens with, its own settings, and the unit that holds what it promises. */
export const PICTURE = { corpus: FIRST, label: 'capitals' } as const;
