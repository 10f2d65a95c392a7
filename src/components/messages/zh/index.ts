/** The page's words in Simplified Chinese: fetched when they are first needed. */
import type { Messages } from '..';
import { zh as controls } from './controls';
import { zh as corpus } from './corpus';
import { zh as failures } from './failures';
import { zh as notices } from './notices';
import { zh as settings } from './settings';
import { zh as stage } from './stage';

export const zh: Messages = { controls, corpus, failures, notices, settings, stage };
