import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findBrowsers, isExecutable } from './find-browser.mjs';
import { projectNode, ROOT } from './paths.mjs';
import { runTool, tailOf } from './run-tool.mjs';
import { SetupError } from './setup-error.mjs';

const START_TIMEOUT_MS = 20_000;
const INSTALL_TIMEOUT_MS = 300_000;
const FIX = 'install Chromium or Chrome, or name one: JOINTLY_BROWSER=/path/to/chromium npm test';

/** @param {string} root */
const browserFile = (root) => join(root, '.jointly', 'browser.json');

/**
 * The browser the tests drive: the one set-up recorded, or `JOINTLY_BROWSER`.
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined} path of a Chromium; undefined when set-up found none
 */
export function recordedBrowser(root = ROOT, env = process.env) {
    if (env.JOINTLY_BROWSER) return env.JOINTLY_BROWSER;
    if (!existsSync(browserFile(root))) return undefined;
    const { executable } = JSON.parse(readFileSync(browserFile(root), 'utf8'));
    return isExecutable(executable) ? executable : undefined;
}

/**
 * Find a browser that starts, else install one, and record it for the tests.
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} what was found, or that the browser tests will be skipped
 * @throws {SetupError} code 2 when there is none and CI is set: CI must not pass without them
 */
export async function setUpBrowser(root = ROOT, env = process.env) {
    rmSync(browserFile(root), { force: true });
    const said = [];
    for (const install of [undefined, ...waysToInstall(root)]) {
        if (install !== undefined) said.push(await install());
        const executable = await firstThatStarts(env);
        if (executable === undefined) continue;
        mkdirSync(dirname(browserFile(root)), { recursive: true });
        writeFileSync(browserFile(root), `${JSON.stringify({ executable }, null, 4)}\n`);
        return executable;
    }
    if (isSet(env.CI)) {
        throw new SetupError('No browser for the browser tests, and none could be installed.', {
            fix: FIX,
            exitCode: 2,
            output: tailOf(said.join('\n')),
        });
    }
    return `none: browser tests will be skipped (${FIX})`;
}

/** @param {NodeJS.ProcessEnv} env */
async function firstThatStarts(env) {
    for (const executable of findBrowsers({ env })) {
        // On Windows --version opens a window instead of answering.
        if (process.platform === 'win32' && isExecutable(executable)) return executable;
        const { ok } = await runTool(executable, ['--version'], { timeoutMs: START_TIMEOUT_MS });
        if (ok) return executable;
    }
    return undefined;
}

/**
 * Playwright's own download first; on Debian, as root, the distribution's package first, because it
 * also brings the libraries a bare machine lacks.
 *
 * @param {string} root
 * @returns {(() => Promise<string>)[]}
 */
function waysToInstall(root) {
    const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
    const isRoot = process.getuid?.() === 0;
    const hasApt = isRoot && /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release);
    const ways = [() => installWithPlaywright(root)];
    if (hasApt && /^ID=debian/m.test(release)) return [installWithApt, ...ways];
    return hasApt ? [...ways, installWithApt] : ways;
}

/** @param {string} root */
async function installWithPlaywright(root) {
    const own = projectNode(root);
    const cli = join(root, 'node_modules', 'playwright-core', 'cli.js');
    const node = existsSync(own) ? own : process.execPath;
    const options = { cwd: root, timeoutMs: INSTALL_TIMEOUT_MS };
    return (await runTool(node, [cli, 'install', 'chromium'], options)).output;
}

async function installWithApt() {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    const options = { env, timeoutMs: INSTALL_TIMEOUT_MS };
    const updated = await runTool('apt-get', ['update', '-qq'], options);
    if (!updated.ok) return updated.output;
    const packages = ['install', '-y', '-qq', '--no-install-recommends', 'chromium'];
    return (await runTool('apt-get', packages, options)).output;
}

/** @param {string | undefined} value */
function isSet(value) {
    return value !== undefined && !['', '0', 'false'].includes(value);
}
