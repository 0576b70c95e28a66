/** Oldest Node that can start the set-up; the project brings its own for everything else. */
export const MIN_NODE = /** @type {const} */ ([20, 0]);
/** Node that runs TypeScript source as it is. */
export const MIN_PROJECT_NODE = /** @type {const} */ ([24, 0]);
export const MIN_NPM = /** @type {const} */ ([9, 0]);
export const MIN_PYTHON = /** @type {const} */ ([3, 10]);
/** dbt-core 1.11 does not import on Python 3.14 (its pin of mashumaro is older than that Python). */
export const PYTHON_LIMIT = /** @type {const} */ ([3, 14]);

/**
 * The first dotted version in a text, as numbers.
 *
 * @param {string} text such as `v24.21.0` or `Python 3.12.1+`
 * @returns {number[] | undefined} undefined when there is none
 */
export function parseVersion(text) {
    const found = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
    if (found === null) return undefined;
    return found.slice(1).map((part) => Number(part ?? 0));
}

/**
 * Whether a version is the wanted one or a later one.
 *
 * @param {readonly number[] | undefined} version
 * @param {readonly number[]} wanted
 */
export function isAtLeast(version, wanted) {
    if (version === undefined) return false;
    for (const [index, part] of wanted.entries()) {
        const own = version[index] ?? 0;
        if (own !== part) return own > part;
    }
    return true;
}
