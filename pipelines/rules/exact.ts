const decimals = 10;

/** An exact decimal as a whole number of its ten-billionths, so that sums and comparisons are exact. */
export function exact(text: string): bigint {
    const [, sign = '', whole = '', fraction = ''] = /^([+-]?)(\d*)\.?(\d*)$/.exec(text) ?? [];
    const units = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
    return sign === '-' ? -units : units;
}

export const one = exact('1');

/** The text of an exact decimal, as short as it can be: `0.9`. */
export function exactText(units: bigint): string {
    const digits = `${units < 0n ? -units : units}`.padStart(decimals + 1, '0');
    const fraction = digits.slice(-decimals).replace(/0+$/, '');
    return `${units < 0n ? '-' : ''}${digits.slice(0, -decimals)}${fraction ? `.${fraction}` : ''}`;
}

export function sumOf(texts: readonly string[]): bigint {
    return texts.reduce((sum, text) => sum + exact(text), 0n);
}
