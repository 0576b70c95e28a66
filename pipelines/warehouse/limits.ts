import { availableParallelism } from 'node:os';
import type { Warehouse } from './warehouse.ts';

/** Every reading thread keeps its own buffers, so there are few threads. */
export const threads = Math.min(availableParallelism(), 4);

/** Loading stays small whatever the size of the files and the machine; the rest spills to disk. */
export const memoryLimit = '260MB';

/** Runs `work` with less memory for the engine, which fills what it is given with pages it wrote. */
export async function withinMemory<Result>(
    warehouse: Warehouse,
    megabytes: number,
    work: () => Promise<Result>,
): Promise<Result> {
    await warehouse.run(`set memory_limit = '${megabytes}MB'`);
    try {
        return await work();
    } finally {
        await warehouse.run(`set memory_limit = '${memoryLimit}'`);
    }
}
