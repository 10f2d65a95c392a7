/** What the page says now and then: of saved runs, of a link, of a faster engine, and of the keys. */
export { Kept } from './keeping/Kept';
export { SavedNotices } from './keeping/SavedNotices';
export { Corrections } from './shell/Corrections';
export { FasterEngine } from './shell/FasterEngine';
export { HelpDialog } from './shell/HelpDialog';
export { LinkAge } from './shell/LinkAge';
