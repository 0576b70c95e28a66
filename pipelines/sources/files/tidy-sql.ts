import { sqlText } from '../../contracts/batch.ts';
import type { Column } from '../../contracts/columns.ts';

/** What stands around a value without being part of it: every space Unicode has, and line ends. */
const spaces =
    ' \t\n\v\f\r\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009' +
    '\u200a\u200b\u2028\u2029\u202f\u205f\u3000\ufeff';

/**
 * A cell without the spaces around it, null when nothing is left. Trimming every cell would take
 * as long as reading it, so cells that cannot be padded are told apart by a cheaper look.
 */
export function tidy(cell: string, column: Column, nullValues: readonly string[] = []): string {
    const trimmed = `trim(${cell}, ${sqlText(spaces)})`;
    const nulls = ['', ...nullValues].map(sqlText).join(', ');
    const mayBePadded =
        column.type === 'varchar'
            ? [`${cell} < '!'`, `suffix(${cell}, ' ')`, `strlen(${cell}) <> length(${cell})`]
            : // Reading a number or a date forgives the spaces behind it.
              [`${cell} < '!'`, `${cell} >= '\u0080'`];
    const kept = `case when ${trimmed} in (${nulls}) then null else ${trimmed} end`;
    return `case when ${mayBePadded.join(' or ')} then ${kept} else ${cell} end`;
}

/**
 * Condition, true for a cell in which a system that knows no empty date wrote its first one:
 * unix 0, the year 1 or the year 0.
 */
export function isNoDate(text: string, format: string | undefined): string {
    if (format === undefined) {
        return `(${text} >= '0000-00-00' and ${text} < '0001-01-02')`;
    }
    if (format === 'excel') return `(${text} in ('0', '0.0'))`;
    if (format === 'unix_s') return `(${text} in ('0', '0.0', '-62135596800'))`;
    if (format === 'unix_ms') return `(${text} in ('0', '0.0', '-62135596800000'))`;
    const parsed = `try_strptime(${text}, ${sqlText(format)})`;
    const isZero = `regexp_full_match(${text}, '[0 .:/TZ-]+')`;
    // Most dates do not hold such a year, and only those that do are looked at closely.
    return (
        `(case when contains(${text}, '0001') or contains(${text}, '0000') ` +
        `then coalesce(${parsed} < timestamp '0002-01-01', false) or ${isZero} else false end)`
    );
}
