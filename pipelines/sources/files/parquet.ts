import { sqlName, sqlText } from '../../contracts/batch.ts';
import { SourceError } from '../../errors.ts';
import type { FoundFile } from './find-files.ts';
import { jsonObject, type Layout, literalPath, pointNumbers, type TypedCell } from './layout.ts';

/** Rows of a metadata query, values as text. */
export type DescribeQuery = (sql: string) => Promise<readonly Record<string, unknown>[]>;

/** One layout for each run of neighbouring files with the same columns and types. */
export async function parquetLayouts(
    files: readonly FoundFile[],
    describe: DescribeQuery,
): Promise<readonly Layout[]> {
    const groups: { files: FoundFile[]; types: Map<string, string> }[] = [];
    for (const file of files) {
        const types = await columnTypes(file, describe);
        const group = groups.at(-1);
        if (group && sameTypes(group.types, types)) group.files.push(file);
        else groups.push({ files: [file], types });
    }
    return groups.map((group) => layoutOf(group.files, group.types));
}

async function columnTypes(file: FoundFile, describe: DescribeQuery) {
    const relation = `read_parquet(${sqlText(literalPath(file.path))})`;
    try {
        const rows = await describe(`describe select * from ${relation}`);
        return new Map(
            rows.map((row) => [String(row.column_name), String(row.column_type).toLowerCase()]),
        );
    } catch (cause) {
        throw new SourceError({
            what: `${file.name} is not a readable Parquet file.`,
            why: cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause),
            file: file.name,
            fix: 'copy or export the file again',
            cause,
        });
    }
}

function sameTypes(left: Map<string, string>, right: Map<string, string>): boolean {
    return JSON.stringify([...left]) === JSON.stringify([...right]);
}

function layoutOf(files: readonly FoundFile[], types: Map<string, string>): Layout {
    const names = [...types.keys()];
    const paths = files.map((file) => sqlText(literalPath(file.path)));
    const typed = (name: string): TypedCell => {
        const type = types.get(name) ?? 'varchar';
        const cell = sqlName(name);
        // An instant with a zone is one point in time; the warehouse keeps it in UTC.
        if (type === 'timestamp with time zone') {
            return { sql: `timezone('UTC', ${cell})`, type: 'timestamp' };
        }
        if (/^timestamp(_(s|ms|ns))?$/.test(type)) {
            return { sql: `cast(${cell} as timestamp)`, type: 'timestamp', isLocal: true };
        }
        return { sql: type === 'varchar' ? `nullif(${cell}, '')` : cell, type };
    };
    const text = (name: string) => `nullif(cast(${typed(name).sql} as varchar), '')`;
    return {
        files: files.map((file) => ({
            name: file.name,
            path: file.path,
            linesOf: async () => new Map(),
        })),
        relation: `read_parquet([${paths.join(', ')}])`,
        columns: names,
        text,
        typed,
        numbers: pointNumbers,
        extra: (used) => {
            const rest = names.filter((name) => !used.includes(name));
            return rest.length === 0 ? 'null' : jsonObject(rest, rest.map(sqlName));
        },
        source: names.map(sqlName),
        raw: (source) => jsonObject(names, source),
        megabytesPerThread: 40,
        explainError: async (error) =>
            new SourceError({
                what: `${files.map((file) => file.name).join(', ')} cannot be read as Parquet.`,
                why: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
                fix: 'copy or export the file again',
                cause: error,
            }),
    };
}
