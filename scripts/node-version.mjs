/** Says clearly that Node.js is too old. Written for the oldest Node.js that knows modules: no newer syntax here. */

const NEEDED = [20, 19];

/** Ends the process with a sentence where this Node.js is older than the project needs. */
export function requireNode() {
  const own = process.versions.node.split('.').map(Number);
  const enough = own[0] > NEEDED[0] || (own[0] === NEEDED[0] && own[1] >= NEEDED[1]);
  if (enough) return;
  console.error(
    'LSTM Playground needs Node.js ' +
      NEEDED.join('.') +
      ' or later; this is ' +
      process.versions.node +
      '.\n' +
      'Install a current one from https://nodejs.org and run the command again.',
  );
  process.exit(1);
}
