import type { StatementFormat } from '../../../config-schema.ts';
import { sqlText } from '../../../contracts/batch.ts';
import { csvRecords } from '../../../csv-records.ts';
import type { DescribeQuery } from '../compile-context.ts';
import type { FoundFile } from '../find-files.ts';
import { type JsonRow, parseRow } from '../json-fields.ts';
import { literalPath } from '../layout.ts';
import { alikeFiles } from '../parquet.ts';
import { chooseSheet } from '../sheets/choose-sheet.ts';
import { openWorkbook } from '../sheets/open-workbook.ts';
import { spreadFormat, spreadObjects } from '../spread-json.ts';
import { entryColumns } from '../statements/entry.ts';
import { readStatement } from '../statements/read-statement.ts';
import { detectEncoding, openText } from '../text-stream.ts';

export interface TableRow {
    /** Line of the file or row of the sheet, from 1. */
    readonly line: number;
    readonly cells: readonly string[];
}

/** The first rows of a file, as one way of reading it has them. */
export interface TableTop {
    readonly delimiter?: string;
    readonly rows: readonly TableRow[];
}

export interface CsvReading {
    readonly encoding?: string | undefined;
    readonly delimiter?: string | undefined;
    readonly quote?: string | undefined;
}

const pieceLength = 1 << 18;

/** Every statement has the same header, as if it stood above the first line. */
export const statementHeader: TableRow = { line: 0, cells: entryColumns };

/** Cells of a column that are not empty, in rows below their header. */
export function filledCells(
    header: readonly string[],
    rows: readonly (readonly string[])[],
    name: string,
): readonly string[] {
    const at = header.indexOf(name);
    return rows.map((row) => row[at] ?? '').filter((value) => value !== '');
}

/** The first rows of a CSV file with each delimiter it may have. */
export async function csvTops(
    file: FoundFile,
    { encoding = 'utf-8', delimiter, quote = '"' }: CsvReading,
    rows: number,
): Promise<readonly TableTop[]> {
    const text = await firstText(file, await detectEncoding(file.path, encoding));
    const delimiters = delimiter ? [delimiter] : [',', ';', '\t', '|'];
    return Promise.all(
        delimiters.map(async (one) => ({
            delimiter: one,
            rows: await firstRecords(text, one, quote, rows),
        })),
    );
}

/**
 * The first rows of an NDJSON file under the names that any of them has; a field of an object is
 * named with a point, as `columns` names it.
 * @returns no row for a file that is no NDJSON
 */
export async function ndjsonTop(
    file: FoundFile,
    rows: number,
    describe: DescribeQuery,
): Promise<TableTop> {
    const encoding = await detectEncoding(file.path, 'utf-8');
    const format = await spreadFormat(openText(file.path, file.name, encoding));
    if (format) {
        const objects = `select json from ${spreadObjects(file.path, format)} limit ${rows}`;
        const texts = await describe(objects);
        return topOfObjects(
            texts.map(({ json }) => parseRow(String(json))),
            [],
        );
    }
    const text = await firstText(file, encoding);
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return topOfObjects(lines.slice(0, rows).map(parseRow), []);
}

/**
 * The first rows of a Parquet file, in the same way.
 * @throws SourceError for a file that is no Parquet
 */
export async function parquetTop(
    file: FoundFile,
    rows: number,
    describe: DescribeQuery,
): Promise<TableTop> {
    const [group] = await alikeFiles([file], describe, []);
    const columns = [...(group?.columns ?? [])];
    const texts = await describe(`
        select cast(to_json(one) as varchar) as row
        from (from read_parquet(${sqlText(literalPath(file.path))}) limit ${rows}) as one`);
    const names = columns.flatMap(([name, { type }]) => (type.startsWith('struct(') ? [] : [name]));
    return topOfObjects(
        texts.map(({ row }) => parseRow(String(row))),
        names,
    );
}

function topOfObjects(rows: readonly JsonRow[], known: readonly string[]): TableTop {
    const objects = rows.map((row) => flat(row));
    const names = [...new Set([...known, ...objects.flatMap((object) => [...object.keys()])])];
    if (names.length === 0) return { rows: [] };
    const cells = objects.map((object) => names.map((name) => object.get(name) ?? ''));
    return { rows: [names, ...cells].map((row, index) => ({ line: index, cells: row })) };
}

function flat(row: JsonRow, before = ''): Map<string, string> {
    const cells = new Map<string, string>();
    for (const [key, value] of Object.entries(row)) {
        if (value === null) continue;
        if (typeof value !== 'object') cells.set(before + key, `${value}`);
        else if (Array.isArray(value)) cells.set(before + key, JSON.stringify(value));
        else
            for (const [name, cell] of flat(value as JsonRow, `${before}${key}.`))
                cells.set(name, cell);
    }
    return cells;
}

async function firstText(file: FoundFile, encoding: string): Promise<string> {
    let text = '';
    for await (const piece of openText(file.path, file.name, encoding)) {
        text += piece;
        // The last line may be cut: it is left out.
        if (text.length >= pieceLength) return text.slice(0, text.lastIndexOf('\n') + 1);
    }
    return text;
}

/** Each line is read as if the file began there: a stray quote in a title opens nothing. */
async function firstRecords(
    text: string,
    delimiter: string,
    quote: string,
    rows: number,
): Promise<readonly TableRow[]> {
    const found: TableRow[] = [];
    let rest = text;
    for (let line = 1; line <= rows && rest !== ''; line += 1) {
        const isBlank = /^[\r\n]/.test(rest);
        const record = isBlank ? undefined : await firstRecord(rest, delimiter, quote);
        if (record) found.push({ line, cells: record.map((cell) => cell.trim()) });
        const end = rest.indexOf('\n');
        rest = end === -1 ? '' : rest.slice(end + 1);
    }
    return found;
}

async function firstRecord(text: string, delimiter: string, quote: string) {
    for await (const record of csvRecords([text], { delimiter, quote })) return record.fields;
    return undefined;
}

/** The first rows of a sheet. @throws ConfigError when the sheet has to be named */
export async function sheetTop(
    file: FoundFile,
    format: { readonly type: 'xlsx' | 'ods'; readonly sheet?: string | undefined },
    rows: number,
): Promise<TableTop> {
    const workbook = await openWorkbook(file.path, file.name, format.type);
    try {
        const sheet = await chooseSheet(workbook, format.sheet, file.name);
        const found: TableRow[] = [];
        let cells: string[] = [];
        await workbook.read(sheet, {
            cell: (column, text) => {
                cells[column] = text;
            },
            endRow: (row) => {
                if (cells.length > 0 && found.length < rows) {
                    const filled = Array.from(cells, (cell) => cell?.trim() ?? '');
                    found.push({ line: row + 1, cells: filled });
                }
                cells = [];
            },
            isDone: () => found.length >= rows,
            drain: async () => {},
        });
        return { rows: found };
    } finally {
        workbook.close();
    }
}

/** The first entries of a statement, as a table. @throws SourceError for a file that is none */
export async function statementTop(
    file: FoundFile,
    format: StatementFormat,
    rows: number,
): Promise<TableTop> {
    const found: TableRow[] = [statementHeader];
    await readStatement(file, format, {
        entry: (entry, line) => {
            const cells: Readonly<Record<string, string | undefined>> = entry;
            found.push({ line, cells: entryColumns.map((name) => cells[name] ?? '') });
        },
        isDone: () => found.length > rows,
        drain: async () => {},
        note: () => {},
    });
    return { rows: found };
}
