/**
 * While the site is built, a page that fails says which page and why; the crawler then stops the build.
 *
 * @type {import('@sveltejs/kit').HandleServerError}
 */
export const handleError = ({ error, event, status }) => {
    const errors = [error].flat();
    const text = errors
        .map((item) => (item instanceof Error ? (item.stack ?? item.message) : String(item)))
        .join('\n');
    process.stderr.write(`${status} ${event.url.pathname}: ${text}\n`);
    return { message: errors.map((item) => item?.message ?? String(item)).join('; ') };
};
