import { writeSync } from 'node:fs';

export interface LoadReport {
    readonly seconds: number;
    readonly rows: number;
    /** Most memory the process ever held. */
    readonly peakBytes: number;
}

/** Times `work`, which returns the rows it loaded, and prints one line of JSON for the bench. */
export async function reportLoad(work: () => Promise<number>): Promise<void> {
    const start = performance.now();
    const rows = await work();
    const report: LoadReport = {
        seconds: (performance.now() - start) / 1000,
        rows,
        peakBytes: process.resourceUsage().maxRSS * 1024,
    };
    writeSync(1, `${JSON.stringify(report)}\n`);
}
