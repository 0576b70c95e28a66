/** Results the components can draw: every number a double, every instant a date. */
export const OPEN_OPTIONS = {
    query: {
        castBigIntToDouble: true,
        castTimestampToDate: true,
        castDecimalToDouble: true,
        castDurationToTime64: true,
    },
};

/**
 * A division by zero is null, as in the warehouse. Extensions stay off: each would be a request
 * to somebody else's server from the reader's browser.
 */
export const SETTINGS = [
    'set ieee_floating_point_ops = false',
    'set autoinstall_known_extensions = false',
    'set autoload_known_extensions = false',
];

/** The part of a site whose tables every page reads. */
export const EVERYONE = 'everyone';

/**
 * Statements that make a connection see the tables of a part of the site and those of everyone: a page
 * cannot name a table of another part, whatever its queries say.
 *
 * @param {string} part letters, digits, `-`, `_` and `~`
 */
export const searchPath = (part) => [
    ...[part, EVERYONE].map((schema) => `create schema if not exists "${schema}"`),
    `set search_path = '"${part}","${EVERYONE}"'`,
];

/**
 * @param {string} url
 * @returns {string} table name: the file name up to its first dot
 */
export const tableOfUrl = (url) => url.split(/[\\/]/).at(-1)?.split('.')[0] ?? '';

/**
 * A statement without what changes from one page view to the next: the comment the components put
 * in front and the random names they give to subqueries.
 *
 * @param {string} sql
 */
export const statementText = (sql) =>
    sql
        .replace(/^--.*$/gm, '')
        .replace(/"inputQuery-[\w-]+"/g, '"inputQuery"')
        .trim();
