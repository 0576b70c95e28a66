/** Filters that stand in the address of a page and go along with every link inside the site. */
const FILTERS = ['period', 'model', 'person'];

/**
 * The address of this page with one filter set.
 *
 * @param {URL} url
 * @param {string} filter
 * @param {string} value
 */
export function withFilter(url, filter, value) {
    if (!FILTERS.includes(filter))
        throw new Error(`${filter} is no filter of an address: ${FILTERS}`);
    const target = new URL(url);
    target.searchParams.set(filter, value);
    return target;
}

/**
 * An address of this site with the filters of the page that is open.
 *
 * @param {string} href
 */
export function withFiltersOfPage(href) {
    const target = new URL(href, window.location.href);
    const here = new URLSearchParams(window.location.search);
    for (const filter of FILTERS) {
        target.searchParams.delete(filter);
        if (here.has(filter)) target.searchParams.set(filter, here.get(filter));
    }
    return target.pathname + target.search + target.hash;
}

/**
 * Gives the link a reader is about to use the filters of the page it stands on.
 *
 * @param {Event} event
 */
export function carryFilters(event) {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    const isOfSite = link?.origin === window.location.origin;
    // A link to a place on this page keeps the whole address as it is.
    if (!isOfSite || link.getAttribute('href').startsWith('#')) return;
    link.href = withFiltersOfPage(link.href);
}
