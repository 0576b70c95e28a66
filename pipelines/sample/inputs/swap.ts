/** Words the other way round: from those of an export to those of the contract. */
export function swap(words: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(Object.entries(words).map(([from, to]) => [to, from]));
}
