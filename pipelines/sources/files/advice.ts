import type { InputConfig } from '../../config-schema.ts';
import { configText } from '../../config-text.ts';
import type { Scan } from '../../contracts/batch.ts';
import type { Column } from '../../contracts/columns.ts';
import { guessDateFormat, guessSeparators } from './layouts/guess-format.ts';
import type { CellSource, ColumnSource } from './mapping.ts';
import { isUnsaid, twoWayDigits } from './number-sql.ts';
import type { NumberFormat } from './text-reading.ts';
import { beginningWith, totalWord } from './total-words.ts';

/** Names the setting of an input that would let a refused value in. */
export function adviceFor(
    input: InputConfig,
    sources: readonly ColumnSource[],
    numbers: NumberFormat,
): Scan['adviceOn'] {
    return (name, got) => {
        const source = sources.find((one) => one.column.name === name);
        if (source?.kind !== 'cell') return undefined;
        const words = wordsOf(source.column);
        if (words && !words.includes(got)) {
            const column = `${name}: { column: ${configText(source.name)}, values: { ${configText(got)}: '?' } }`;
            return (
                `in input ${input.name} write columns: { ${column} } with one of ${words.join(', ')} for ?, ` +
                `or leave such rows out with skip_rows: [{ column: ${configText(source.name)}, values: [${configText(got)}] }]`
            );
        }
        if (/^(date|timestamp)/.test(source.column.type)) return adviceOnTime(input, source, got);
        if (!/^(decimal|bigint)/.test(source.column.type)) return undefined;
        if (!source.column.required && unknownWord.test(got.trim())) {
            return `in input ${input.name} write null_values: [${configText(got.trim())}] in its format, when it says that nothing is known`;
        }
        return adviceOnSign(input, source, got) ?? adviceOnNumber(input, got.trim(), numbers);
    };
}

/**
 * The setting that leaves a sum of other rows out. Loading it would count them twice, and letting
 * it pass as broken would let other broken rows pass with it.
 */
export function adviceOnRow({ name }: InputConfig, raw: string): string | undefined {
    const row: unknown = JSON.parse(raw);
    if (typeof row !== 'object' || row === null) return undefined;
    for (const [column, cell] of Object.entries(row)) {
        const word = typeof cell === 'string' ? totalWord(cell) : undefined;
        if (word === undefined) continue;
        const rule = `{ column: ${configText(column)}, pattern: ${configText(beginningWith(word))} }`;
        return `in input ${name} write skip_rows: [${rule}]: such a row sums up others`;
    }
    return undefined;
}

/** The words a column may hold, when they can be counted. */
function wordsOf(column: Column): readonly string[] | undefined {
    return column.type === 'boolean' ? ['true', 'false'] : column.values;
}

/** What stands in the place of a number that nobody knows. */
const unknownWord = /^([-–—]+|n\.?\/?a\.?|null|none|nan|#n\/a)$/i;

/** Counts of seconds, milliseconds and days, as programs write times of this century. */
const countedTimes: readonly (readonly [RegExp, string])[] = [
    [/^1\d{9}$/, 'unix_s'],
    [/^1\d{12}$/, 'unix_ms'],
    [/^[34]\d{4}(\.\d+)?$/, 'excel'],
];

function adviceOnTime(input: InputConfig, source: CellSource, got: string): string | undefined {
    const text = got.trim();
    const guess = guessDateFormat([text]);
    const counted = countedTimes.find(([pattern]) => pattern.test(text))?.[1];
    const format = guess?.format ?? counted;
    // Which day a count of seconds is depends on the zone.
    if (source.column.type === 'date' && format?.startsWith('unix')) return undefined;
    if (format === undefined || format === source.mapping.format) return undefined;
    const column = `${source.column.name}: { column: ${configText(source.name)}, format: ${configText(format)} }`;
    const other = format.replace('%m/%d', '%d/%m');
    return (
        `in input ${input.name} write columns: { ${column} }` +
        (guess?.isTwoWay ? `, or ${configText(other)} where the day comes before the month` : '')
    );
}

/** Many systems list refunds without a minus, in a file or report of their own. */
function adviceOnSign(input: InputConfig, source: CellSource, got: string): string | undefined {
    const { name } = source.column;
    const isPositive = /^[0-9]/.test(got) && /[1-9]/.test(got);
    if (input.constants.kind !== 'refund' || !/_amount$/.test(name) || !isPositive) {
        return undefined;
    }
    const mapping = `${name}: { column: ${configText(source.name)}, multiply_by: '-1' }`;
    return `in input ${input.name} write columns: { ${mapping} }, as the refunds have no minus`;
}

function adviceOnNumber(
    { name, format }: InputConfig,
    got: string,
    numbers: NumberFormat,
): string | undefined {
    const type = format?.type ?? 'csv';
    const digits = twoWayDigits(got, numbers);
    if (digits !== undefined) {
        return (
            `in input ${name} write format: { type: '${type}', decimal_separator: '.' } when ${got} is ` +
            `${Number(digits)}, or decimal_separator: ',', thousands_separator: '.' when it is ` +
            digits.replace('.', '')
        );
    }
    const written = guessSeparators([/\d[\d.,\u00a0\u202f ]*/.exec(got)?.[0].trim() ?? '']);
    const isOther =
        (written.decimal_separator === ',' && numbers.decimalSeparator === undefined) ||
        (written.thousands_separator === ',' && isUnsaid(numbers));
    if (isOther) {
        const settings = Object.entries({ type, ...written }).map(
            ([key, value]) => `${key}: ${configText(value)}`,
        );
        return `in input ${name} write format: { ${settings.join(', ')} }`;
    }
    const decimals = got.split(numbers.decimalSeparator ?? '.')[1]?.length ?? 0;
    const isFloat = /^[+-]?[0-9]*[.,]?[0-9]+([eE][+-]?[0-9]+)?$/.test(got);
    if (isFloat && (decimals > 6 || /e/i.test(got))) {
        return `in input ${name} write round: true beside the column, when its numbers are floats`;
    }
    const isGrouped = /^[+-]?\d{1,3}(\.\d{3})+(,\d*)?$/.test(got);
    if (isGrouped && numbers.decimalSeparator === ',' && !numbers.thousandsSeparator) {
        return `in input ${name} write thousands_separator: '.' in its format`;
    }
    return undefined;
}
