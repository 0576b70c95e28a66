/** The part of a site that everybody reads who reads any of it. */
export const EVERYONE = 'everyone';

/**
 * The part of a site that a page belongs to, which is a folder of its own: its data, its results and
 * what was rendered from them. A page reads its own part and that of everyone, and nothing else.
 *
 * @param {string} audience of `audiences.json`
 * @param {string} [address] whose it is, of an audience with a part for each: the id as `address_part`
 *     (macros/reports) writes it. Capitals are written by their codes, because to some file systems
 *     `ANA` and `ana` are one folder.
 */
export function partOf(audience, address) {
    if (address === undefined) return audience;
    const folder = address.replaceAll(/~[0-9A-F]{2}|[A-Z]/g, (sign) =>
        sign.startsWith('~') ? sign.toLowerCase() : `~${sign.charCodeAt(0).toString(16)}`,
    );
    return `${audience}-${folder}`;
}

/**
 * The part of a page. An audience with a part for each names the parameter of the address that says whose.
 *
 * @param {Record<string, string>} pages audience by route
 * @param {string} route such as `/finance/statement/[payee]`
 * @param {Record<string, string>} params
 * @returns {string | undefined} undefined for a page the site does not have
 */
export function partOfPage(pages, route, params) {
    const audience = pages[route];
    return audience && partOf(audience, params[audience]);
}
