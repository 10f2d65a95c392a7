/** Types of browser.mjs for the configurations written in TypeScript. */
export declare const BROWSER_VARIABLE: 'CHROMIUM_PATH';
export declare const BROWSER_FLAGS: readonly string[];
export declare const softwareVulkan: () => Record<string, string> | null;
export declare const findInstalledBrowser: () => string | null;
export declare const provideBrowser: () => Promise<string>;
