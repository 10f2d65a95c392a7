/** What is said of saved runs, with its words: fetched once there may be something to say. */
export { Kept } from './Kept';
export { SavedNotices } from './SavedNotices';
