/** Brings node_modules to what the lockfile says, and does nothing where it is so already. */
import { existsSync, readFileSync } from 'node:fs';
import { run } from './processes.mjs';
import { inRoot } from './root.mjs';

const packagesOf = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;

/** Whether every package of the lockfile is there in its version, as npm noted at the end of its last installation. */
const isInstalled = () => {
  const installedPath = inRoot('node_modules/.package-lock.json');
  if (!existsSync(installedPath)) return false;
  const installed = packagesOf(installedPath);
  return Object.entries(packagesOf(inRoot('package-lock.json'))).every(
    // Optional ones are for other systems.
    ([path, wanted]) => path === '' || wanted.optional === true || installed[path]?.version === wanted.version,
  );
};

/** Ends the process where the installation fails. */
export const ensureInstalled = async () => {
  if (isInstalled()) return;
  console.log('Installing the packages of package-lock.json (npm ci) …');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund'];
  const { ok, timedOut } =
    npm !== undefined && /\.c?js$/.test(npm)
      ? await run(process.execPath, [npm, ...args], { seconds: 900 })
      : await run('npm', args, { seconds: 900, shell: process.platform === 'win32' });
  if (ok) return;
  console.error(
    timedOut
      ? 'The installation did not end within 15 minutes.'
      : 'The installation failed; what npm says is above. It needs a connection to the npm registry.',
  );
  process.exit(1);
};
