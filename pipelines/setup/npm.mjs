import { isInNodeModules } from './paths.mjs';
import { runTool, tailOf } from './run-tool.mjs';
import { SetupError } from './setup-error.mjs';
import { isAtLeast, MIN_NPM, parseVersion } from './versions.mjs';

const IDLE_MS = 3 * 60_000;
const MAX_ERROR_LINES = 15;

/**
 * Make sure there is an npm to install with.
 *
 * @throws {SetupError} code 2 when npm is missing or too old
 */
export async function checkNpm() {
    const { ok, stdout } = await runNpm(['--version'], process.cwd());
    const found = ok ? stdout.trim() : 'none';
    if (isAtLeast(parseVersion(found), MIN_NPM)) return;
    throw new SetupError(`npm ${MIN_NPM.join('.')} or later is needed; found: ${found}.`, {
        fix: 'install Node.js 20 or later from your system packages or nodejs.org; npm comes with it',
        exitCode: 2,
    });
}

/**
 * Install exactly what a lockfile says. No package needs its install script, so none gets to run.
 *
 * @param {string} folder of the package.json
 * @throws {SetupError} code 3 with npm's error lines
 */
export async function installFromLockfile(folder) {
    // Tools for the checks are dev dependencies; NODE_ENV=production must not lose them. At this
    // log level npm says a line for every download, which tells a slow npm from a stuck one.
    const always = ['--include=dev', '--include=optional', '--loglevel=http'];
    const args = ['ci', '--ignore-scripts', ...always];
    let result = await runNpm(args, folder, IDLE_MS);
    // Now and then npm waits forever in a large download; the same call then goes through.
    if (result.isStalled) result = await runNpm(args, folder, 2 * IDLE_MS);
    if (result.ok) return;
    throw new SetupError(`npm could not install the packages of ${folder}.`, {
        fix: `check the network and npm's registry and proxy settings, then: npm run setup`,
        exitCode: 3,
        output: errorLines(result.output),
    });
}

/**
 * Put a package's commands into `node_modules/.bin` again. npm 10 drops a command when several
 * optional packages bring it and only one of them fits the platform.
 *
 * @param {string} folder
 * @param {string} name of the package
 * @throws {SetupError} code 3 with the last lines of npm's output
 */
export async function linkCommands(folder, name) {
    const { ok, output } = await runNpm(['rebuild', '--ignore-scripts', name], folder);
    if (ok) return;
    throw new SetupError(`npm could not link the commands of ${name}.`, {
        fix: 'delete node_modules, then: npm run setup',
        exitCode: 3,
        output: errorLines(output),
    });
}

/**
 * The hash that the registry names for a version of a package.
 *
 * @param {string} name
 * @param {string} version
 * @throws {SetupError} code 3 when it names none
 */
export async function askIntegrity(name, version) {
    const wanted = ['view', `${name}@${version}`, 'dist.integrity'];
    const { stdout, output } = await runNpm(wanted, process.cwd(), IDLE_MS);
    const integrity = stdout.trim();
    if (/^sha512-[A-Za-z0-9+/]+=*$/.test(integrity)) return integrity;
    throw new SetupError(`The registry names no hash of ${name}@${version}.`, {
        fix: 'run npm run lock again when the registry has the package',
        exitCode: 3,
        output: errorLines(output),
    });
}

/**
 * What npm says of an error, without its warnings and the help text it adds.
 *
 * @param {string} output
 */
export function errorLines(output) {
    const lines = output.split('\n').filter((line) => /^npm error \S/.test(line));
    return lines.length === 0 ? tailOf(output) : lines.slice(0, MAX_ERROR_LINES).join('\n');
}

/**
 * @param {string[]} args
 * @param {string} cwd
 * @param {number} [idleMs]
 */
function runNpm(args, cwd, idleMs) {
    // npm tells its scripts which Node and which npm runs them: both survive a new node_modules.
    const { npm_execpath: script, npm_node_execpath: node } = process.env;
    if (script?.endsWith('.js') && node !== undefined && !isInNodeModules(node)) {
        return runTool(node, [script, ...args], { cwd, idleMs });
    }
    const shell = process.platform === 'win32';
    return runTool(shell ? 'npm.cmd' : 'npm', args, { cwd, shell, idleMs });
}
