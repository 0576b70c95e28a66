import { Unset } from '@evidence-dev/sdk/usql';

/**
 * A value of a filter or of the address as a literal of SQL. The compiler writes this around every
 * `'${inputs…}'` and `'${params…}'` of a page's queries (shell/svelte.config.js), and refuses others.
 *
 * @param {unknown} value
 */
export function sqlText(value) {
    // The framework recognises a filter that is not set yet by this very object.
    if (value?.[Unset]) return value;
    return `'${String(value ?? '').replaceAll("'", "''")}'`;
}

/**
 * The id that `address_part` (macros/reports) wrote into an address: `o~27neil` is `o'neil`.
 *
 * @param {string} part
 */
export function idOfAddress(part) {
    try {
        return decodeURIComponent(part.replaceAll('~', '%'));
    } catch {
        // Nothing the product wrote: no row has this id, so the reader is told there is no such page.
        return part;
    }
}
