import { historySchema, opsSchema, rawSchema } from '../contracts/ddl.ts';
import { opsTables } from '../contracts/ops-tables.ts';
import { streams } from '../contracts/registry.ts';
import { historyColumns, loaderColumns } from '../contracts/stream.ts';
import { ConfigError } from '../errors.ts';
import type { Warehouse } from './warehouse.ts';

interface FoundColumn {
    readonly schema: string;
    readonly table: string;
    readonly column: string;
    readonly type: string;
    /** No default and no null: an insert that does not know the column fails. */
    readonly is_required: boolean;
}

type WantedColumn = ReturnType<typeof describe>;

/**
 * Brings tables of an earlier version up to the contracts: new optional columns are added.
 * @throws ConfigError for any other difference, which only a fresh warehouse can meet
 */
export async function migrateTables(warehouse: Warehouse): Promise<void> {
    for (const { table, name, type } of await missingColumns(warehouse)) {
        await warehouse.run(`alter table ${table} add column "${name}" ${type}`);
    }
}

/** Whether tables and columns are those of this version. @throws ConfigError as `migrateTables` does */
export async function hasAllTables(warehouse: Warehouse): Promise<boolean> {
    return (await missingColumns(warehouse)).length === 0;
}

/** @throws ConfigError when what the program reads differs from the tables of this version */
export async function assertTables(warehouse: Warehouse): Promise<void> {
    const missing = await missingColumns(warehouse);
    // Raw columns are read by the models alone, whose step adds what is missing.
    const own = missing.find(({ table }) => table.startsWith(`${opsSchema}.`));
    if (own) {
        const fix = 'load again (npx jointly run): it adds what is missing';
        throw otherVersion(warehouse, `${own.path} ${own.type}`, 'no such column', fix);
    }
}

/** Columns an earlier version did not have and a load adds. @throws ConfigError for other differences */
async function missingColumns(warehouse: Warehouse): Promise<readonly WantedColumn[]> {
    const rows = await warehouse.query<FoundColumn>(`
        select schema_name as schema, table_name as "table", column_name as "column",
            lower(data_type) as type,
            not is_nullable and column_default is null as is_required
        from duckdb_columns()
        where database_name = current_database()
        and schema_name in ('${rawSchema}', '${historySchema}', '${opsSchema}')`);
    const unknown = new Map(rows.map((one) => [`${one.schema}.${one.table}.${one.column}`, one]));
    const tables = new Set(rows.map((one) => `${one.schema}.${one.table}`));
    const wanted = wantedColumns();
    const missing: WantedColumn[] = [];
    for (const column of wanted) {
        const { path, table, type, isRequired } = column;
        const there = unknown.get(path);
        unknown.delete(path);
        // A table that is not there at all is created with its required columns.
        if (there === undefined && !(isRequired && tables.has(table))) {
            missing.push(column);
            continue;
        }
        if (there?.type !== type) {
            throw otherVersion(warehouse, `${path} ${type}`, there?.type ?? 'no such column');
        }
        if (there.is_required && !isRequired) {
            throw otherVersion(warehouse, `${path} ${type}`, written(there));
        }
    }
    const own = new Set(wanted.map(({ table }) => table));
    for (const [path, there] of unknown) {
        if (there.is_required && own.has(`${there.schema}.${there.table}`)) {
            throw otherVersion(warehouse, `no column ${path}`, written(there));
        }
    }
    return missing;
}

function written({ type, is_required: isRequired }: FoundColumn): string {
    return isRequired ? `${type} not null` : type;
}

const buildAnew =
    'move the file away and load again (npx jointly run): it is built from the exports';

function otherVersion(
    warehouse: Warehouse,
    expected: string,
    got: string,
    fix = buildAnew,
): ConfigError {
    return new ConfigError({
        what: 'The warehouse was written by another version of this program.',
        file: warehouse.path,
        expected,
        got,
        fix,
    });
}

function wantedColumns() {
    const raw = streams.flatMap(({ name, columns }) =>
        [
            ...columns,
            ...loaderColumns.map((column) => ({ ...column, required: column.name !== '_extra' })),
        ].map((column) => describe(rawSchema, name, column.name, column.type, column.required)),
    );
    const history = streams.flatMap(({ name, columns }) =>
        [...columns, ...loaderColumns, ...historyColumns].map((column) =>
            describe(historySchema, name, column.name, column.type, false),
        ),
    );
    const ops = opsTables.flatMap(({ name, columns }) =>
        columns.map(([column, type]) =>
            describe(
                opsSchema,
                name,
                column,
                type.replace(' not null', ''),
                type.includes('not null'),
            ),
        ),
    );
    return [...raw, ...history, ...ops];
}

function describe(schema: string, table: string, name: string, type: string, isRequired: boolean) {
    return {
        path: `${schema}.${table}.${name}`,
        table: `${schema}.${table}`,
        name,
        type,
        isRequired,
    };
}
