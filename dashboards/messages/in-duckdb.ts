import type * as DuckDB from '@duckdb/node-api';
import type { FiscalPeriods } from './formats.ts';
import type { Words } from './words.ts';

/** A column of this ending holds messages; readers get their text in a column without it. */
const ENDING = '_message';

/**
 * Makes `message_text(message)` known to a connection.
 * @param duckdb the copy of the package that the connection comes from
 */
export function addMessageText(
    { DuckDBScalarFunction, VARCHAR }: Pick<typeof DuckDB, 'DuckDBScalarFunction' | 'VARCHAR'>,
    connection: DuckDB.DuckDBConnection,
    words: Words,
): void {
    connection.registerScalarFunction(
        DuckDBScalarFunction.create({
            name: 'message_text',
            returnType: VARCHAR,
            parameterTypes: [VARCHAR],
            mainFunction: (_, input, output) => {
                const messages = input.getColumnVector(0);
                for (let row = 0; row < input.rowCount; row++) {
                    const message = messages.getItem(row);
                    output.setItem(row, message === null ? null : words.render(String(message)));
                }
                output.flush();
            },
        }),
    );
}

/**
 * Fiscal quarters and years of the marts; `query` gives the rows of a select. Marts that an earlier
 * version built have none.
 */
export async function readFiscalPeriods(
    query: (sql: string) => Promise<readonly Record<string, unknown>[]>,
): Promise<FiscalPeriods> {
    const [built] = await query(`
        select 1 from duckdb_columns()
        where schema_name = 'marts' and table_name = 'dim_periods' and column_name = 'fiscal_year'`);
    if (built === undefined) return {};
    const rows = await query(
        `select
            period_type || ' ' || cast(period_start as varchar) as period,
            fiscal_year,
            fiscal_quarter,
            cast(period_end as varchar) as period_end
        from marts.dim_periods where fiscal_year is not null`,
    );
    return Object.fromEntries(
        rows.map(({ period, fiscal_year, fiscal_quarter, period_end }) => [
            String(period),
            {
                year: Number(fiscal_year),
                quarter: fiscal_quarter === null ? null : Number(fiscal_quarter),
                end: String(period_end),
            },
        ]),
    );
}

/** What readers call a column: `reason` for `reason_message`. */
export const readersName = (column: string) =>
    column.endsWith(ENDING) ? column.slice(0, -ENDING.length) : column;

/** The SQL of a column as readers see it: text for a message, anything else as it is. */
export const readersColumn = (column: string) =>
    column.endsWith(ENDING) ? `message_text(${quoted(column)})` : quoted(column);

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
