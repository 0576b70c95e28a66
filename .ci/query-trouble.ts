import { nearest } from '../pipelines/nearest.ts';

/** What a page query may name, and what there would be if it were published. */
export interface Tables {
    readonly audience: string;
    readonly published: readonly string[];
    readonly marts: readonly string[];
}

/**
 * What is wrong with the query of a page, in words of the project: which table or column it can have
 * instead, and where that is written.
 * @param message of DuckDB
 */
export function queryTrouble(message: string, { audience, published, marts }: Tables): string {
    const table = /Table with name (\w+) does not exist/.exec(message)?.[1];
    if (table !== undefined) return tableTrouble(table, { audience, published, marts });
    const column = /column "(\w+)" not found/.exec(message)?.[1];
    const known = /Candidate bindings: (.*)/.exec(message)?.[1]?.replaceAll('"', '');
    if (column === undefined || known === undefined) return message.split('\n')[0] ?? '';
    return `expected a column of its tables, such as ${known}, got '${column}'`;
}

function tableTrouble(table: string, { audience, published, marts }: Tables): string {
    if (published.includes(table)) {
        return `expected a table that ${audience} may read, got ${table} (tables of dashboards/audiences.json)`;
    }
    if (marts.includes(table)) {
        return `expected a published table, got ${table}; publish it: a line in tables of dashboards/audiences.json`;
    }
    const guess = nearest(table, published);
    return `expected a published table (tables of dashboards/audiences.json)${guess ? `, such as ${guess}` : ''}, got ${table}`;
}

/** The line of a text that names what a message quotes; the first one where none does. */
export function lineOf(sql: string, message: string): number {
    const named = /(?:column "|with name )(\w+)/.exec(message)?.[1];
    if (named === undefined) return 0;
    const at = sql.split('\n').findIndex((line) => new RegExp(`\\b${named}\\b`).test(line));
    return at < 0 ? 0 : at + 1;
}
