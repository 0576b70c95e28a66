/**
 * @typedef {object} Check
 * @property {string} name
 * @property {string[]} command program in node_modules/.bin (or node, or a path) and arguments
 * @property {Record<string, string>} [env] added to the environment
 */

/** Folders whose imports have a direction. */
const CODE = ['bin', 'pipelines', 'dashboards/building', 'dashboards/messages', 'test'];

const bin = process.platform === 'win32' ? '.venv/Scripts' : '.venv/bin';

/** Checks of the text of the files: each passes or fails as a whole. @type {Check[]} */
export const STATIC_CHECKS = [
    // The longest ones first: they parse the dbt project. For one model: `sqruff lint FILE`.
    {
        name: 'SQL',
        command: [`${bin}/sqruff`, 'lint', 'models', 'test/dbt'],
        // The linter compiles without data, and must not hold the warehouse of a run.
        env: { JOINTLY_WAREHOUSE: ':memory:', DBT_SEND_ANONYMOUS_USAGE_STATS: 'false' },
    },
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

/** @type {Check} */
export const UNIT_TESTS = vitest('unit');

/** The tests that take minutes, in the order in which a failure is cheapest to read. */
export const SLOW_TESTS = ['integration', 'end-to-end', 'browser'].map(vitest);

/**
 * @param {string} project
 * @returns {Check}
 */
function vitest(project) {
    return { name: project, command: ['vitest', 'run', '--project', project] };
}
