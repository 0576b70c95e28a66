import { readFileSync, writeSync } from 'node:fs';

export interface LoadReport {
    readonly seconds: number;
    /** Time of all cores together: what a busy machine does not add to. */
    readonly processorSeconds: number;
    readonly rows: number;
    /** Most memory the process ever held. */
    readonly peakBytes: number;
}

/** Times `work`, which returns the rows it loaded, and prints one line of JSON for the bench. */
export async function reportLoad(work: () => Promise<number>): Promise<void> {
    const start = performance.now();
    const used = process.cpuUsage();
    const rows = await work();
    const { user, system } = process.cpuUsage(used);
    const report: LoadReport = {
        seconds: (performance.now() - start) / 1000,
        processorSeconds: (user + system) / 1e6,
        rows,
        peakBytes: peakBytes(),
    };
    writeSync(1, `${JSON.stringify(report)}\n`);
}

/** What `maxRSS` says on Linux starts at the peak of the process that started this one. */
function peakBytes(): number {
    if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
    const [, kilobytes] =
        /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
}
