import type {
    LedgerEntriesTable,
    OpsDatabase,
    SignedDealsTable,
    SignedLinesTable,
    SignedStatementsTable,
} from './ops-database.ts';
import type { Warehouse } from './warehouse.ts';

/** Rows of one statement each: a long ledger is more than one statement of SQL should hold. */
const rowsAtOnce = 500;

/** Everything that was done to a month, signed statements, their lines and the deals behind these. */
export interface Signed {
    readonly entries: readonly LedgerEntriesTable[];
    readonly statements: readonly SignedStatementsTable[];
    readonly lines: readonly SignedLinesTable[];
    readonly deals: readonly SignedDealsTable[];
}

/** Puts what the ledger says in the place of what an earlier transform read from it. */
export async function writeSigned(
    warehouse: Warehouse,
    { entries, statements, lines, deals }: Signed,
): Promise<void> {
    await warehouse.transaction(async () => {
        await replaceRows(warehouse, 'jointly.ledger_entries', entries);
        await replaceRows(warehouse, 'jointly.signed_statements', statements);
        await replaceRows(warehouse, 'jointly.signed_lines', lines);
        await replaceRows(warehouse, 'jointly.signed_deals', deals);
    });
}

async function replaceRows<Table extends keyof OpsDatabase>(
    warehouse: Warehouse,
    table: Table,
    rows: readonly OpsDatabase[Table][],
): Promise<void> {
    await warehouse.db.deleteFrom(table as keyof OpsDatabase).execute();
    for (let at = 0; at < rows.length; at += rowsAtOnce) {
        await warehouse.db
            .insertInto(table as keyof OpsDatabase)
            .values(rows.slice(at, at + rowsAtOnce) as never)
            .execute();
    }
}
