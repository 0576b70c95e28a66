/**
 * Who buys: the company of a deal, where it has none the person. Systems number companies and persons
 * each from 1, so a person is told apart from the company of the same number.
 */
export function clientIdOf(
    company: string | null | undefined,
    person: string | null | undefined,
): string | null {
    return company ?? (person ? `contact:${person}` : null);
}
