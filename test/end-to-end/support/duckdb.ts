import { DuckDBInstance } from '@duckdb/node-api';

export type TextRow = Readonly<Record<string, string | null>>;

/** Rows of a query over files, without the product: only DuckDB. Every value is text. */
export function queryFiles(statement: string): Promise<readonly TextRow[]> {
    return query(':memory:', statement);
}

/** Rows of a query over a warehouse nobody writes to. Every value is text: no float, no lost cent. */
export function queryWarehouse(path: string, statement: string): Promise<readonly TextRow[]> {
    return query(path, statement, { access_mode: 'READ_ONLY' });
}

async function query(
    path: string,
    statement: string,
    options: Record<string, string> = {},
): Promise<readonly TextRow[]> {
    const instance = await DuckDBInstance.create(path, options);
    const connection = await instance.connect();
    try {
        const reader = await connection.runAndReadAll(statement);
        const names = reader.columnNames();
        return reader.getRows().map((row) => {
            const cells = row.map((value, index) => [
                names[index],
                value === null ? null : String(value),
            ]);
            return Object.fromEntries(cells) as TextRow;
        });
    } finally {
        connection.closeSync();
        instance.closeSync();
    }
}
