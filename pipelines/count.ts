/** `1 file`, `12,480 rows`: the plural of a regular noun, thousands separated in every locale alike. */
export function count(number: number, unit: string): string {
    const digits = String(number).replace(/\B(?=(\d{3})+$)/g, ',');
    return `${digits} ${unit}${number === 1 ? '' : 's'}`;
}
