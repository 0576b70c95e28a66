import { sqlText } from '../../contracts/batch.ts';
import { type Column, describeExpected } from '../../contracts/columns.ts';

/** How one contract column is read from text. */
export interface TextReading {
    readonly column: Column;
    /** SQL name of the cell as text; null when the cell is empty. */
    readonly text: string;
    /** SQL name under which the typed cell can be used by conditions. */
    readonly value: string;
    readonly timezone: string;
    readonly format?: string | undefined;
    readonly multiplyBy?: string | undefined;
    readonly decimalSeparator: '.' | ',';
    readonly thousandsSeparator?: string | undefined;
}

export interface ColumnSql {
    /** The cell with its type; null when it is empty or unreadable. */
    readonly typed: string;
    /** Condition, true when a non-empty cell does not hold a value of the type. */
    readonly unreadable: string;
    readonly expected: string;
}

/** Compiles the reading of one cell: what parses exactly is taken, anything else is unreadable. */
export function columnSql(reading: TextReading): ColumnSql {
    const { column, text } = reading;
    if (column.type === 'varchar') {
        return { typed: text, unreadable: 'false', expected: describeExpected(column) };
    }
    if (column.type === 'boolean') {
        const typed = `try_cast(${text} as boolean)`;
        return judged(reading, typed, 'true');
    }
    if (column.type === 'date') return dateSql(reading, text);
    if (column.type === 'timestamp') return instantSql(reading, text);
    return numberSql(reading, text);
}

function judged(reading: TextReading, typed: string, wellFormed: string): ColumnSql {
    const { text, value } = reading;
    const format = reading.format ? ` in the format ${reading.format}` : '';
    return {
        typed,
        unreadable: `(${text} is not null and (${value} is null or (${wellFormed}) is not true))`,
        expected: `${describeExpected(reading.column)}${format}`,
    };
}

/** An expression that would fail on other text is computed only for text of this shape. */
function guarded(text: string, pattern: string, expression: string): string {
    return `case when regexp_full_match(${text}, '${pattern}') then ${expression} end`;
}

/** Text in which the words of one system are replaced by those of the contract. */
export function translated(text: string, words: Readonly<Record<string, string>> = {}): string {
    const cases = Object.entries(words).map(
        ([from, to]) => `when ${sqlText(from)} then nullif(${sqlText(to)}, '')`,
    );
    return cases.length === 0 ? text : `case ${text} ${cases.join(' ')} else ${text} end`;
}

/** Years far from ours are a misread format: `26-01-01` would become the year 26. */
const isNearOurTime = (value: string) =>
    `(${value} >= date '1900-01-01' and ${value} < date '2200-01-01')`;

function dateSql(reading: TextReading, text: string): ColumnSql {
    if (reading.format === 'excel') {
        const typed = guarded(
            text,
            '[0-9]{1,6}(\\.0+)?',
            `date '1899-12-30' + cast(cast(${text} as double) as integer)`,
        );
        return judged(reading, typed, isNearOurTime(reading.value));
    }
    if (reading.format) {
        const typed = `try_cast(try_strptime(${text}, ${sqlText(reading.format)}) as date)`;
        return judged(reading, typed, isNearOurTime(reading.value));
    }
    // An instant in a date column has no day without a time zone, so only midnight passes.
    const plain = `(length(${text}) <= 10 or regexp_full_match(${text}, '.{10}[T ]00:00(:00(\\.0+)?)?'))`;
    const typed = `try_cast(${text} as date)`;
    return judged(reading, typed, `${plain} and ${isNearOurTime(reading.value)}`);
}

