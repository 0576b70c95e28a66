/** How a sheet counts days: from 1900 (with a 29 February that never was) or from 1904. */
export interface DateSystem {
    readonly is1904: boolean;
}

const millisecondsPerDay = 86_400_000;
const epoch1900 = Date.UTC(1899, 11, 30);
const epoch1904 = Date.UTC(1904, 0, 1);

/**
 * A number as the sheet shows it when no digit is hidden: a program for sheets knows 15 digits,
 * and what stands behind them (`0.30000000000000004`) is an error of binary floats.
 */
export function numberText(stored: string): string {
    if (stored.length <= 15 && /^-?\d+(\.\d+)?$/.test(stored)) return stored;
    const value = Number(stored);
    // Such a number has lost digits in the sheet already. It must not pass for an id or an amount.
    if (!Number.isFinite(value) || Math.abs(value) >= 1e15) return stored;
    const [digits = '', exponent = '0'] = value.toExponential(14).split('e');
    return plainDecimal(digits, Number(exponent));
}

function plainDecimal(scientific: string, exponent: number): string {
    const sign = scientific.startsWith('-') ? '-' : '';
    const digits = scientific.replace(/[-.]/g, '').replace(/0+$/, '');
    if (digits === '') return '0';
    if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
    const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
    const rest = digits.slice(exponent + 1);
    return rest ? `${sign}${whole}.${rest}` : `${sign}${whole}`;
}

/**
 * A day number as `2026-06-30`, `2026-06-30 14:05:00` or, below one day, `14:05:00`.
 * @returns undefined for what is no day of a calendar
 */
export function dateText(stored: string, { is1904 }: DateSystem): string | undefined {
    const serial = Number(stored);
    if (!Number.isFinite(serial) || serial < 0 || serial >= 2_958_466) return undefined;
    // The first two months of 1900 are one day off, because the year is taken for a leap year.
    const days = !is1904 && serial >= 1 && serial < 60 ? serial + 1 : serial;
    const milliseconds = Math.round(days * millisecondsPerDay);
    const iso = new Date((is1904 ? epoch1904 : epoch1900) + milliseconds).toISOString();
    const time = iso.slice(11, iso.endsWith('.000Z') ? 19 : 23);
    if (serial < 1 && !is1904) return time;
    return time === '00:00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${time}`;
}

/** `_x000D_` is how a workbook writes a character that XML cannot hold. */
export function unescaped(text: string): string {
    if (!text.includes('_x')) return text;
    return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
    );
}

/** `A` is 0, `Z` 25, `AA` 26; undefined for a reference without letters. */
export function columnOf(reference: string): number | undefined {
    let column = 0;
    for (let at = 0; at < reference.length; at += 1) {
        const letter = reference.charCodeAt(at) - 64;
        if (letter < 1 || letter > 26) break;
        column = column * 26 + letter;
    }
    return column === 0 ? undefined : column - 1;
}

/** The letters of a column, from 0. */
export function lettersOf(column: number): string {
    const letter = String.fromCharCode(65 + (column % 26));
    return column < 26 ? letter : lettersOf(Math.floor(column / 26) - 1) + letter;
}
