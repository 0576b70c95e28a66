import {
    type DatabaseIntrospector,
    type Kysely,
    type SchemaMetadata,
    sql,
    type TableMetadata,
} from 'kysely';

interface ColumnRow {
    readonly schema: string;
    readonly table: string;
    readonly type: string;
    readonly column: string;
    readonly data_type: string;
    readonly is_nullable: string;
    readonly has_default: boolean;
}

/** Schemas, tables and columns of the open database, from its information schema. */
export class DuckDbIntrospector implements DatabaseIntrospector {
    readonly #db: Kysely<unknown>;

    constructor(db: Kysely<unknown>) {
        this.#db = db;
    }

    async getSchemas(): Promise<SchemaMetadata[]> {
        const { rows } = await sql<SchemaMetadata>`
            select distinct schema_name as name from information_schema.schemata
            where catalog_name = current_database() order by 1`.execute(this.#db);
        return rows;
    }

    async getTables(): Promise<TableMetadata[]> {
        const { rows } = await sql<ColumnRow>`
            select
                c.table_schema as schema, c.table_name as "table", t.table_type as type,
                c.column_name as "column", c.data_type, c.is_nullable,
                c.column_default is not null as has_default
            from information_schema.columns as c
            inner join information_schema.tables as t
                using (table_catalog, table_schema, table_name)
            where c.table_catalog = current_database()
            order by c.table_schema, c.table_name, c.ordinal_position`.execute(this.#db);
        const tables = new Map<string, TableMetadata>();
        for (const row of rows) {
            const id = `${row.schema}.${row.table}`;
            const table = tables.get(id) ?? {
                name: row.table,
                schema: row.schema,
                isView: row.type === 'VIEW',
                isForeign: false,
                columns: [],
            };
            table.columns.push({
                name: row.column,
                dataType: row.data_type,
                isNullable: row.is_nullable === 'YES',
                hasDefaultValue: row.has_default,
                isAutoIncrementing: false,
            });
            tables.set(id, table);
        }
        return [...tables.values()];
    }

    async getMetadata(): Promise<{ tables: TableMetadata[] }> {
        return { tables: await this.getTables() };
    }
}
