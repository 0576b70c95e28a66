import { sqlName, sqlText } from '../../contracts/batch.ts';
import { SourceError } from '../../errors.ts';
import type { CompileContext, DescribeQuery } from './compile-context.ts';
import type { FoundFile } from './find-files.ts';
import { jsonObject, type Layout, literalPath, pointNumbers, type TypedCell } from './layout.ts';
import { wantedColumns } from './mapping.ts';

export interface ParquetColumn {
    readonly type: string;
    /** SQL of the cell. */
    readonly sql: string;
    /** It is a field inside another column. */
    readonly isField?: true;
}

export type ParquetColumns = ReadonlyMap<string, ParquetColumn>;

interface AlikeFiles {
    readonly files: FoundFile[];
    readonly columns: ParquetColumns;
}

/** One layout for each run of neighbouring files with the same columns and types. */
export async function parquetLayouts({
    files,
    contract,
    input,
    describe,
}: CompileContext): Promise<readonly Layout[]> {
    const names = [
        ...contract.columns.flatMap((column) => {
            const { names, mapping } = wantedColumns(input, column);
            return [...names, mapping?.minus ?? []].flat();
        }),
        ...input.skip_rows.flatMap((rule) => [rule.column, rule.unless?.column ?? []].flat()),
    ];
    const groups = await alikeFiles(files, describe, names);
    return groups.map(({ files: alike, columns }) => {
        const paths = alike.map(({ path }) => sqlText(literalPath(path)));
        return typedLayout(alike, columns, {
            relation: `read_parquet([${paths.join(', ')}])`,
            explainError: async (error) =>
                new SourceError({
                    what: `${alike.map(({ name }) => name).join(', ')} cannot be read as Parquet.`,
                    why: firstLine(error),
                    fix: 'copy or export the file again',
                    cause: error,
                }),
        });
    });
}

/**
 * Runs of neighbouring files with the same columns and types.
 * @param names that are wanted; `a.b` may be the field b of a column a
 */
export async function alikeFiles(
    files: readonly FoundFile[],
    describe: DescribeQuery,
    names: readonly string[],
): Promise<readonly AlikeFiles[]> {
    const groups: AlikeFiles[] = [];
    for (const file of files) {
        const columns = await columnsOf(file, describe, names);
        const group = groups.at(-1);
        if (group && isSame(group.columns, columns)) group.files.push(file);
        else groups.push({ files: [file], columns });
    }
    return groups;
}

async function columnsOf(
    file: FoundFile,
    describe: DescribeQuery,
    names: readonly string[],
): Promise<ParquetColumns> {
    const relation = `read_parquet(${sqlText(literalPath(file.path))})`;
    const typesOf = async (select: string) => {
        const rows = await describe(`describe select ${select} from ${relation}`);
        return rows.map(
            (row) => [String(row.column_name), String(row.column_type).toLowerCase()] as const,
        );
    };
    try {
        const columns = new Map<string, ParquetColumn>(
            (await typesOf('*')).map(([name, type]) => [name, { type, sql: sqlName(name) }]),
        );
        for (const name of names) {
            const [column = '', ...fields] = name.replace(/^\$\./, '').split('.');
            const type = columns.get(column)?.type;
            if (columns.has(name) || fields.length === 0 || !type?.startsWith('struct(')) continue;
            const sql = fields.reduce(
                (whole, field) => `struct_extract(${whole}, ${sqlText(field)})`,
                sqlName(column),
            );
            // A field that is not there is told as any column is.
            const [found] = await typesOf(sql).catch(() => []);
            if (found) columns.set(name, { type: found[1], sql, isField: true });
        }
        return columns;
    } catch (cause) {
        throw new SourceError({
            what: `${file.name} is not a readable Parquet file.`,
            why: firstLine(cause),
            file: file.name,
            fix: 'copy or export the file again',
            cause,
        });
    }
}

function firstLine(error: unknown): string {
    const message = error instanceof Error ? error.message : String(error);
    return message.split('\n')[0] ?? '';
}

function isSame(left: ParquetColumns, right: ParquetColumns): boolean {
    return JSON.stringify([...left]) === JSON.stringify([...right]);
}

/** The reading of rows whose columns have types of their own. */
export function typedLayout(
    files: readonly FoundFile[],
    columns: ParquetColumns,
    { relation, explainError }: Pick<Layout, 'relation' | 'explainError'>,
): Layout {
    const names = [...columns.keys()];
    const whole = names.filter((name) => !columns.get(name)?.isField);
    const typed = (name: string): TypedCell => {
        const { type, sql } = columns.get(name) ?? { type: 'varchar', sql: sqlName(name) };
        // An instant with a zone is one point in time; the warehouse keeps it in UTC.
        if (type === 'timestamp with time zone') {
            return { sql: `timezone('UTC', ${sql})`, type: 'timestamp' };
        }
        if (/^timestamp(_(s|ms|ns))?$/.test(type)) {
            return { sql: `cast(${sql} as timestamp)`, type: 'timestamp', isLocal: true };
        }
        return { sql: type === 'varchar' ? `nullif(${sql}, '')` : sql, type };
    };
    return {
        files: files.map(({ name, path }) => ({ name, path, linesOf: async () => new Map() })),
        relation,
        columns: names,
        text: (name) => `nullif(cast(${typed(name).sql} as varchar), '')`,
        typed,
        numbers: pointNumbers,
        extra: (used) => {
            const rest = whole.filter((name) => !used.includes(name));
            return rest.length === 0 ? 'null' : jsonObject(rest, rest.map(sqlName));
        },
        source: whole.map(sqlName),
        raw: (source) => jsonObject(whole, source),
        megabytesPerThread: 40,
        explainError,
    };
}
