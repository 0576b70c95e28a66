import { sqlText } from '../../contracts/batch.ts';
import {
    type ColumnSql,
    judged,
    type NumberFormat,
    type TextReading,
    unlessClear,
} from './text-reading.ts';

/** `1.500` may be one and a half or fifteen hundred; `0.500`, `1234.500` and `1.50` may not. */
const twoWayNumber = '[+-]?[1-9][0-9]{0,2}\\.[0-9]{3}';

/** Whether a cell cannot be read for want of a separator in the settings. */
export function isTwoWayNumber(text: string, numbers: NumberFormat): boolean {
    return isUnsaid(numbers) && new RegExp(`^${twoWayNumber}$`).test(text.trim());
}

/** Reads a number that is written plainly, with the separators of the file. */
export function numberSql(reading: TextReading): ColumnSql {
    const { column, text } = reading;
    const plain = plainNumber(reading, text);
    const shape = numberShape(reading, scaleOf(column.type));
    if (reading.multiplyBy === undefined) {
        const typed = `try_cast(${plain} as ${column.type})`;
        return judgedNumber(reading, typed, unlessClear(isCanonical(reading), shape(text)));
    }
    const factorScale = reading.multiplyBy.split('.')[1]?.length ?? 0;
    const factor = `cast('${reading.multiplyBy}' as decimal(18,${factorScale}))`;
    // Wide, because money in micros has six digits more than the money; what is wider is rejected.
    const product = `try(try_cast(${plain} as decimal(28,4)) * ${factor})`;
    const typed = `try_cast(${product} as ${column.type})`;
    const isExact = column.rounds ? 'true' : `${reading.value} = ${product}`;
    return judgedNumber(reading, typed, `${isExact} and ${numberShape(reading, 4)(text)}`);
}

function isUnsaid({ decimalSeparator, thousandsSeparator }: NumberFormat): boolean {
    return decimalSeparator === undefined && !thousandsSeparator;
}

function isTwoWay(text: string): string {
    return `regexp_full_match(${text}, '\\s*${twoWayNumber}\\s*')`;
}

/** Nothing but a misread thousands point makes money a thousandth, so one that may be is refused. */
function judgedNumber(reading: TextReading, typed: string, wellFormed: string): ColumnSql {
    const sql = judged(reading, typed, wellFormed);
    if (!isUnsaid(reading)) return sql;
    const words =
        'a number that can be read in one way only, or format.decimal_separator in the input';
    return {
        ...sql,
        expected: `case when ${isTwoWay(reading.text)} then ${sqlText(words)} else ${sql.expected} end`,
    };
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
    const oneWay = (text: string) => (isUnsaid(reading) ? ` and not ${isTwoWay(text)}` : '');
    return (text) => `(regexp_full_match(${text}, ${sqlText(pattern)})${oneWay(text)})`;
}

/** `12.5` begins the way the engine writes its value, `12.500000`, so it is a number as we want it. */
function isCanonical(reading: TextReading): string {
    const { column, text, value, decimalSeparator, thousandsSeparator } = reading;
    if (decimalSeparator === ',' || thousandsSeparator) return 'false';
    const written = `cast(${value} as varchar)`;
    if (column.type === 'bigint') return `${written} = ${text}`;
    // Three digits after the point are looked at more closely, below.
    const closer = isUnsaid(reading) ? ` and strlen(${text}) - instr(${text}, '.') <> 3` : '';
    return `(starts_with(${written}, ${text})${closer})`;
}

function scaleOf(type: string): number {
    return Number(/,(\d+)\)/.exec(type)?.[1] ?? 0);
}

function escapeForRegex(value: string): string {
    return value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
