import type { Warehouse } from './warehouse.ts';

/**
 * Runs `work`, whose rows may land in any order. Kept in the order they come, the engine writes
 * row groups that are not full and merges them when the file is closed.
 */
export async function inAnyOrder(warehouse: Warehouse, work: () => Promise<void>): Promise<void> {
    await warehouse.run('set preserve_insertion_order = false');
    try {
        await work();
    } finally {
        await warehouse.run('set preserve_insertion_order = true');
    }
}
