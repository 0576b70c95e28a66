/**
 * The heading a table or chart stands under: its name for readers who hear the page.
 *
 * @param {Element} element
 */
export function headingOf(element) {
    const headings = [...document.querySelectorAll('main h1, main h2, main h3')];
    const before = headings.filter(
        (heading) => heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    return before.at(-1)?.textContent.trim() ?? '';
}
