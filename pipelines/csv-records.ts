export interface CsvRecord {
    readonly fields: readonly string[];
    /** Lines of the file the record covers, from 1. */
    readonly firstLine: number;
    readonly lastLine: number;
    /** What ends the record; undefined when the text ends first. */
    readonly lineEnd?: LineEnd | undefined;
}

export type LineEnd = '\r\n' | '\n' | '\r';

export interface CsvDialect {
    readonly delimiter: string;
    readonly quote: string;
}

/**
 * Records of CSV text with the lines they stand on; blank lines are no records. Used for headers
 * and to find the line of a broken row; rows of files are read by the engine.
 */
export async function* csvRecords(
    text: AsyncIterable<string> | Iterable<string>,
    dialect: CsvDialect,
): AsyncGenerator<CsvRecord, void, undefined> {
    const reader = createReader(dialect);
    for await (const piece of text) yield* reader.take(piece);
    yield* reader.end();
}

/** Records of CSV text that is all there. */
export function* csvRecordsOf(
    text: string,
    dialect: CsvDialect,
): Generator<CsvRecord, void, undefined> {
    const reader = createReader(dialect);
    yield* reader.take(text);
    yield* reader.end();
}

interface CsvReader {
    /** @returns the records that end in this piece of the text */
    readonly take: (piece: string) => Generator<CsvRecord, void, undefined>;
    readonly end: () => Generator<CsvRecord, void, undefined>;
}

function createReader(dialect: CsvDialect): CsvReader {
    let fields: string[] = [];
    let field = '';
    let isQuoted = false;
    let isAfterQuote = false;
    let isAfterReturn = false;
    /** Ended by a return, which may be half of a line end. */
    let held: CsvRecord | undefined;
    let line = 1;
    let firstLine = 1;

    const finish = (): CsvRecord | undefined => {
        const isBlank = fields.length === 0 && field === '' && !isAfterQuote;
        const record = isBlank
            ? undefined
            : { fields: [...fields, field], firstLine, lastLine: line };
        fields = [];
        field = '';
        isAfterQuote = false;
        return record;
    };

    function* take(piece: string): Generator<CsvRecord, void, undefined> {
        for (const character of piece) {
            if (isAfterReturn) {
                isAfterReturn = false;
                if (held) yield { ...held, lineEnd: character === '\n' ? '\r\n' : '\r' };
                held = undefined;
                if (character === '\n') continue;
            }
            if (isQuoted) {
                if (character === dialect.quote) {
                    isQuoted = false;
                    isAfterQuote = true;
                } else {
                    field += character;
                    if (character === '\n') line += 1;
                }
                continue;
            }
            if (character === dialect.quote && (field === '' || isAfterQuote)) {
                if (isAfterQuote) field += character;
                isQuoted = true;
                isAfterQuote = false;
            } else if (character === dialect.delimiter) {
                fields.push(field);
                field = '';
                isAfterQuote = false;
            } else if (character === '\n' || character === '\r') {
                const record = finish();
                line += 1;
                firstLine = line;
                isAfterReturn = character === '\r';
                if (isAfterReturn) held = record;
                else if (record) yield { ...record, lineEnd: '\n' };
            } else {
                field += character;
            }
        }
    }

    function* end(): Generator<CsvRecord, void, undefined> {
        if (held) yield { ...held, lineEnd: '\r' };
        const record = finish();
        if (record) yield record;
    }

    return { take, end };
}
