const decimals = 10;

/**
 * How much of the bank's currency one unit of another is worth, with ten decimals, rounded half up:
 * the units a bank quotes it for are divided out, and a rate of the bank's currency is turned over.
 * @param written digits with a point or a comma
 * @throws TypeError for what is no rate above zero
 */
export function exactRate(written: string, nominal = '1', isInverse = false): string {
    const value = unitsOf(written);
    const per = unitsOf(nominal);
    const [above, below] = isInverse ? [per, value] : [value, per];
    const scale = 10n ** BigInt(decimals);
    const rate = (above * scale * 2n + below) / (below * 2n);
    if (rate === 0n) throw new TypeError(`${written} for ${nominal} is less than a rate can hold`);
    const digits = String(rate).padStart(decimals + 1, '0');
    return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`.replace(/\.?0+$/, '');
}

function unitsOf(text: string): bigint {
    // Thousands are parted by spaces where the comma is the point.
    const [, whole, fraction = ''] =
        /^(\d+)(?:[.,](\d{1,12}))?$/.exec(text.replace(/[\s\u00a0]/g, '')) ?? [];
    const units = whole === undefined ? 0n : BigInt(whole + fraction.padEnd(12, '0'));
    if (units === 0n) throw new TypeError(`${text} is no rate above zero`);
    return units;
}
