import { rawTable } from '../contracts/ddl.ts';
import type { Warehouse } from './connection.ts';
import { onRowsOfAnyLength } from './limits.ts';
import { loadDirectly } from './load-directly.ts';
import type { LoadCounts, LoadRequest } from './load-request.ts';
import { loadStaged } from './load-staged.ts';
import { dropTemporary } from './temporary.ts';

/**
 * Loads all inputs of one stream: rows, rejects, state and load record land in one transaction.
 * @throws ContractError or SourceError, and then the stream is as it was.
 */
export async function loadTable(warehouse: Warehouse, request: LoadRequest): Promise<LoadCounts> {
    const isFirstLoad = !(await warehouse.hasRows(rawTable(request.contract)));
    try {
        const counts = isFirstLoad ? await loadDirectly(warehouse, request) : undefined;
        if (counts) return counts;
        return await onRowsOfAnyLength(warehouse, async (hasAmpleMemory) => {
            await dropTemporary(warehouse);
            return await loadStaged(warehouse, { ...request, hasAmpleMemory }, isFirstLoad);
        });
    } finally {
        await dropTemporary(warehouse);
    }
}
