import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { recordedBrowser, setUpBrowser } from './browser.mjs';
import { installFromLockfile } from './npm.mjs';
import { ROOT } from './paths.mjs';
import { provideNode } from './provide-node.mjs';
import { createVenv, hasLivingVenv, installRequirements } from './python-packages.mjs';
import { hashInputs, isFresh, npmInputs, writeStamp } from './stamp.mjs';

const STAMP = '.jointly-setup';

/**
 * @typedef {object} Step
 * @property {string} name what the progress line calls it
 * @property {('npm' | 'python')[]} needs tools of the machine
 * @property {string[]} after names of steps that must be done before
 * @property {() => boolean} isDone whether nothing changed since it was last done
 * @property {() => Promise<string | void>} run returns a remark for the progress line
 * @property {string} [remark] what the progress line says instead of "unchanged"
 */

/**
 * What the product needs, in the order of the progress lines.
 *
 * @param {string} root
 * @returns {Step[]}
 */
export function productSteps(root = ROOT) {
    const dashboards = join(root, 'dashboards');
    const hasDashboards = existsSync(join(dashboards, 'package.json'));
    return [
        npmStep('Node packages', root, [], async () => {
            await installFromLockfile(root);
            await provideNode(root);
        }),
        pythonStep(root, 'Python packages', {
            requirements: 'requirements.txt',
            after: [],
            install: () => createVenv(root),
        }),
        hasDashboards
            ? // Two npm at a time would fight over one cache and one connection.
              npmStep('Dashboard packages', dashboards, ['Node packages'], () =>
                  installFromLockfile(dashboards),
              )
            : absentStep('Dashboard packages', 'skipped: there is no dashboards/package.json'),
    ];
}

/**
 * What the tests need on top.
 *
 * @param {string} root
 * @returns {Step[]}
 */
export function testSteps(root = ROOT) {
    const file = 'requirements-dev.txt';
    return [
        pythonStep(root, 'SQL linter', {
            requirements: file,
            after: ['Python packages'],
            install: () =>
                installRequirements(root, file, 'import sqruff, jinja2_simple_tags, regex'),
        }),
        {
            name: 'Browser',
            needs: [],
            after: ['Node packages'],
            isDone: () => recordedBrowser(root) !== undefined,
            run: () => setUpBrowser(root),
        },
    ];
}

/**
 * @param {string} name
 * @param {string} folder
 * @param {string[]} after
 * @param {() => Promise<void>} install
 * @returns {Step}
 */
function npmStep(name, folder, after, install) {
    const stamp = join(folder, 'node_modules', STAMP);
    const hash = () => {
        const { paths, facts } = npmInputs(folder);
        return hashInputs(paths, facts);
    };
    return {
        name,
        needs: ['npm'],
        after,
        isDone: () => isFresh(stamp, hash()),
        run: async () => {
            const before = hash();
            await install();
            writeStamp(stamp, before);
        },
    };
}

/**
 * @param {string} root
 * @param {string} name
 * @param {{ requirements: string, after: string[], install: () => Promise<void> }} details
 * @returns {Step}
 */
function pythonStep(root, name, { requirements, after, install }) {
    const stamp = join(root, '.venv', `${STAMP}-${requirements}`);
    // Scripts of an environment hold its absolute path: a moved repository needs a new one. The
    // Python version is in pyvenv.cfg, written when the environment is made.
    const hash = () =>
        hashInputs(
            [join(root, requirements), join(root, '.venv', 'pyvenv.cfg')],
            [process.platform, process.arch, root],
        );
    return {
        name,
        needs: ['python'],
        after,
        isDone: () => hasLivingVenv(root) && isFresh(stamp, hash()),
        run: async () => {
            await install();
            writeStamp(stamp, hash());
        },
    };
}

/**
 * @param {string} name
 * @param {string} remark
 * @returns {Step}
 */
function absentStep(name, remark) {
    return { name, needs: [], after: [], isDone: () => true, run: async () => {}, remark };
}
