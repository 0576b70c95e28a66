import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Chromium's names on a PATH; all of them can be driven the same way. */
const NAMES = [
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'chrome',
    'microsoft-edge-stable',
    'microsoft-edge',
    'msedge',
];

const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];

const WINDOWS_PROGRAMS = [
    ['Google', 'Chrome', 'Application', 'chrome.exe'],
    ['Chromium', 'Application', 'chrome.exe'],
    ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
];

/** Executables inside one browser folder of Playwright's cache; the folder differs by platform. */
const PLAYWRIGHT_BROWSER = /^chromium(_headless_shell)?-\d+$/;
const PLAYWRIGHT_EXECUTABLE =
    /[\\/](chrome|chrome\.exe|chrome-headless-shell(\.exe)?|headless_shell(\.exe)?|MacOS[\\/](Chromium|Google Chrome for Testing))$/;

/**
 * Every installed Chromium, Chrome or Edge, best first.
 *
 * @param {{ env: NodeJS.ProcessEnv, platform?: NodeJS.Platform, home?: string }} machine
 * @returns {string[]} paths of executables; `JOINTLY_BROWSER` alone when it is set, even when it
 *     names nothing: a person who names a browser does not want another one
 */
export function findBrowsers({ env, platform = process.platform, home = homedir() }) {
    if (env.JOINTLY_BROWSER) return [env.JOINTLY_BROWSER];
    const candidates = [
        ...onPath(env, platform),
        ...inApplicationFolders(env, platform, home),
        ...inPlaywrightCache(env, platform, home),
    ];
    return [...new Set(candidates)].filter(isExecutable);
}

/** @param {string} file */
export function isExecutable(file) {
    try {
        accessSync(file, constants.X_OK);
        return statSync(file).isFile();
    } catch {
        return false;
    }
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 */
function onPath(env, platform) {
    const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter((part) => part !== '');
    const suffix = platform === 'win32' ? '.exe' : '';
    return NAMES.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @param {string} home
 */
function inApplicationFolders(env, platform, home) {
    if (platform === 'darwin') {
        const folders = ['/Applications', join(home, 'Applications')];
        return folders.flatMap((folder) =>
            MAC_APPS.map((app) => join(folder, `${app}.app`, 'Contents', 'MacOS', app)),
        );
    }
    if (platform === 'win32') {
        const folders = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA];
        return folders
            .filter((folder) => folder !== undefined)
            .flatMap((folder) => WINDOWS_PROGRAMS.map((parts) => join(folder, ...parts)));
    }
    return ['/snap/bin/chromium', '/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge'];
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @param {string} home
 */
function inPlaywrightCache(env, platform, home) {
    const usual = {
        darwin: join(home, 'Library', 'Caches', 'ms-playwright'),
        win32: join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'ms-playwright'),
        linux: join(env.XDG_CACHE_HOME ?? join(home, '.cache'), 'ms-playwright'),
    };
    const cache =
        env.PLAYWRIGHT_BROWSERS_PATH ??
        usual[/** @type {keyof typeof usual} */ (platform)] ??
        usual.linux;
    if (!existsSync(cache)) return [];
    return readdirSync(cache)
        .filter((folder) => PLAYWRIGHT_BROWSER.test(folder))
        .sort((a, b) => Number(b.split('-').at(-1)) - Number(a.split('-').at(-1)))
        .flatMap((folder) =>
            readdirSync(join(cache, folder), { recursive: true, encoding: 'utf8' })
                .map((file) => join(cache, folder, file))
                .filter((file) => PLAYWRIGHT_EXECUTABLE.test(file)),
        );
}
