import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findPython } from './find-python.mjs';
import { venvPython } from './paths.mjs';
import { runTool, tailOf } from './run-tool.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * Make `.venv` anew and install dbt into it. Always from scratch: an environment that was upgraded
 * in place keeps packages that no file names any more.
 *
 * @param {string} root
 * @throws {SetupError} code 2 without a suitable Python, code 3 when pip fails
 */
export async function createVenv(root) {
    const python = await findPython();
    rmSync(join(root, '.venv'), { recursive: true, force: true });
    const made = await runTool(python.executable, ['-m', 'venv', join(root, '.venv')]);
    if (!made.ok) {
        throw new SetupError('Python could not make the virtual environment .venv.', {
            fix: 'sudo apt-get install -y python3-venv   (Debian and Ubuntu), then: npm run setup',
            exitCode: 2,
            output: tailOf(made.output),
        });
    }
    await installRequirements(root, 'requirements.txt', 'import duckdb, dbt.adapters.duckdb');
}

/**
 * Install one locked requirements file into `.venv`.
 *
 * @param {string} root
 * @param {string} file name of the requirements file
 * @param {string} proof Python statement that must run afterwards
 * @throws {SetupError} code 3 with the last lines of pip's output
 */
export async function installRequirements(root, file, proof) {
    const python = venvPython(root);
    // The file is a complete lock, so pip has nothing to resolve; without --no-deps it refuses
    // locked packages that another one asks for with an extra.
    const flags = ['--no-deps', '--require-hashes', '--no-input', '--disable-pip-version-check'];
    const args = ['-m', 'pip', 'install', '--quiet', ...flags, '-r', join(root, file)];
    const installed = await runTool(python, args);
    const proven = installed.ok ? await runTool(python, ['-c', proof]) : installed;
    if (proven.ok) return;
    throw new SetupError(`pip could not install the packages of ${file}.`, {
        fix: `check the network and pip's index and proxy settings, then: npm run setup`,
        exitCode: 3,
        output: tailOf(proven.output),
    });
}

/**
 * Whether the environment still has its interpreter: `.venv` only links to the Python it was made
 * with, which an upgrade of the machine may remove.
 *
 * @param {string} root
 */
export function hasLivingVenv(root) {
    return existsSync(venvPython(root));
}
