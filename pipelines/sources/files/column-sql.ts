import { sqlText } from '../../contracts/batch.ts';
import { describeExpected } from '../../contracts/columns.ts';
import { numberSql } from './number-sql.ts';
import { type ColumnSql, guarded, judged, type TextReading, unlessClear } from './text-reading.ts';

/** Compiles the reading of one cell: what parses exactly is taken, anything else is unreadable. */
export function columnSql(reading: TextReading): ColumnSql {
    const { column, text } = reading;
    if (column.type === 'varchar') {
        return { typed: text, unreadable: 'false', expected: sqlText(describeExpected(column)) };
    }
    if (column.type === 'boolean') {
        const typed = `try_cast(${text} as boolean)`;
        return judged(reading, typed, 'true');
    }
    if (column.type === 'date') return dateSql(reading, text);
    if (column.type === 'timestamp') return instantSql(reading, text);
    return numberSql(reading);
}

/**
 * Text in which the words of one system are replaced by those of the contract. A question mark
 * stands for one that nobody wrote yet: its word stays as it is, and is rejected as such. A word for
 * no word at all is that of an empty cell.
 */
export function translated(text: string, words: Readonly<Record<string, string>> = {}): string {
    const cases = Object.entries(words)
        .filter(([from, to]) => from !== '' && to !== '?')
        .map(([from, to]) => `when ${sqlText(from)} then nullif(${sqlText(to)}, '')`);
    const found = cases.length === 0 ? text : `case ${text} ${cases.join(' ')} else ${text} end`;
    const empty = words[''];
    if (!empty || empty === '?') return found;
    return `case when ${text} is null then ${sqlText(empty)} else ${found} end`;
}

/** Text whose values stand with a semicolon between them, as the models split them. */
export function listed(text: string, separator = ';'): string {
    return separator === ';' ? text : `replace(${text}, ${sqlText(separator)}, ';')`;
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
    const isMidnight = `regexp_full_match(${text}, '.{10}[T ]00:00(:00(\\.0+)?)?')`;
    const plain = `${isNoWord(text)} and ${unlessClear(`strlen(${text}) <= 10`, isMidnight)}`;
    const typed = `try_cast(${text} as date)`;
    return judged(reading, typed, `${plain} and ${isNearOurTime(reading.value)}`);
}

/** Reads an instant that is one already, by the clock of the time zone or in UTC. */
export function typedInstantSql(reading: TextReading, isLocal: boolean): ColumnSql {
    const typed = isLocal ? inUtc(reading, reading.text) : reading.text;
    return judged(reading, typed, isNearOurTime(reading.value));
}

/** An instant by the clock of the time zone, in UTC. */
function inUtc({ timezone }: TextReading, local: string): string {
    return isUtc(timezone) ? local : `timezone('UTC', timezone(${sqlText(timezone)}, ${local}))`;
}

function instantSql(reading: TextReading, text: string): ColumnSql {
    const toUtc = (local: string) => inUtc(reading, local);
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
        `case when ${hasOffset} then ${absoluteInstant(text)} ` +
        `else ${toUtc(`try_cast(${text} as timestamp)`)} end`;
    return judged(reading, typed, `${isNoWord(text)} and ${isNearOurTime(reading.value)}`);
}

/** The engine reads words, too: `epoch` would be the first of January 1970. Letters come after digits. */
function isNoWord(text: string): string {
    return `${text} < ':'`;
}

/** `2026-01-01T10:00Z` with the seconds the engine asks for beside an offset. */
function withSeconds(text: string): string {
    const minutes = '^([0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2})';
    const offset = '([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)$';
    return `regexp_replace(${text}, '${minutes} ?${offset}', '\\1:00\\2')`;
}

/** An instant whose text says how far it is from UTC. */
function absoluteInstant(text: string): string {
    const cast = (written: string) => `try_cast(${written} as timestamptz)`;
    // `10:00:00 +02:00`, as Ruby writes it, and a lower-case z are looked at only where a cast fails.
    const joined = `regexp_replace(upper(${withSeconds(text)}), ' ([+-][0-9:]+)$', '\\1')`;
    return `timezone('UTC', coalesce(${cast(text)}, ${cast(joined)}))`;
}

function isUtc(timezone: string): boolean {
    return ['UTC', 'Etc/UTC', 'GMT', 'Z'].includes(timezone);
}
