import { sqlText } from '../../contracts/batch.ts';
import type { TextReading } from './text-reading.ts';

/** Every space that stands inside or around a number: U+0020, no-break, narrow and thin ones. */
const space = '[ \\t\u00a0\u2007\u2009\u202f]';

/** Signs of currencies, their codes, and the letters that stand for them in some languages. */
const currency =
    '(US|AU|CA|A|C|R)?\\p{Sc}|[A-Za-z]{3}|zł|zl|kr\\.?|Kč|Ft|руб\\.?|р\\.|грн\\.?|лв\\.?|Fr\\.';

const minus = '[-\u2212\u2013]';

export interface DressedNumber {
    /** Condition, true for a cell that holds one number and nothing that is not part of money. */
    readonly isOne: string;
    /** SQL of the number as the engine casts it. */
    readonly plain: string;
}

/**
 * A number as people write money: with a currency before or after it, spaces or apostrophes between
 * its thousands, its minus behind it, or brackets for a minus. Separators are those of the file:
 * `1.000,50-` is no number where the decimal comma was not said.
 */
export function dressedNumber(reading: TextReading, decimals: string): DressedNumber {
    const { text, decimalSeparator, thousandsSeparator } = reading;
    const point = decimalSeparator === ',' ? ',' : '\\.';
    const said = thousandsSeparator ? `|${escapeForRegex(thousandsSeparator)}` : '';
    const between = `(${space}|['\u2019]${said})`;
    const whole = `([1-9][0-9]{0,2}(${between}[0-9]{3})+|[0-9]+)`;
    const number = `(${whole}(${point}${decimals})?|${point}${decimals})`;
    const around = `${space}*`;
    const sign = `(\\+|${minus})?`;
    const bare = `(${currency})?${around}${number}${around}(${currency})?`;
    const shapes = [
        `${sign}${around}${bare}`,
        `(${currency})${around}${sign}${around}${number}`,
        `${bare}${around}${minus}`,
        `(${currency})?${around}\\(${around}${bare}${around}\\)${around}(${currency})?`,
    ];
    const pattern = `${around}(${shapes.join('|')})${around}`;
    const digits = `regexp_extract(${text}, ${sqlText(`[0-9${point}]([^A-Za-z]*[0-9])?`)})`;
    const kept = `regexp_replace(${digits}, ${sqlText(`[^0-9${point}]`)}, '', 'g')`;
    const written = decimalSeparator === ',' ? `replace(${kept}, ',', '.')` : kept;
    return {
        isOne: `regexp_full_match(${text}, ${sqlText(pattern)})`,
        plain: `(case when regexp_matches(${text}, ${sqlText(`${minus}|\\(`)}) then '-' else '' end || ${written})`,
    };
}

/** Text as it stands in a regular expression. */
export function escapeForRegex(value: string): string {
    return value.replace(/[\\^$.*+?()[\]{}|-]/g, '\\$&');
}
