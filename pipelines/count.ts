/** `1 file`, `12,480 rows`: the plural of a regular noun, thousands separated in every locale alike. */
export function count(number: number, unit: string): string {
    const digits = String(number).replace(/\B(?=(\d{3})+$)/g, ',');
    return `${digits} ${unit}${number === 1 ? '' : 's'}`;
}

/** The first of many texts, and how many more there are. */
export function shortList(texts: readonly string[], most: number): string {
    const rest = texts.length > most ? ` and ${texts.length - most} more` : '';
    return `${texts.slice(0, most).join(', ')}${rest}`;
}
