/** How the pages write an exported number: the formats of dashboards, said once more. */

/** `1234.5` as `€1,235`. */
export function euros(value: string | null): string {
    const amount = Math.round(Math.abs(Number(value)));
    return `${Number(value) < 0 && amount > 0 ? '-' : ''}€${amount.toLocaleString('en-US')}`;
}

/** `-1234.5` as `-€1,234.50`. */
export function exactEuros(value: string): string {
    return `${value.startsWith('-') ? '-' : ''}€${cents(value.replace('-', ''))}`;
}

/** `1234.5` as `1,234.50`. */
export function cents(value: string): string {
    return Number(value).toLocaleString('en-US', {
        minimumFractionDigits: 2,
        maximumFractionDigits: 2,
    });
}

/** `0.9512` as `95%`, or `95.1%` with one decimal. */
export function percent(value: string | null, decimals = 0): string {
    return `${(Number(value) * 100).toFixed(decimals)}%`;
}

/** `0.81` as `81%`, and `0.9996` as `just below 100%`: a missed target never reads as met. */
export function shownAttainment(value: string | null): string {
    const shown = percent(value);
    return Number(value) < 1 && shown === '100%' ? 'just below 100%' : shown;
}

/** `2026-04-01` as `2026 Q2`. */
export function quarterLabel(start: string): string {
    return `${start.slice(0, 4)} Q${(Number(start.slice(5, 7)) + 2) / 3}`;
}
