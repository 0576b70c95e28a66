import { BugError } from '../errors.ts';

/** An amount such as `-1234.50` in cents, exactly. @throws BugError for text that is no such amount */
export function cents(amount: string): bigint {
    const [, sign, whole, fraction] = /^(-?)(\d+)\.(\d{2})$/.exec(amount) ?? [];
    if (whole === undefined || fraction === undefined) {
        throw new BugError({ what: 'An amount is not in cents.', expected: '0.00', got: amount });
    }
    const units = BigInt(whole + fraction);
    return sign === '-' ? -units : units;
}

/** Cents as text: `-1234.50`. */
export function amountOf(units: bigint): string {
    const digits = `${units < 0n ? -units : units}`.padStart(3, '0');
    return `${units < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Rounded half away from zero. */
export function rounded(dividend: bigint, divisor: bigint): bigint {
    const size = dividend < 0n ? -dividend : dividend;
    const units = (2n * size + divisor) / (2n * divisor);
    return dividend < 0n ? -units : units;
}

export function sumOf(amounts: readonly string[]): bigint {
    return amounts.reduce((sum, amount) => sum + cents(amount), 0n);
}

/** The sum of amounts of which some may not be known: then neither is the sum. */
export function sumIfKnown(amounts: readonly (string | null)[]): string | null {
    const known = amounts.filter((amount) => amount !== null);
    return known.length < amounts.length ? null : amountOf(sumOf(known));
}
