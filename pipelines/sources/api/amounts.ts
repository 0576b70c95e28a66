/**
 * An amount in minor units as text with a decimal point: `shiftPoint('1234567', 6)` is `1.234567`.
 * What is no whole number comes back as it is, for the contract to reject.
 */
export function shiftPoint(units: string | number, digits: number): string {
    const text = String(units);
    if (digits === 0 || !/^-?\d+$/.test(text)) return text;
    const sign = text.startsWith('-') ? '-' : '';
    const padded = text.slice(sign.length).padStart(digits + 1, '0');
    return `${sign}${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}

/** A number of JSON as text without an exponent: `1e-7` is one that no contract reads. */
export function plainNumber(value: string | number): string {
    const text = String(value);
    return typeof value === 'string' || !text.includes('e') ? text : value.toFixed(12);
}

/**
 * The sum of a deal as text with at most two decimals, half away from zero: where it is a price times a
 * discount, systems hand out all that a double holds of it. None for an empty one.
 */
export function dealAmount(value: string | number | null | undefined): string | null {
    if (value === null || value === undefined || value === '') return null;
    const text = plainNumber(value);
    return /\.\d{2}\d*[1-9]|\de/i.test(text) ? roundedTo(text, 2) : text;
}

/**
 * A decimal number as text with at most so many digits behind the point, half away from zero, for
 * systems that write what a double holds: `107.5300000000000335346`, `-2E-18`.
 * What is no number comes back as it is, for the contract to reject.
 */
export function roundedTo(value: string | number, digits: number): string {
    const text = String(value);
    const parts = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/i.exec(text);
    if (parts === null) return text;
    const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
    const places = fraction.length - Number(exponent);
    let units = BigInt(whole + fraction);
    if (places < digits) units *= 10n ** BigInt(digits - places);
    if (places > digits) {
        const unit = 10n ** BigInt(places - digits);
        units = (units + unit / 2n) / unit;
    }
    const rounded = shiftPoint(units.toString(), digits);
    return units === 0n ? rounded : `${sign}${rounded}`;
}
