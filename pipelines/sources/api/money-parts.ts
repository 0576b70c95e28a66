import { plainNumber } from './amounts.ts';

const decimals = 2;

/** An amount in hundredths. @returns undefined for what is no such amount, for the contract to reject */
function centsOf(amount: string): bigint | undefined {
    const [, sign = '', whole, fraction = ''] =
        /^(-?)(\d+)(?:\.(\d+))?$/.exec(plainNumber(amount)) ?? [];
    if (whole === undefined || /[^0]/.test(fraction.slice(decimals))) return undefined;
    const cents = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
    return sign === '-' ? -cents : cents;
}

function textOf(cents: bigint): string {
    const digits = String(cents < 0n ? -cents : cents).padStart(decimals + 1, '0');
    return `${cents < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** The amount with the other sign. */
export function negated(amount: string): string {
    if (!/[1-9]/.test(amount)) return amount;
    return amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
}

/** @throws TypeError for what is no amount with two decimals */
export function sumOf(amounts: readonly string[]): string {
    return textOf(amounts.reduce((sum, amount) => sum + exactly(amount), 0n));
}

/** Whether an amount is zero. */
export const isZero = (amount: string) => !/[1-9]/.test(amount.replace(/[eE].*$/, ''));

/**
 * An amount in parts that are in proportion to weights and add up to it: hundredths that are left over
 * go to the largest remainders.
 * @throws TypeError for what is no amount with two decimals
 */
export function splitAmount(amount: string, weights: readonly string[]): readonly string[] {
    const total = exactly(amount);
    const shares = weights.map(exactly);
    const whole = shares.reduce((sum, share) => sum + share, 0n);
    if (whole === 0n) throw new TypeError('weights that add up to nothing');
    const parts = shares.map((share) => (total * share) / whole);
    const rest = total - parts.reduce((sum, part) => sum + part, 0n);
    const step = rest < 0n ? -1n : 1n;
    const remainder = (index: number) => abs((total * (shares[index] as bigint)) % whole);
    const order = parts
        .map((_, index) => ({ index, left: remainder(index) }))
        .sort((one, other) =>
            one.left === other.left ? one.index - other.index : other.left > one.left ? 1 : -1,
        )
        .map(({ index }) => index);
    for (const index of order.slice(0, Number(abs(rest))))
        parts[index] = (parts[index] ?? 0n) + step;
    return parts.map(textOf);
}

/**
 * Net and tax of a part of a document: of `part`, as much is tax as of the whole. Rounded half away
 * from zero to hundredths; both add up to the part.
 */
export function taxSplit(
    part: string,
    { tax, total }: { readonly tax: string; readonly total: string },
): { readonly net: string; readonly tax: string } {
    const whole = exactly(total);
    const amount = exactly(part);
    const own = whole === 0n ? 0n : roundedShare(amount * exactly(tax), whole);
    return { net: textOf(amount - own), tax: textOf(own) };
}

const abs = (value: bigint) => (value < 0n ? -value : value);

function roundedShare(product: bigint, whole: bigint): bigint {
    const rounded = (abs(product) * 2n + abs(whole)) / (abs(whole) * 2n);
    return product < 0n !== whole < 0n ? -rounded : rounded;
}

function exactly(amount: string): bigint {
    const cents = centsOf(amount);
    if (cents === undefined) throw new TypeError(`${amount} is no amount with two decimals`);
    return cents;
}
