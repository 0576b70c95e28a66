import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isDeepStrictEqual } from 'node:util';
import { sqlText } from '../../contracts/batch.ts';
import { ContractError } from '../../errors.ts';
import { machineError } from '../../machine-error.ts';
import type { CompileContext } from './compile-context.ts';
import type { FoundFile } from './find-files.ts';
import { assertFields, isPath, type JsonRow, parseRow, pathOf } from './json-fields.ts';
import { engineError, jsonObject, type Layout, literalPath, pointNumbers } from './layout.ts';
import { wantedColumns } from './mapping.ts';
import { type FoundRow, findLongRow, findRows, inLongLines } from './ndjson-lines.ts';
import { maximumObjectBytes, spreadFormat, spreadObjects } from './spread-json.ts';
import { detectEncoding, isGzip, openText } from './text-stream.ts';

/** Twice a row, as the engine asks for. */
const lineBufferBytes = 2 * maximumObjectBytes;

/** Rows of more keys than this are not taken apart as a whole. */
const wideKeys = 100;

/** Text of so many rows as the engine takes apart at a time fills memory when they are longer. */
const longRow = 8 * 1024;

/** A file of fewer bytes fits into memory, whatever its rows look like. */
const smallFile = 2 * 1024 * 1024;

/** Text of equal rows is packed to about a fortieth. */
const smallPacked = smallFile / 40;

/** Bytes of which the engine may read on while it looks for the first rows, several threads of it. */
const readAhead = 4 * 32 * 1024 * 1024;

/** One layout for all files: a JSON row names its own columns. */
export async function ndjsonLayouts(context: CompileContext): Promise<readonly Layout[]> {
    const { files: found, contract, input, scratchDirectory } = context;
    const files = await Promise.all(
        found.map(async (file, index) =>
            inLines(
                context,
                await readable(file, join(scratchDirectory, `${index}.ndjson`)),
                join(scratchDirectory, `${index}-lines.ndjson`),
            ),
        ),
    );
    const paths = files.map((file) => sqlText(literalPath(file.readPath)));
    const names = contract.columns.flatMap((column) => {
        const { names, mapping } = wantedColumns(input, column);
        return [...names, ...(mapping?.minus === undefined ? [] : [mapping.minus])];
    });
    const objects =
        `read_ndjson_objects([${paths.join(', ')}], ignore_errors = true, ` +
        `maximum_object_size = ${maximumObjectBytes})`;
    const first = await firstRows(files[0]);
    const long = await longRows(files, context.maximumRows);
    const wide = first.find(isWideRow) ?? long.wide;
    const sample = wide === undefined || first.includes(wide) ? first : [...first, wide];
    // Two thousand keys and values of two thousand rows at a time are more than memory holds.
    const isWide = wide !== undefined;
    const isByLine = isWide || long.areThere;
    const rows = isByLine ? objectsByLine(paths) : objects;
    await assertFields(context, { sample, objects: rows, file: files[0]?.name ?? '' });
    const usualKeys = isWide
        ? [...new Set(sample.flatMap((row) => Object.keys(row)))]
        : Object.keys(sample[0] ?? {});
    const ofAll = {
        files: files.map((file) => ({
            name: file.name,
            path: file.path,
            linesOf: async (rows) =>
                file.isSpread ? new Map() : mapped(await findRows(textOf(file), rows), 'line'),
            textOf: async (rows) => mapped(await findRows(textOf(file), rows), 'text'),
        })),
        relation: isByLine
            ? `(select json, file_index, false as is_usual, ` +
              `json_transform(json, ${sqlText(picked(names, input.keep_columns))}) as cells ` +
              `from ${rows})`
            : `(select *, map_values(cells) as usual_cells, ${isUsual(usualKeys)} as is_usual ` +
              `from (select json, file_index, ` +
              `${cellsOf('json')} as cells from ${objects}))`,
        columns: [...new Set(names)],
        isOpen: true,
        isLong: isByLine,
        usualNames: usualKeys,
        text: (name) =>
            `nullif(${isByLine ? fieldOf(name, usualKeys) : cellOf(name, usualKeys)}, '')`,
        numbers: pointNumbers,
        rowText: 'cast(json as varchar)',
        extra: (used) =>
            isWide
                ? pickedKeys(used, usualKeys)
                : extraKeys(
                      used,
                      usualKeys,
                      (rest) => `case when is_usual then null else ${rest} end`,
                  ),
        source: ['json'],
        raw: ([json = '']) => json,
        // The engine's JSON buffers are large, and it has two of them.
        megabytesPerThread: 80,
        brokenRow: {
            condition: `case when is_usual then false else coalesce(json_type(json), '') <> 'OBJECT' end`,
            expected: 'one JSON object in a line',
        },
        explainError: async (error) => explain(error, files),
    } satisfies Layout;
    const usual = isByLine ? undefined : usualLayout(ofAll, paths, first);
    return [usual === undefined ? ofAll : { ...ofAll, usual }];
}

