import type * as DuckDB from '@duckdb/node-api';
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

/** What readers call a column: `reason` for `reason_message`. */
export const readersName = (column: string) =>
    column.endsWith(ENDING) ? column.slice(0, -ENDING.length) : column;

/** The SQL of a column as readers see it: text for a message, anything else as it is. */
export const readersColumn = (column: string) =>
    column.endsWith(ENDING) ? `message_text(${quoted(column)})` : quoted(column);

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
