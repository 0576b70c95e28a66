import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sqlText } from '../../contracts/batch.ts';
import { ContractError } from '../../errors.ts';
import type { CompileContext } from './compile-context.ts';
import type { FoundFile } from './find-files.ts';
import { assertFields, isPath, type JsonRow, parseRow, pathOf } from './json-fields.ts';
import { engineError, jsonObject, type Layout, literalPath, pointNumbers } from './layout.ts';
import { linesOfRows } from './lines-of-rows.ts';
import { wantedColumns } from './mapping.ts';
import { textOfRows } from './text-of-rows.ts';
import { detectEncoding, openText } from './text-stream.ts';

/** The engine keeps two buffers of this size per thread: larger ones eat the memory limit. */
export const maximumObjectBytes = 4 * 1024 * 1024;

/** Twice a row, as the engine asks for. */
const lineBufferBytes = 2 * maximumObjectBytes;

/** Rows of more keys than this are not taken apart as a whole. */
const wideKeys = 100;

/** One layout for all files: a JSON row names its own columns. */
export async function ndjsonLayouts(context: CompileContext): Promise<readonly Layout[]> {
    const { files: found, contract, input, scratchDirectory } = context;
    const files = await Promise.all(
        found.map((file, index) => readable(file, join(scratchDirectory, `${index}.ndjson`))),
    );
    const paths = files.map((file) => sqlText(literalPath(file.readPath)));
    const names = contract.columns.flatMap((column) => {
        const { names, mapping } = wantedColumns(input, column);
        return [...names, ...(mapping?.minus === undefined ? [] : [mapping.minus])];
    });
    const objects =
        `read_ndjson_objects([${paths.join(', ')}], ignore_errors = true, ` +
        `maximum_object_size = ${maximumObjectBytes})`;
    const sample = await firstRows(files[0]);
    await assertFields(context, { sample, objects, file: files[0]?.name ?? '' });
    // Two thousand keys and values of two thousand rows at a time are more than memory holds.
    const isWide = sample.some((row) => Object.keys(row).length > wideKeys);
    const usualKeys = isWide
        ? [...new Set(sample.flatMap((row) => Object.keys(row)))]
        : Object.keys(sample[0] ?? {});
    return [
        {
            files: files.map((file) => ({
                name: file.name,
                path: file.path,
                linesOf: (rows) => linesOfRows(textOf(file), { rows, headerLines: 0 }),
                textOf: (rows) => textOfRows(textOf(file), rows),
            })),
            // Keys and values of a row are read in one go.
            relation: isWide
                ? `(select json, file_index, false as is_usual, ` +
                  `json_transform(json, ${sqlText(picked(names, input.keep_columns))}) as cells ` +
                  `from ${wideObjects(paths)})`
                : `(select *, map_values(cells) as usual_cells, ${isUsual(usualKeys)} as is_usual ` +
                  `from (select json, file_index, ` +
                  `json_transform(json, '"MAP(VARCHAR, VARCHAR)"') as cells from ${objects}))`,
            columns: [...new Set(names)],
            isOpen: true,
            usualNames: usualKeys,
            text: (name) =>
                `nullif(${isWide ? fieldOf(name, usualKeys) : cellOf(name, usualKeys)}, '')`,
            numbers: pointNumbers,
            rowText: 'cast(json as varchar)',
            extra: (used) => (isWide ? pickedKeys(used, usualKeys) : extraKeys(used, usualKeys)),
            source: ['json'],
            raw: ([json = '']) => json,
            // The engine's JSON buffers are large, and it has two of them.
            megabytesPerThread: 80,
            brokenRow: {
                condition: `case when is_usual then false else coalesce(json_type(json), '') <> 'OBJECT' end`,
                expected: 'one JSON object in a line',
            },
            explainError: async (error) => explain(error, files),
        },
    ];
}

/**
 * Rows of JSON by way of lines: the engine's reader of JSON takes 32 MB of text apart at a time, which
 * becomes ten times as much, while that of CSV hands a few megabytes over.
 */
function wideObjects(paths: readonly string[]): string {
    const options = [
        'auto_detect = false',
        'header = false',
        // What stands in no JSON unless it is escaped.
        'delim = chr(1)',
        `quote = ''`,
        `escape = ''`,
        `columns = {'line': 'varchar'}`,
        `buffer_size = ${lineBufferBytes}`,
        `max_line_size = ${maximumObjectBytes}`,
    ];
    const lines = `read_csv([${paths.join(', ')}], ${options.join(', ')})`;
    return `(select try_cast(line as json) as json, file_index from ${lines} where trim(line, ' \t\r') <> '')`;
}

function extraKeys(used: readonly string[], usualKeys: readonly string[]): string {
    const plain = [...new Set(used)].filter((name) => !isPath(name));
    const patch = plain.map((name) => `${sqlText(name)}, null`);
    const rest = `nullif(json_merge_patch(json, json_object(${patch.join(', ')})), '{}')`;
    if (usualKeys.some((key) => !plain.includes(key))) return rest;
    return `case when is_usual then null else ${rest} end`;
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

/** Decoded text of it, piece by piece. */
export function textOf(file: ReadableFile) {
    return openText(file.path, file.name, file.encoding);
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

/** A field of a wide row: a key of it, or a path into it. */
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
    return new ContractError({
        what: `${name} is not newline-delimited JSON.`,
        why: message.split('\n')[0] ?? message,
        ...(name === undefined ? {} : { file: name }),
        fix: 'write one JSON object a line, in UTF-8',
        cause: error,
    });
}