/**
 * Rows with the keys of the first ones in their order: a value of such a row is found by its place, where
 * finding out what else a row may hold takes twice the work. Reading stops at the first row that is another.
 * @returns undefined where the first rows differ already
 */
function usualLayout(
    ofAll: Layout,
    paths: readonly string[],
    first: readonly JsonRow[],
): Layout | undefined {
    const keys = Object.keys(first[0] ?? {});
    const isUsualRow = (row: JsonRow) => isDeepStrictEqual(Object.keys(row), keys);
    if (keys.length === 0 || !first.every(isUsualRow)) return undefined;
    const { brokenRow: _, ...layout } = ofAll;
    return {
        ...layout,
        relation:
            `(select line, try_cast(line as json) as json, file_index, ` +
            `case when ${isUsual(keys)} then map_values(cells) else error('a row of other keys') end as cells ` +
            `from (select *, ${cellsOf('line')} as cells from ${linesOf(paths)}))`,
        text: (name) => `nullif(${usualCell(name, keys)}, '')`,
        rowText: 'line',
        extra: (used) => extraKeys(used, keys, () => 'null'),
        // Lines are read as those of CSV are.
        megabytesPerThread: 40,
    };
}

/** Keys and values of a row, read in one go. */
const cellsOf = (json: string) => `json_transform(${json}, '"MAP(VARCHAR, VARCHAR)"')`;

/** A field of a row that has the usual keys. */
function usualCell(name: string, keys: readonly string[]): string {
    const place = isPath(name) ? 0 : keys.indexOf(name) + 1;
    if (place > 0) return `cells[${place}]`;
    return name.includes('.') ? `line ->> ${sqlText(pathOf(name))}` : 'cast(null as varchar)';
}

/**
 * Long rows of JSON by way of lines: the engine's reader of JSON takes 32 MB of text apart at a time, which
 * becomes ten times as much, while that of CSV hands a few megabytes over.
 */
function objectsByLine(paths: readonly string[]): string {
    return `(select try_cast(line as json) as json, file_index from ${linesOf(paths)})`;
}

/** The lines of files that are not blank. */
function linesOf(paths: readonly string[]): string {
    const options = [
        'auto_detect = false',
        'header = false',
        // What stands in no JSON unless it is escaped.
        'delim = chr(1)',
        `quote = ''`,
        `escape = ''`,
        `columns = {'line': 'varchar'}`,
        // Lines of one file may end in different ways.
        'strict_mode = false',
        `buffer_size = ${lineBufferBytes}`,
        `max_line_size = ${maximumObjectBytes}`,
    ];
    // Trimming looks at every letter of a line.
    const isBlank = `case when starts_with(line, '{') then false else trim(line, ' \t\v\f\r') = '' end`;
    return `(select line, file_index from read_csv([${paths.join(', ')}], ${options.join(', ')}) where not ${isBlank})`;
}

const isWideRow = (row: JsonRow) => Object.keys(row).length > wideKeys;