function instantSql(reading: TextReading, text: string): ColumnSql {
    const toUtc = (local: string) =>
        isUtc(reading.timezone)
            ? local
            : `timezone('UTC', timezone(${sqlText(reading.timezone)}, ${local}))`;
    const { format } = reading;
    if (format === 'unix_s' || format === 'unix_ms') {
        const [digits, unit] =
            format === 'unix_s' ? ['[0-9]{1,11}', 1000000] : ['[0-9]{1,14}', 1000];
        const typed = guarded(text, digits, `make_timestamp(cast(${text} as bigint) * ${unit})`);
        return judged(reading, typed, isNearOurTime(reading.value));
    }
    if (format === 'excel') {
        const seconds = `cast(round((cast(${text} as double) - 25569) * 86400) as bigint)`;
        const local = `make_timestamp(${seconds} * 1000000)`;
        const typed = toUtc(guarded(text, '[0-9]{1,6}(\\.[0-9]+)?', local));
        return judged(reading, typed, isNearOurTime(reading.value));
    }
    if (format) {
        const parsed = `try_strptime(${text}, ${sqlText(format)})`;
        const typed = /%z|%Z/.test(format) ? `timezone('UTC', ${parsed})` : toUtc(parsed);
        return judged(reading, typed, isNearOurTime(reading.value));
    }
    // A plain cast to timestamp forgets the offset, so a cell that carries one goes another way.
    const tail = `substr(${text}, 17)`;
    const hasOffset =
        `(length(${text}) > 16 and ` +
        `(right(${text}, 1) > '9' or contains(${tail}, '+') or contains(${tail}, '-')))`;
    const typed =
        `case when ${hasOffset} then timezone('UTC', try_cast(${text} as timestamptz)) ` +
        `else ${toUtc(`try_cast(${text} as timestamp)`)} end`;
    return judged(reading, typed, isNearOurTime(reading.value));
}

function numberSql(reading: TextReading, text: string): ColumnSql {
    const { column } = reading;
    const plain = plainNumber(reading, text);
    const scale = scaleOf(column.type);
    const shape = numberShape(reading, scale);
    if (reading.multiplyBy === undefined) {
        const typed = `try_cast(${plain} as ${column.type})`;
        return judged(reading, typed, shape(text));
    }
    const factorScale = reading.multiplyBy.split('.')[1]?.length ?? 0;
    const factorType = `decimal(18,${factorScale})`;
    const product = `(try_cast(${plain} as decimal(18,4)) * cast('${reading.multiplyBy}' as ${factorType}))`;
    const typed = `try_cast(${product} as ${column.type})`;
    const isExact = column.rounds ? 'true' : `${reading.value} = ${product}`;
    return judged(reading, typed, `${isExact} and ${numberShape(reading, 4)(text)}`);
}

function plainNumber(reading: TextReading, text: string): string {
    const { decimalSeparator, thousandsSeparator } = reading;
    const joined = thousandsSeparator
        ? `replace(${text}, ${sqlText(thousandsSeparator)}, '')`
        : text;
    return decimalSeparator === ',' ? `replace(${joined}, ',', '.')` : joined;
}

/**
 * The engine's cast is too kind: it reads `1_000`, `0x10` and `1e3`, and rounds `1.5` to a whole
 * number. The shape of the text is checked as well, so that a misread cell never becomes money.
 */
function numberShape(reading: TextReading, scale: number): (text: string) => string {
    const point = reading.decimalSeparator === ',' ? ',' : '\\.';
    const whole = reading.thousandsSeparator
        ? `([0-9]+|[0-9]{1,3}(${escapeForRegex(reading.thousandsSeparator)}[0-9]{3})+)`
        : '[0-9]+';
    const decimals = reading.column.rounds ? '[0-9]*' : `[0-9]{0,${scale}}0*`;
    const pattern = `\\s*[+-]?(${whole}(${point}${decimals})?|${point}${decimals})\\s*`;
    return (text) => `regexp_full_match(${text}, ${sqlText(pattern)})`;
}

function scaleOf(type: string): number {
    return Number(/,(\d+)\)/.exec(type)?.[1] ?? 0);
}

function escapeForRegex(value: string): string {
    return value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function isUtc(timezone: string): boolean {
    return ['UTC', 'Etc/UTC', 'GMT', 'Z'].includes(timezone);
}
