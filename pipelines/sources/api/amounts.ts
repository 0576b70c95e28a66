/**
 * An amount in minor units as text with a decimal point: `shiftPoint('1234567', 6)` is `1.234567`.
 * What is no whole number comes back as it is, for the contract to reject.
 */
export function shiftPoint(units: string | number, digits: number): string {
    const [, sign = '', whole] = /^(-?)(\d+)$/.exec(String(units)) ?? [];
    if (whole === undefined || digits === 0) return String(units);
    const padded = whole.padStart(digits + 1, '0');
    return `${sign}${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}

/** A number of JSON as text without an exponent: `1e-7` is one that no contract reads. */
export function plainNumber(value: string | number): string {
    if (typeof value === 'string' || !/e/i.test(String(value))) return String(value);
    return value.toFixed(12);
}