/**
 * Whether some rows of the files are longer than the engine has memory for, wherever they stand, and
 * the first that is wide.
 * @throws ContractError for a row that is too long
 */
async function longRows(
    files: readonly ReadableFile[],
    maximumRows: number | undefined,
): Promise<{ readonly areThere: boolean; readonly wide: JsonRow | undefined }> {
    let areThere = false;
    let wide: JsonRow | undefined;
    const look = (line: Buffer) => {
        if (line.length > maximumObjectBytes) return 'too long';
        if (line.length > longRow) areThere = true;
        if (wide) return undefined;
        const row = parseRow(line.toString('utf8'));
        if (isWideRow(row)) wide = row;
        return undefined;
    };
    for (const file of files) {
        if (file.bytes < (isGzip(file.readPath) ? smallPacked : smallFile)) continue;
        const mostBytes = maximumRows === undefined ? Number.POSITIVE_INFINITY : readAhead;
        const limits = { longest: maximumObjectBytes, mostBytes };
        if (await inLongLines(file.readPath, look, limits)) throw await tooLong(file);
    }
    return { areThere, wide };
}

async function tooLong(file: ReadableFile): Promise<ContractError> {
    return new ContractError({
        ...(await findLongRow(textOf(file), maximumObjectBytes)),
        what: `${file.name} has a row that is too long to be read.`,
        file: file.name,
        expected: `rows of less than ${Math.floor(maximumObjectBytes / 1_000_000)} MB, one JSON object a line`,
        fix: 'leave its long text out of the export, or shorten it there; where all rows stand in one line, write each into its own',
    });
}

function mapped<Key extends keyof FoundRow>(
    rows: ReadonlyMap<number, FoundRow>,
    key: Key,
): ReadonlyMap<number, FoundRow[Key]> {
    return new Map([...rows].map(([row, found]) => [row, found[key]]));
}

/** What a row holds beside the used keys. @param ofUsual SQL of it where a row has the usual keys alone */
function extraKeys(
    used: readonly string[],
    usualKeys: readonly string[],
    ofUsual: (rest: string) => string,
): string {
    const plain = [...new Set(used)].filter((name) => !isPath(name));
    const patch = plain.map((name) => `${sqlText(name)}, null`);
    const rest = `nullif(json_merge_patch(json, json_object(${patch.join(', ')})), '{}')`;
    return usualKeys.some((key) => !plain.includes(key)) ? rest : ofUsual(rest);
}

/** Of a wide row what is wanted is picked out at once, instead of taking out what is not. */
function picked(names: readonly string[], kept: readonly string[] = []): string {
    const wanted = names.filter((name) => !isPath(name)).map((name) => [name, 'VARCHAR']);
    return JSON.stringify(Object.fromEntries([...kept.map((name) => [name, 'JSON']), ...wanted]));
}

function pickedKeys(used: readonly string[], usualKeys: readonly string[]): string {
    const wanted = usualKeys.filter((key) => !used.includes(key));
    return wanted.length === 0 ? 'null' : jsonObject(wanted, wanted.map(pickedCell));
}

const pickedCell = (name: string) => `struct_extract(cells, ${sqlText(name)})`;

/** Most rows have the keys of the first one: such a row is an object and has nothing unknown. */
function isUsual(keys: readonly string[]): string {
    // What is no object has no keys either.
    return keys.length === 0 ? 'false' : `map_keys(cells) = [${keys.map(sqlText).join(', ')}]`;
}

export interface ReadableFile extends FoundFile {
    readonly encoding: string;
    /** The file itself, or its copy in UTF-8: the engine takes a byte order mark for a broken row. */
    readonly readPath: string;
    /** The rows of the file are no lines of it; those of `readPath`, its copy, are. */
    readonly isSpread?: boolean;
}

