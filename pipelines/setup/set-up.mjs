import { join } from 'node:path';
import { findPython } from './find-python.mjs';
import { withLock } from './lock.mjs';
import { checkNpm } from './npm.mjs';
import { ROOT } from './paths.mjs';
import { progressLine, runSteps } from './run-steps.mjs';
import { SetupError } from './setup-error.mjs';
import { productSteps, testSteps } from './steps.mjs';
import { isAtLeast, MIN_NODE, parseVersion } from './versions.mjs';

/** @typedef {import('./steps.mjs').Step} Step */

/**
 * Bring the folder to the state its lockfiles describe; do nothing when it is in that state.
 *
 * @param {{ tests: boolean, print: (line: string) => void, root?: string }} options
 * @returns {Promise<SetupError[]>} what failed; empty when everything is done
 * @throws {SetupError} when the machine lacks something, or another set-up does not end
 */
export async function setUp({ tests, print, root = ROOT }) {
    checkNode(process.version);
    const steps = [...productSteps(root), ...(tests ? testSteps(root) : [])];
    if (steps.every((step) => step.isDone())) {
        for (const step of steps) print(doneLine(step));
        return [];
    }
    return await withLock(join(root, '.jointly', 'setup.lock'), () => runStale(steps, print), {
        onWait: (pid) => print(`Another set-up (process ${pid}) is running; waiting for it.`),
    });
}

/**
 * Names of the product's installations that are missing or older than their lockfiles.
 *
 * @param {string} root
 * @returns {string[]}
 */
export function staleInstallations(root = ROOT) {
    return productSteps(root)
        .filter((step) => !step.isDone())
        .map((step) => step.name);
}

/**
 * @param {string} version such as `v20.1.0`
 * @throws {SetupError} code 2
 */
export function checkNode(version) {
    if (isAtLeast(parseVersion(version), MIN_NODE)) return;
    throw new SetupError(`Node.js ${MIN_NODE[0]} or later is needed; this is ${version}.`, {
        fix: 'install Node.js 24 from nodejs.org, your system packages, or with nvm: nvm install 24',
        exitCode: 2,
    });
}

/**
 * @param {Step[]} steps
 * @param {(line: string) => void} print
 */
async function runStale(steps, print) {
    // Asked again under the lock: the set-up we waited for may have done the work.
    const stale = steps.filter((step) => !step.isDone());
    for (const step of steps) if (!stale.includes(step)) print(doneLine(step));
    const needs = new Set(stale.flatMap((step) => step.needs));
    if (needs.has('npm')) await checkNpm();
    if (needs.has('python')) await findPython();
    return await runSteps(stale, print);
}

/** @param {Step} step */
function doneLine(step) {
    return progressLine('ok', step.name, step.remark ?? 'unchanged');
}
