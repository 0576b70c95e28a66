import { once } from 'node:events';
import type { AddressInfo, Server as NetServer } from 'node:net';
import { DuckDBInstance } from '@duckdb/node-api';
import { createServer } from 'mysql2';

/** Columns of a table as the catalogue of MySQL has them. */
export interface MockTable {
    readonly columns: Readonly<Record<string, string>>;
    readonly key: readonly string[];
}

export interface MockMysql {
    readonly port: number;
    readonly tables: Record<string, MockTable>;
    /** Questions in the order in which they came, with their values. */
    readonly asked: string[];
    /** Breaks the connection once, after so many rows of the next long answer. */
    breakAfter: number | undefined;
    /** Runs statements on the engine that answers. */
    readonly run: (statements: string) => Promise<void>;
    readonly close: () => Promise<void>;
}

/** What the typings of the driver do not know of its server. */
interface ServerConnection {
    readonly serverHandshake: (hello: object) => void;
    readonly on: (event: string, listener: (text: string) => void) => void;
    readonly writeOk: () => void;
    readonly writeError: (error: { readonly code: number; readonly message: string }) => void;
    readonly writeColumns: (columns: readonly object[]) => void;
    readonly writeTextRow: (cells: readonly (string | null)[]) => void;
    readonly writeEof: () => void;
    readonly stream: { readonly destroy: () => void };
    sequenceId: number;
}

const denied = 1045;
const varchar = 253;
const utf8 = 45;

/** Speaks the protocol of MySQL, and lets DuckDB answer what is asked of tables. */
export async function startMysql(): Promise<MockMysql> {
    const engine = await (await DuckDBInstance.create(':memory:')).connect();
    const mock: Omit<MockMysql, 'port' | 'close'> = {
        tables: {},
        asked: [],
        breakAfter: undefined,
        run: async (statements) => {
            await engine.run(statements);
        },
    };
    const server = createServer(() => {});
    server.on('connection', (connection: ServerConnection) => {
        connection.on('error', () => {});
        connection.serverHandshake({
            ...{ protocolVersion: 10, serverVersion: '8.4.0', connectionId: 1, statusFlags: 2 },
            ...{ characterSet: utf8, capabilityFlags: 0xff_ff_ff ^ 0x08_00 },
            authCallback: ({ user }: { user: string }, done: (...args: unknown[]) => void) => {
                done(null, user === 'reader' ? undefined : { message: 'denied', code: denied });
                // The first question begins anew.
                connection.sequenceId = 0;
            },
        });
        const hear = async (text: string) => {
            mock.asked.push(text);
            // The question was the first packet.
            connection.sequenceId = 1;
            if (/^(set|begin|commit|rollback)/i.test(text)) {
                connection.writeOk();
                connection.sequenceId = 0;
                return;
            }
            try {
                await answer(connection, text);
                // The next question begins anew.
                connection.sequenceId = 0;
            } catch (error) {
                connection.writeError({ code: 1146, message: String(error) });
            }
        };
        connection.on('query', hear);
        // What begins with `set` is told in another way.
        connection.on('stmt_prepare', hear);
    });
    const answer = async (connection: ServerConnection, text: string) => {
        const reader = await engine.runAndReadAll(translated(text, mock.tables));
        const names = reader.columnNames();
        connection.writeColumns(
            names.map((name) => ({
                ...{ catalog: 'def', schema: '', table: '', orgTable: '', name, orgName: name },
                ...{
                    characterSet: utf8,
                    columnLength: 1000,
                    columnType: varchar,
                    flags: 0,
                    decimals: 0,
                },
            })),
        );
        for (const [index, row] of reader.getRows().entries()) {
            if (mock.breakAfter !== undefined && index >= mock.breakAfter) {
                mock.breakAfter = undefined;
                return connection.stream.destroy();
            }
            connection.writeTextRow(row.map((cell) => (cell === null ? null : String(cell))));
        }
        connection.writeEof();
    };
    server.listen(0);
    const net = (server as unknown as { readonly _server: NetServer })._server;
    await once(net, 'listening');
    return Object.assign(mock, {
        port: (net.address() as AddressInfo).port,
        close: async () => {
            net.close();
            engine.closeSync();
        },
    });
}

/** A question of MySQL in the words of the engine. */
function translated(text: string, tables: Readonly<Record<string, MockTable>>): string {
    if (/version\(\)/.test(text)) return `select '8.4.0' as version`;
    if (/information_schema\.columns/.test(text)) {
        const [, name = ''] = /table_name = '(\w+)'/.exec(text) ?? [];
        const { columns = {}, key = [] } = tables[name] ?? {};
        const rows = Object.entries(columns).map(
            ([column, type]) =>
                `('${column}', '${type.replace('?', '')}', '${type.endsWith('?') ? 'YES' : 'NO'}', ${key.indexOf(column) + 1 || 'null'})`,
        );
        const all = rows.length > 0 ? `values ${rows.join(', ')}` : `select '', '', '', 0 limit 0`;
        return `select * from (${all}) as c(name, type, "mayBeNull", "keyPlace")`;
    }
    if (/information_schema\.tables/.test(text)) {
        return `select 'shop' as schema, unnest([${Object.keys(tables).map((one) => `'${one}'`)}]) as name`;
    }
    return text
        .replaceAll('`', '"')
        .replace(/as unsigned\)/g, 'as ubigint)')
        .replace(/as signed\)/g, 'as bigint)')
        .replace(/decimal\(65, 30\)/g, 'decimal(38, 10)')
        .replace(/utc_timestamp\(6\)/g, `timezone('UTC', now())`);
}
