import { availableParallelism } from 'node:os';
import type { Warehouse } from './warehouse.ts';

/** Every reading thread keeps its own buffers, so there are few threads. */
export const threads = Math.min(availableParallelism(), 4);

/** Loading stays small whatever the size of the files and the machine; the rest spills to disk. */
export const memoryLimitMb = 260;

export const memoryLimit = `${memoryLimitMb}MB`;

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

/** Two thousand rows of two thousand cells are read at a time, and more than once. */
const wideMegabytes = 400;

/** Runs `work` on wide rows: on one thread, as every thread holds its own. */
export async function onWideRows<Result>(
    warehouse: Warehouse,
    work: () => Promise<Result>,
): Promise<Result> {
    await warehouse.run('set threads = 1');
    try {
        return await withinMemory(warehouse, wideMegabytes, work);
    } finally {
        await warehouse.run(`set threads = ${threads}`);
    }
}
