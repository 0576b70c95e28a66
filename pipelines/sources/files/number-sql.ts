import { sqlText } from '../../contracts/batch.ts';
import { type DressedNumber, dressedNumber, escapeForRegex } from './dressed-number.ts';
import {
    type ColumnSql,
    judged,
    type NumberFormat,
    type TextReading,
    unlessClear,
} from './text-reading.ts';

/** `1.500` may be one and a half or fifteen hundred; `0.500`, `1234.500` and `1.50` may not. */
const twoWayNumber = '[1-9][0-9]{0,2}\\.[0-9]{3}';

/** The digits of a cell that cannot be read for want of a separator in the settings; none of another. */
export function twoWayDigits(text: string, numbers: NumberFormat): string | undefined {
    if (!isUnsaid(numbers)) return undefined;
    return new RegExp(`^[^0-9.]*(${twoWayNumber})[^0-9.]*$`).exec(text)?.[1];
}

/** Reads a number with the separators of the file, written plainly or as money. */
export function numberSql(reading: TextReading): ColumnSql {
    const { column, text } = reading;
    const plain = plainNumber(reading, text);
    const scale = reading.multiplyBy === undefined ? scaleOf(column.type) : 4;
    const dressed = dressedNumber(reading, decimalsPattern(reading, scale));
    const shape = unlessClear(numberShape(reading, scale), `${dressed.isOne}${oneWay(reading)}`);
    if (reading.multiplyBy === undefined) {
        const typed = numberOf(plain, dressed, column.type);
        return judgedNumber(reading, typed, unlessClear(isCanonical(reading), shape));
    }
    const factorScale = reading.multiplyBy.split('.')[1]?.length ?? 0;
    const factor = `cast('${reading.multiplyBy}' as decimal(18,${factorScale}))`;
    // Wide, because money in micros has six digits more than the money; what is wider is rejected.
    const product = `try(${numberOf(plain, dressed, 'decimal(28,4)')} * ${factor})`;
    const typed = `try_cast(${product} as ${column.type})`;
    const isExact = column.rounds ? 'true' : `${reading.value} = ${product}`;
    return judgedNumber(reading, typed, `${isExact} and ${shape}`);
}

/** What is written plainly is cast at once; only where that fails the cell is looked at closely. */
function numberOf(plain: string, dressed: DressedNumber, type: string): string {
    const undressed = `case when ${dressed.isOne} then try_cast(${dressed.plain} as ${type}) end`;
    return `coalesce(try_cast(${plain} as ${type}), ${undressed})`;
}

/** Whether neither the file nor its input says how numbers are written. */
export function isUnsaid({ decimalSeparator, thousandsSeparator }: NumberFormat): boolean {
    return decimalSeparator === undefined && !thousandsSeparator;
}

/** Whether the digits of a cell, whatever stands around them, can be read in two ways. */
function isTwoWay(text: string): string {
    return `regexp_full_match(${text}, '[^0-9.]*${twoWayNumber}[^0-9.]*')`;
}

function oneWay(reading: TextReading): string {
    return isUnsaid(reading) ? ` and not ${isTwoWay(reading.text)}` : '';
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

function decimalsPattern({ column }: TextReading, scale: number): string {
    return column.rounds ? '[0-9]*' : `[0-9]{0,${scale}}0*`;
}

/**
 * The engine's cast is too kind: it reads `1_000`, `0x10` and `1e3`, and rounds `1.5` to a whole
 * number. The shape of the text is checked as well, so that a misread cell never becomes money.
 */
function numberShape(reading: TextReading, scale: number): string {
    const point = reading.decimalSeparator === ',' ? ',' : '\\.';
    const whole = reading.thousandsSeparator
        ? `([0-9]+|[0-9]{1,3}(${escapeForRegex(reading.thousandsSeparator)}[0-9]{3})+)`
        : '[0-9]+';
    const decimals = decimalsPattern(reading, scale);
    // Told to round, an input may hold floats, which are written with an exponent when they are small.
    const exponent = reading.isFloat ? '([eE][+-]?[0-9]{1,2})?' : '';
    const pattern = `\\s*[+-]?(${whole}(${point}${decimals})?|${point}${decimals})${exponent}\\s*`;
    return `(regexp_full_match(${reading.text}, ${sqlText(pattern)})${oneWay(reading)})`;
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
