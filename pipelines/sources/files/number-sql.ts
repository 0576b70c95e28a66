import { sqlText } from '../../contracts/batch.ts';
import { type ColumnSql, judged, type TextReading, unlessClear } from './text-reading.ts';

/** Reads a number that is written plainly, with the separators of the file. */
export function numberSql(reading: TextReading): ColumnSql {
    const { column, text } = reading;
    const plain = plainNumber(reading, text);
    const shape = numberShape(reading, scaleOf(column.type));
    if (reading.multiplyBy === undefined) {
        const typed = `try_cast(${plain} as ${column.type})`;
        return judged(reading, typed, unlessClear(isCanonical(reading), shape(text)));
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

/** `12.5` begins the way the engine writes its value, `12.500000`, so it is a number as we want it. */
function isCanonical(reading: TextReading): string {
    const { column, text, value, decimalSeparator, thousandsSeparator } = reading;
    if (decimalSeparator !== '.' || thousandsSeparator) return 'false';
    const written = `cast(${value} as varchar)`;
    return column.type === 'bigint' ? `${written} = ${text}` : `starts_with(${written}, ${text})`;
}

function scaleOf(type: string): number {
    return Number(/,(\d+)\)/.exec(type)?.[1] ?? 0);
}

function escapeForRegex(value: string): string {
    return value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
