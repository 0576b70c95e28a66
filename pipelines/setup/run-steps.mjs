import { formatSetupError, SetupError } from './setup-error.mjs';

/** @typedef {import('./steps.mjs').Step} Step */

/**
 * Run steps side by side, each as soon as those it waits for are done. A failed step takes with it
 * only the steps that wait for it; the others finish, so that the next try has less to do.
 *
 * @param {readonly Step[]} steps
 * @param {(line: string) => void} print
 * @returns {Promise<SetupError[]>} what failed; empty when everything is done
 */
export async function runSteps(steps, print) {
    /** @type {SetupError[]} */
    const failures = [];
    /** @type {Map<string, Promise<boolean>>} */
    const outcomes = new Map();
    for (const step of steps) {
        const waited = step.after.map((name) => outcomes.get(name)).filter((o) => o !== undefined);
        outcomes.set(step.name, start(step, waited));
    }
    await Promise.all(outcomes.values());
    return failures;

    /**
     * @param {Step} step
     * @param {Promise<boolean>[]} waited
     */
    async function start(step, waited) {
        if ((await Promise.all(waited)).includes(false)) {
            print(progressLine('skip', step.name, 'needs a step that failed'));
            return false;
        }
        const begin = performance.now();
        // Some take minutes and say nothing of their own.
        print(progressLine('run', step.name, ''));
        try {
            const remark = await step.run();
            const seconds = `${((performance.now() - begin) / 1000).toFixed(1)} s`;
            print(progressLine('ok', step.name, [seconds, remark].filter(Boolean).join('  ')));
            return true;
        } catch (error) {
            if (!(error instanceof SetupError)) throw error;
            print(progressLine('fail', step.name, ''));
            print(formatSetupError(error));
            failures.push(error);
            return false;
        }
    }
}

/**
 * @param {'run' | 'ok' | 'fail' | 'skip'} state
 * @param {string} name
 * @param {string} remark
 */
export function progressLine(state, name, remark) {
    return `  ${state.padEnd(4)}  ${name.padEnd(20)} ${remark}`.trimEnd();
}
