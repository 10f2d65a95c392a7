/** What the page says now and then: of toy tasks, of saved and earlier networks, of a link, of a faster engine, and of the keys. */
export { LookBack, PastTag } from './chronicle/LookBack';
export { TaskResult } from './curve/TaskResult';
export { EngineTable } from './controls/EngineTable';
export { Kept } from './keeping/Kept';
export { SavedNotices } from './keeping/SavedNotices';
export { Corrections } from './shell/Corrections';
export { FasterEngine } from './shell/FasterEngine';
export { HelpDialog } from './shell/HelpDialog';
export { LinkAge } from './shell/LinkAge';
