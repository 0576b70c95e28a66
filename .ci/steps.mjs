/**
 * @typedef {object} Check
 * @property {string} name
 * @property {string[]} command program in node_modules/.bin (or node, or a path) and arguments
 * @property {Record<string, string>} [env] added to the environment
 * @property {boolean} [hasReport] vitest counts its tests in one
 * @property {boolean} [isSlow] takes most of a minute, and is left to the whole check
 */

/** Folders whose imports have a direction. */
const CODE = ['bin', 'pipelines', 'dashboards/building', 'dashboards/messages', 'test'];

const bin = process.platform === 'win32' ? '.venv/Scripts' : '.venv/bin';

/** What takes seconds: checks of the text of the files, and tests that start nothing. @type {Check[]} */
export const FAST_CHECKS = [
    // The longest ones first. For one model: `sqruff lint FILE`, which renders each with dbt.
    {
        name: 'SQL',
        isSlow: true,
        command: [`${bin}/sqruff`, 'lint', 'models', 'test/dbt'],
        // The linter compiles without data, and must not hold the warehouse of a run.
        env: { JOINTLY_WAREHOUSE: ':memory:', DBT_SEND_ANONYMOUS_USAGE_STATS: 'false' },
    },
    tests('unit'),
    { name: 'models and pages', command: ['node', '.ci/check-page-sql.ts'] },
    { name: 'format and lint', command: ['biome', 'check', '--error-on-warnings', '--colors=off'] },
    { name: 'types', command: ['tsc', '--noEmit'] },
    {
        name: 'directions',
        command: ['depcruise', '--config', '.dependency-cruiser.cjs', ...CODE],
    },
    { name: 'unused code', command: ['knip', '--no-progress'] },
    { name: 'messages', command: ['node', '.ci/check-messages.ts'] },
    { name: 'contracts', command: ['node', 'pipelines/contracts/render.ts', '--check'] },
];

/** The tests that take minutes: in one go, because they read the same companies. */
export const SLOW_TESTS = tests('integration', 'end-to-end', 'browser');

/**
 * @param {string[]} projects
 * @returns {Check}
 */
function tests(...projects) {
    const chosen = projects.flatMap((project) => ['--project', project]);
    const command = ['vitest', 'run', ...chosen];
    return { name: `${projects.join(', ')} tests`, command, hasReport: true };
}
