import type { InputConfig } from '../../config-schema.ts';
import { sqlText } from '../../contracts/batch.ts';
import type { StreamContract } from '../../contracts/stream.ts';
import { ContractError } from '../../errors.ts';
import type { FoundFile } from './find-files.ts';
import { type Layout, literalPath } from './layout.ts';
import { linesOfRows } from './lines-of-rows.ts';
import { openText } from './text-stream.ts';

/** Each reading thread holds a buffer of twice this size. */
const maximumObjectBytes = 2 * 1024 * 1024;

/** One layout for all files: a JSON row names its own columns. */
export function ndjsonLayouts(
    files: readonly FoundFile[],
    contract: StreamContract,
    input: InputConfig,
): readonly Layout[] {
    const paths = files.map((file) => sqlText(literalPath(file.path)));
    const names = contract.columns.map((column) => {
        const written = input.columns[column.name];
        return (typeof written === 'string' ? written : written?.column) ?? column.name;
    });
    // All cells of a line in one parse; a path each would parse it once a column.
    const cells = `json_extract_string(json, [${names.map((name) => sqlText(jsonPath(name))).join(', ')}])`;
    const text = (name: string) => `nullif(cells[${names.indexOf(name) + 1}], '')`;
    return [
        {
            files: files.map((file) => ({
                name: file.name,
                path: file.path,
                linesOf: (rows) =>
                    linesOfRows(openText(file.path, file.name, 'utf-8'), { rows, headerLines: 0 }),
            })),
            relation:
                `(select file_index, json, ${cells} as cells ` +
                `from read_ndjson_objects([${paths.join(', ')}], ignore_errors = true, ` +
                `maximum_object_size = ${maximumObjectBytes}))`,
            columns: names,
            text,
            extra: (used) => {
                const patch = used
                    .filter((name) => !name.startsWith('$.'))
                    .map((name) => `${sqlText(name)}, null`);
                return `nullif(json_merge_patch(json, json_object(${patch.join(', ')})), '{}')`;
            },
            raw: 'json',
            brokenRow: {
                condition: `coalesce(json_type(json), '') <> 'OBJECT'`,
                expected: 'one JSON object in a line',
            },
            explainError: async (error) => explain(error, files),
        },
    ];
}

function jsonPath(name: string): string {
    return name.startsWith('$.') ? name : `$."${name.replaceAll('"', '\\"')}"`;
}

function explain(error: unknown, files: readonly FoundFile[]): Error {
    const message = error instanceof Error ? error.message : String(error);
    const name = files.find((file) => message.includes(file.path))?.name ?? files[0]?.name;
    return new ContractError({
        what: `${name} is not newline-delimited JSON.`,
        why: message.split('\n')[0] ?? message,
        ...(name === undefined ? {} : { file: name }),
        fix: 'write one JSON object a line, in UTF-8',
        cause: error,
    });
}
