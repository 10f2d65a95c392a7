/** Finds a browser of the Chromium family for the tests and scripts that look at the real page. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { run } from './processes.mjs';
import { inRoot } from './root.mjs';

/** Environment variable that names the browser. */
export const BROWSER_VARIABLE = 'CHROMIUM_PATH';

/** What makes a browser without a GPU offer WebGPU and WebGL in software, and fetch nothing on its own. */
export const BROWSER_FLAGS = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where Debian's Chromium keeps its software GPU and the loader for it. */
const SOFTWARE_GPU = '/usr/lib/chromium';

/** @returns {{ [name: string]: string } | null} what a process needs in its environment to find a software GPU, if there is one */
export const softwareVulkan = () => {
  const driver = join(SOFTWARE_GPU, 'vk_swiftshader_icd.json');
  return existsSync(driver) ? { VK_ICD_FILENAMES: driver, LD_LIBRARY_PATH: SOFTWARE_GPU } : null;
};

const LINUX_NAMES = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
];
const MAC_NAMES = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const WINDOWS_PATHS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

const candidates = () => {
  const { env } = process;
  switch (process.platform) {
    case 'darwin':
      return ['', homedir()].flatMap((home) =>
        MAC_NAMES.map((name) => `${home}/Applications/${name}.app/Contents/MacOS/${name}`),
      );
    case 'win32':
      return [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']]
        .filter((folder) => folder !== undefined)
        .flatMap((folder) => WINDOWS_PATHS.map((path) => join(folder, path)));
    default: {
      const folders = [...(env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'];
      return LINUX_NAMES.flatMap((name) => folders.filter((f) => f !== '').map((folder) => join(folder, name)));
    }
  }
};

/** Whether the file is there and starts: a stub without its package and a download without its libraries do not. */
const works = (path) =>
  existsSync(path) &&
  // On Windows --version opens a window.
  (process.platform === 'win32' || spawnSync(path, ['--version'], { timeout: 30_000, stdio: 'ignore' }).status === 0);

/**
 * An installed Chrome, Chromium or Edge: the one that CHROMIUM_PATH names, or the first one found.
 * @returns {string | null}
 * @throws where CHROMIUM_PATH names something that does not start
 */
export const findInstalledBrowser = () => {
  const named = process.env[BROWSER_VARIABLE];
  if (named !== undefined && named !== '') {
    if (works(named)) return named;
    throw new Error(`${BROWSER_VARIABLE} names ${named}, which is not there or does not start.`);
  }
  return candidates().find(works) ?? null;
};

const downloadedByPlaywright = async () => {
  const { chromium } = await import('playwright');
  const path = chromium.executablePath();
  return works(path) ? path : null;
};

const downloadWithPlaywright = async () => {
  const path = await downloadedByPlaywright();
  if (path !== null) return path;
  console.log('No Chrome, Chromium or Edge found: trying the download of the test tool …');
  await run(process.execPath, [inRoot('node_modules/playwright/cli.js'), 'install', 'chromium'], { seconds: 300 });
  return downloadedByPlaywright();
};

const installWithApt = async () => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
  console.log("No browser yet: trying Debian's package …");
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { seconds: 300, env });
  await run('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium'], { seconds: 600, env });
  return findInstalledBrowser();
};

/**
 * A browser, installed if need be.
 * @returns {Promise<string>} its path
 * @throws with what to install, where there is none and none could be had
 */
export const provideBrowser = async () => {
  const path = findInstalledBrowser() ?? (await downloadWithPlaywright()) ?? (await installWithApt());
  if (path !== null) return path;
  throw new Error(
    'The tests need Chrome, Chromium or Edge. Install one of them (Debian and Ubuntu: apt-get install chromium; ' +
      `macOS: brew install --cask chromium; Windows: Edge is part of it), or name one in ${BROWSER_VARIABLE}.`,
  );
};