/** A file as the engine can read it. */
export async function readable(found: FoundFile, copyPath: string): Promise<ReadableFile> {
    // What is not asked for is found by its byte order mark alone.
    const encoding = await detectEncoding(found.path, '');
    if (encoding === '') return { ...found, encoding: 'utf-8', readPath: found.path };
    const text = openText(found.path, found.name, encoding);
    await pipeline(Readable.from(text), createWriteStream(copyPath, 'utf8'));
    return { ...found, encoding, readPath: copyPath };
}

/**
 * A file of objects that are not each in a line of their own, copied so that they are. Nothing but the line ends
 * between the values changes.
 * @throws ContractError for an array of which the end or a comma is missing
 */
async function inLines(
    { describe }: CompileContext,
    file: ReadableFile,
    copyPath: string,
): Promise<ReadableFile> {
    const format = await spreadFormat(textOf(file));
    if (format === undefined) return file;
    // In a text of JSON there is no line end that is not written as `\\n`.
    const line = "translate(json, chr(10) || chr(13), '  ')";
    try {
        await describe(
            `copy (select ${line} from ${spreadObjects(file.readPath, format)}) to ${sqlText(copyPath)} ` +
                `(format csv, header false, quote '', escape '', delimiter '\x01')`,
        );
    } catch (error) {
        const machine = machineError(error);
        if (machine) throw machine;
        // Each line is said to be none.
        if (format === 'unstructured') return file;
        throw notJson(file.name, error, 'export it again, or write one JSON object a line');
    }
    return { ...file, encoding: 'utf-8', readPath: copyPath, isSpread: true };
}

/** Decoded text of it, piece by piece. */
export function textOf({ path, readPath, isSpread, name, encoding }: ReadableFile) {
    return openText(isSpread ? readPath : path, name, encoding);
}

/** Objects at the top of the file; of a broken row an empty one, which only costs the shortcut. */
async function firstRows(file: ReadableFile | undefined): Promise<readonly JsonRow[]> {
    if (!file) return [];
    let top = '';
    let isWhole = true;
    for await (const piece of textOf(file)) {
        top += piece;
        isWhole = false;
        // The first row may lack what the others have.
        if (top.split('\n').length > 2) break;
        isWhole = true;
    }
    const lines = top.split('\n');
    // The last line of a piece may go on in the next one.
    return (isWhole ? lines : lines.slice(0, -1)).filter((line) => line.trim()).map(parseRow);
}

/** A field of a row that is read by its line: a key of it, or a path into it. */
function fieldOf(name: string, usualKeys: readonly string[]): string {
    if (isPath(name)) return `json ->> ${sqlText(name)}`;
    return name.includes('.') && !usualKeys.includes(name)
        ? `coalesce(${pickedCell(name)}, json ->> ${sqlText(pathOf(name))})`
        : pickedCell(name);
}

/** A path into the row is read by itself; a key of a usual row is found by its place. */
function cellOf(name: string, usualKeys: readonly string[]): string {
    if (isPath(name)) return `json ->> ${sqlText(name)}`;
    if (name.includes('.') && !usualKeys.includes(name)) {
        return `coalesce(cells[${sqlText(name)}], json ->> ${sqlText(pathOf(name))})`;
    }
    const found = `cells[${sqlText(name)}]`;
    const place = usualKeys.indexOf(name) + 1;
    return place === 0 ? found : `case when is_usual then usual_cells[${place}] else ${found} end`;
}

function explain(error: unknown, files: readonly ReadableFile[]): Error {
    const message = error instanceof Error ? error.message : String(error);
    if (!/JSON|maximum_object_size|CSV|unicode/i.test(message)) return engineError(error);
    const name = files.find((file) => message.includes(file.readPath))?.name ?? files[0]?.name;
    return notJson(name ?? '', error, 'write one JSON object a line, in UTF-8');
}

function notJson(file: string, cause: unknown, fix: string): ContractError {
    const message = cause instanceof Error ? cause.message : String(cause);
    return new ContractError({
        what: `${file} is not JSON as it can be read.`,
        why: message.split('\n')[0] ?? message,
        file,
        fix,
        cause,
    });
}
