/** What keeps runs, apart from the first download: their file format, and the browser's storage. */
export { openCabinet, spaceOf } from './cabinet';
export { Keeper } from './keeper';
export { awaitTurn, bindLife } from './turn';
