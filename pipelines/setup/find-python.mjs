import { runTool } from './run-tool.mjs';
import { SetupError } from './setup-error.mjs';
import { isAtLeast, MIN_PYTHON, PYTHON_LIMIT, parseVersion } from './versions.mjs';

/**
 * Says the version, then the path, then imports what a virtual environment is made with: Debian
 * ships Python without it.
 */
const PROBE = [
    'import sys',
    'print("%d.%d.%d" % sys.version_info[:3])',
    'print(sys.executable)',
    'import venv, ensurepip',
    'print("venv")',
].join('\n');

/**
 * Commands that may be a Python, the one a person named first.
 *
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[][]} command and first arguments
 */
export function pythonCandidates(platform, env) {
    const named = env.JOINTLY_PYTHON;
    if (named !== undefined && named !== '') return [[named]];
    const minors = [];
    for (let minor = PYTHON_LIMIT[1] - 1; minor >= MIN_PYTHON[1]; minor -= 1) minors.push(minor);
    if (platform === 'win32') {
        return [['python'], ...minors.map((minor) => ['py', `-3.${minor}`]), ['python3']];
    }
    return [['python3'], ...minors.map((minor) => [`python3.${minor}`]), ['python']];
}

/**
 * The first Python that can hold the project's packages.
 *
 * @param {{ platform?: NodeJS.Platform, env?: NodeJS.ProcessEnv }} machine
 * @returns {Promise<{ executable: string, version: string }>}
 * @throws {SetupError} code 2: none, only unsuitable versions, or one without venv
 */
export async function findPython({ platform = process.platform, env = process.env } = {}) {
    /** @type {string[]} */
    const unsuitable = [];
    /** @type {string | undefined} */
    let lacksVenv;
    for (const [command = '', ...first] of pythonCandidates(platform, env)) {
        const { stdout } = await runTool(command, [...first, '-c', PROBE], { env });
        const [version = '', executable = '', venv] = stdout.split(/\r?\n/);
        const parsed = parseVersion(version);
        if (parsed === undefined) continue;
        if (!isAtLeast(parsed, MIN_PYTHON) || isAtLeast(parsed, PYTHON_LIMIT)) {
            unsuitable.push(version);
        } else if (venv === 'venv') {
            return { executable, version };
        } else {
            lacksVenv ??= version;
        }
    }
    throw lacksVenv === undefined
        ? missingPython(unsuitable, platform, env)
        : missingVenv(lacksVenv, platform);
}

/**
 * @param {string[]} unsuitable
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 */
function missingPython(unsuitable, platform, env) {
    const found = unsuitable.length === 0 ? 'none' : [...new Set(unsuitable)].join(', ');
    const where = env.JOINTLY_PYTHON ? ` (JOINTLY_PYTHON=${env.JOINTLY_PYTHON})` : '';
    const install = {
        darwin: 'brew install python@3.13',
        win32: 'winget install Python.Python.3.13',
        linux: 'sudo apt-get install -y python3 python3-venv   (or your distribution’s package)',
    };
    const fix = install[/** @type {keyof typeof install} */ (platform)] ?? install.linux;
    return new SetupError(
        `Python ${MIN_PYTHON.join('.')} to 3.${PYTHON_LIMIT[1] - 1} is needed; found: ${found}${where}.`,
        { fix: `${fix}; or name one: JOINTLY_PYTHON=/path/to/python3 npm run setup`, exitCode: 2 },
    );
}

/**
 * @param {string} version
 * @param {NodeJS.Platform} platform
 */
function missingVenv(version, platform) {
    const [major, minor] = version.split('.');
    const fix =
        platform === 'linux'
            ? `sudo apt-get install -y python${major}.${minor}-venv   (or your distribution’s package)`
            : 'reinstall Python with the venv and ensurepip modules';
    return new SetupError(`Python ${version} has no venv module (with ensurepip).`, {
        fix,
        exitCode: 2,
    });
}
