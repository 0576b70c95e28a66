import type { StreamContract } from '../../contracts/stream.ts';
import type { Warehouse } from '../connection.ts';
import type { LoadRequest } from '../load-request.ts';
import { temporary } from '../temporary.ts';

/** How the rows of a load meet each other and the rows that are there. */
export interface Strategy {
    /**
     * Whether rows that went straight into the empty raw table can stay: no row would lose to
     * another. May say no where it would.
     */
    readonly isSettled: (warehouse: Warehouse, contract: StreamContract) => Promise<boolean>;
    /**
     * Creates temp tables `losers` (id of a staged row, outcome duplicate|superseded|rejected|
     * summed|sum) and `sums`, and may add to `new_rejects`. A staged row that is neither broken nor a
     * loser is kept, and so are the sums.
     */
    readonly settle: (warehouse: Warehouse, request: LoadRequest) => Promise<void>;
    /**
     * Creates temp tables `changes` (id of a kept row, outcome inserted|updated|unchanged|
     * superseded, and the rowid of the row of its key that is there) and `gone` (rowid and key of a
     * row that is there and that the load takes away). Nothing is written to the warehouse until
     * they are used, so the rowids hold.
     */
    readonly compare: (warehouse: Warehouse, request: LoadRequest) => Promise<void>;
}

/**
 * Select of the rows that may land, with their id: staged ones that are not broken and not lost to
 * another row, and sums, each in place of the first row of its key. It looks only for what there is:
 * looking for rows to leave out takes a tenth of the time of writing the others.
 */
export async function keptRows(warehouse: Warehouse): Promise<string> {
    const conditions = ['true'];
    if (await warehouse.hasRows(`${temporary.stagedFiles} where has_broken`)) {
        conditions.push('not _broken');
    }
    if (await warehouse.hasRows(temporary.losers)) {
        conditions.push(`staged.rowid not in (select id from ${temporary.losers})`);
    }
    const sums = (await warehouse.hasRows(temporary.sums))
        ? `union all by name from ${temporary.sums}`
        : '';
    return `
        select rowid as id, * from ${temporary.staged} where ${conditions.join(' and ')}
        ${sums}`;
}

/** Creates the empty temp tables of what does not land although it keeps the contract, and of sums. */
export async function createLosers(warehouse: Warehouse): Promise<void> {
    await warehouse.run(`create temp table ${temporary.losers} (id bigint, outcome varchar)`);
    await warehouse.run(
        `create temp table ${temporary.sums} as select rowid as id, * from ${temporary.staged} limit 0`,
    );
}
