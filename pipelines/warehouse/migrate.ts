import { opsSchema, rawSchema } from '../contracts/ddl.ts';
import { opsTables } from '../contracts/ops-tables.ts';
import { streams } from '../contracts/registry.ts';
import { loaderColumns } from '../contracts/stream.ts';
import { ConfigError } from '../errors.ts';
import type { Warehouse } from './warehouse.ts';

interface FoundColumn {
    readonly schema: string;
    readonly table: string;
    readonly column: string;
    readonly type: string;
}

/**
 * Brings tables of an earlier version up to the contracts: new optional columns are added.
 * @throws ConfigError for any other difference, which only a fresh warehouse can meet
 */
export async function migrateTables(warehouse: Warehouse): Promise<void> {
    const found = await warehouse.query<FoundColumn>(`
        select table_schema as schema, table_name as "table", column_name as "column",
            lower(data_type) as type
        from information_schema.columns
        where table_catalog = current_database()
        and table_schema in ('${rawSchema}', '${opsSchema}')`);
    const types = new Map(
        found.map((one) => [`${one.schema}.${one.table}.${one.column}`, one.type]),
    );
    for (const wanted of wantedColumns()) {
        const type = types.get(wanted.path);
        if (type === undefined && !wanted.isRequired) {
            await warehouse.run(
                `alter table ${wanted.table} add column "${wanted.name}" ${wanted.type}`,
            );
        } else if (type !== wanted.type) {
            throw new ConfigError({
                what: `${warehouse.path} was written by another version of this program.`,
                expected: `${wanted.path} ${wanted.type}`,
                got: type ?? 'no such column',
                fix: 'move the file away and run again: it is built from the exports',
            });
        }
    }
}

function wantedColumns() {
    const raw = streams.flatMap(({ name, columns }) =>
        [
            ...columns,
            ...loaderColumns.map((column) => ({ ...column, required: column.name !== '_extra' })),
        ].map((column) => describe(rawSchema, name, column.name, column.type, column.required)),
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
    return [...raw, ...ops];
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
