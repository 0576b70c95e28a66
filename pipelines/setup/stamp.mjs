import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const IGNORED_FOLDERS = new Set(['node_modules', '.git']);

/**
 * Hash of everything an installation was made from. A file that is absent counts as such, so that
 * adding it later is a change.
 *
 * @param {readonly string[]} paths files and folders
 * @param {readonly string[]} facts other inputs, such as the platform
 * @returns {string} hexadecimal SHA-256
 */
export function hashInputs(paths, facts) {
    const hash = createHash('sha256');
    for (const fact of facts) hash.update(`fact ${fact}\0`);
    for (const path of paths) {
        for (const file of listFiles(path)) {
            hash.update(`file ${file.slice(dirname(path).length)}\0`);
            hash.update(existsSync(file) ? readFileSync(file) : 'absent');
            hash.update('\0');
        }
    }
    return hash.digest('hex');
}

/**
 * Whether the stamp was left by an installation from exactly these inputs.
 *
 * @param {string} stampFile
 * @param {string} hash
 */
export function isFresh(stampFile, hash) {
    return existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === hash;
}

/**
 * Record a finished installation. The stamp lives inside what it vouches for: deleting the folder
 * deletes the stamp.
 *
 * @param {string} stampFile
 * @param {string} hash
 */
export function writeStamp(stampFile, hash) {
    mkdirSync(dirname(stampFile), { recursive: true });
    writeFileSync(stampFile, `${hash}\n`);
}

/**
 * The inputs of an npm installation: its lockfile, its settings, the dependencies its package.json
 * asks for (not its scripts), and the folders it installs from (`file:`).
 *
 * @param {string} folder of the package.json
 * @returns {{ paths: string[], facts: string[] }}
 */
export function npmInputs(folder) {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const asked = [
        manifest.dependencies,
        manifest.devDependencies,
        manifest.optionalDependencies,
        manifest.overrides,
    ].map((part) => part ?? {});
    const local = asked
        .flatMap((part) => Object.values(part))
        .filter((spec) => typeof spec === 'string' && spec.startsWith('file:'))
        .map((spec) => resolve(folder, spec.slice('file:'.length)));
    return {
        paths: [join(folder, 'package-lock.json'), join(folder, '.npmrc'), ...new Set(local)],
        facts: [process.platform, process.arch, JSON.stringify(asked)],
    };
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function listFiles(path) {
    if (!existsSync(path)) return [path];
    try {
        return readdirSync(path, { withFileTypes: true })
            .sort((a, b) => (a.name < b.name ? -1 : 1))
            .flatMap((entry) => {
                if (IGNORED_FOLDERS.has(entry.name)) return [];
                const full = join(path, entry.name);
                return entry.isDirectory() ? listFiles(full) : [full];
            });
    } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOTDIR') return [path];
        throw error;
    }
}
