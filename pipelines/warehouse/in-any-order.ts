import type { Warehouse } from './warehouse.ts';

/**
 * Runs `work`, whose rows may land in any order. Kept in the order they come, the engine writes
 * row groups that are not full and merges them when the file is closed. To be called around a
 * transaction: in one that failed, no setting can be put back.
 */
export async function inAnyOrder<Result>(
    warehouse: Warehouse,
    work: () => Promise<Result>,
): Promise<Result> {
    await warehouse.run('set preserve_insertion_order = false');
    try {
        return await work();
    } finally {
        await warehouse.run('set preserve_insertion_order = true');
    }
}
