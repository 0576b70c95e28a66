import { availableParallelism } from 'node:os';
import { isOutOfMemory } from '../machine-error.ts';
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
export const wideMegabytes = 400;

/** Half of what the machine has left: nothing smaller holds two thousand long rows. */
const ampleMegabytes = () => Math.max(Math.floor(process.availableMemory() / 2e6), wideMegabytes);

/**
 * Does `work` with rows of any length: once more, with all the memory that can be had, where the usual limit does not do.
 * @param work told whether it has that memory
 */
export async function onRowsOfAnyLength<Result>(
    warehouse: Warehouse,
    work: (hasAmpleMemory: boolean) => Promise<Result>,
): Promise<Result> {
    try {
        return await work(false);
    } catch (error) {
        if (!isOutOfMemory(error)) throw error;
        return await onOneThread(warehouse, ampleMegabytes(), () => work(true));
    }
}

/** Runs `work` on one thread, as every thread holds its own rows. */
export async function onOneThread<Result>(
    warehouse: Warehouse,
    megabytes: number,
    work: () => Promise<Result>,
): Promise<Result> {
    const [before] = await warehouse.query<{ threads: number }>(
        `select current_setting('threads') as threads`,
    );
    await warehouse.run('set threads = 1');
    try {
        return await withinMemory(warehouse, megabytes, work);
    } finally {
        await warehouse.run(`set threads = ${before?.threads ?? threads}`);
    }
}
