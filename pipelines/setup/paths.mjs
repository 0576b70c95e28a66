import { delimiter, dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository, whatever the caller's working directory is. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * The Python of a virtual environment.
 *
 * @param {string} root folder that holds `.venv`
 * @param {NodeJS.Platform} platform
 */
export function venvPython(root, platform = process.platform) {
    return platform === 'win32'
        ? join(root, '.venv', 'Scripts', 'python.exe')
        : join(root, '.venv', 'bin', 'python');
}

/**
 * The npm package that brings the project's Node. There is none for some platforms; the user's own
 * Node must then be recent enough.
 *
 * @param {NodeJS.Platform} platform
 * @param {string} arch as `process.arch` spells it
 */
export function projectNodePackage(platform = process.platform, arch = process.arch) {
    const os = platform === 'win32' ? 'win' : platform;
    const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
    return `${prefix}-${os}-${arch}`;
}

/**
 * The executable of the project's Node.
 *
 * @param {string} root folder that holds `node_modules`
 */
export function projectNode(root) {
    const binary = process.platform === 'win32' ? 'node.exe' : 'node';
    return join(root, 'node_modules', projectNodePackage(), 'bin', binary);
}

/**
 * The command `node` that npm scripts find first.
 *
 * @param {string} root folder that holds `node_modules`
 */
export function nodeCommand(root) {
    const name = process.platform === 'win32' ? 'node.cmd' : 'node';
    return join(root, 'node_modules', '.bin', name);
}

/**
 * PATH without the folders npm puts in front for a script. `npm ci` replaces those folders, so
 * nothing that runs during set-up may come out of them.
 *
 * @param {string} path
 */
export function pathOfTheMachine(path) {
    return path
        .split(delimiter)
        .filter((folder) => !isInNodeModules(folder))
        .join(delimiter);
}

/** @param {string} path */
export function isInNodeModules(path) {
    return path.split(sep).includes('node_modules');
}
