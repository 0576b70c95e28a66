import type { SignedStatementsTable } from './ops-database.ts';
import type { Warehouse } from './warehouse.ts';

/** Rows of one statement each: a long ledger is more than one statement of SQL should hold. */
const rowsAtOnce = 500;

/** Puts what the ledger says in the place of what an earlier transform read from it. */
export async function writeSignedStatements(
    warehouse: Warehouse,
    rows: readonly SignedStatementsTable[],
): Promise<void> {
    await warehouse.transaction(async () => {
        await warehouse.db.deleteFrom('jointly.signed_statements').execute();
        for (let at = 0; at < rows.length; at += rowsAtOnce) {
            await warehouse.db
                .insertInto('jointly.signed_statements')
                .values(rows.slice(at, at + rowsAtOnce))
                .execute();
        }
    });
}
