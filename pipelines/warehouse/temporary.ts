import type { Warehouse } from './connection.ts';

/**
 * The temp tables of one load, and what each holds. A table is made once in a load; all of them are
 * gone when it ends.
 */
export const temporary = {
    /**
     * Every row of every file with its types. Its rowid is the reading order over all files, so no
     * row number has to be computed.
     */
    staged: 'temp.staged',
    /** The files in reading order; of rows that were staged with the rowid of the first. */
    stagedFiles: 'temp.staged_files',
    /** Broken cells and rules of rows that do not land. */
    newRejects: 'temp.new_rejects',
    /** Rows that do not land although they keep the contract: id, and what became of them. */
    losers: 'temp.losers',
    /** Days for which a source has answered, by file and account. */
    covered: 'temp.covered',
    /** First and last day of what each file states anew. */
    windows: 'temp.windows',
    /** Hashes of keys that stand more than once. */
    doubledHashes: 'temp.doubled_hashes',
    /** Kept rows that share their key with another. */
    doubles: 'temp.doubles',
    /** Ids of rows that are to be added up and are equal to an earlier one in every column. */
    copies: 'temp.copies',
    /** Sums of rows of one key, as staged rows with the id of the first of them. */
    sums: 'temp.sums',
    /** Rows of one key in one window that say different things. */
    conflicts: 'temp.conflicts',
    /** Kept rows against those that are there: inserted, updated or unchanged; rowid of the latter. */
    changes: 'temp.changes',
    /** Rowids and keys of old rows that the load takes away. */
    gone: 'temp.gone',
    /** Rowids of all old rows that move to the history. */
    ended: 'temp.ended',
} as const;

/** Drops what a load keeps in the temp schema. */
export async function dropTemporary(warehouse: Warehouse): Promise<void> {
    const drops = Object.values(temporary).map((table) => `drop table if exists ${table}`);
    await warehouse.run(drops.join('; '));
}
