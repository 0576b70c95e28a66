import type { Disk } from '../../pipelines/disk.ts';

class PowerCut extends Error {}

/**
 * A folder in memory that can lose power after any step. What was not flushed by then is lost or is
 * not, as a disk would have it: `keeps` decides for each change.
 */
export function memoryDisk(files = new Map<string, string>()) {
    let steps = Number.POSITIVE_INFINITY;
    let safe = new Map(files);
    const flushed = new Set(files.keys());
    const step = () => {
        if (steps-- <= 0) throw new PowerCut();
    };
    const at = (name: string) => {
        const text = files.get(name);
        if (text === undefined) throw new Error(`no file ${name}`);
        return text;
    };
    const disk: Disk = {
        path: '/ledger',
        list: () => [...files.keys()],
        read: at,
        write: (name, text) => {
            step();
            // Half of the file, then all of it: a kill can come between.
            files.set(name, text.slice(0, text.length / 2));
            flushed.delete(name);
            step();
            files.set(name, text);
        },
        flush: (name) => {
            step();
            flushed.add(name);
        },
        rename: (from, to) => {
            step();
            files.set(to, at(from));
            files.delete(from);
            if (flushed.delete(from)) flushed.add(to);
        },
        remove: (name) => {
            step();
            files.delete(name);
        },
        flushFolder: () => {
            step();
            safe = new Map([...files].map(([name, text]) => [name, flushed.has(name) ? text : '']));
        },
    };
    return {
        disk,
        files,
        cutAfter: (count: number) => {
            steps = count;
        },
        /** What is found after the power is back: names since the last flush of the folder may be lost. */
        afterPowerCut: (keepsNames: boolean) => {
            const left = keepsNames
                ? new Map([...files].map(([name, text]) => [name, flushed.has(name) ? text : '']))
                : safe;
            return memoryDisk(new Map(left));
        },
        afterKill: () => memoryDisk(new Map(files)),
    };
}
