import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { dataDirectory } from '../data-set.ts';
import type { LoadReport } from '../workers/report.ts';

/**
 * Loads one source in a process of its own into a database that did not exist before.
 * @param command program and first arguments; SOURCE and DATABASE are added
 * @param source file, or address
 * @param wanted rows that must arrive
 * @throws Error when the worker fails or loads another number of rows
 */
export async function runLoad(
    command: readonly string[],
    source: string,
    wanted: number,
): Promise<LoadReport> {
    const folder = mkdtempSync(join(dataDirectory, 'run-'));
    try {
        const [program = '', ...args] = command;
        const { stdout } = await execa(program, [...args, source, join(folder, 'bench.duckdb')], {
            cwd: folder,
        });
        const report = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as LoadReport;
        if (report.rows !== wanted) {
            throw new Error(`${args[0]} loaded ${report.rows} rows of ${source}, not ${wanted}`);
        }
        return report;
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

const workers = {
    ours: import.meta.resolve('../workers/load-ours.ts'),
    copy: import.meta.resolve('../workers/load-copy.ts'),
    connection: import.meta.resolve('../workers/load-connection.ts'),
    limited: import.meta.resolve('../workers/serve-limited.ts'),
    parsed: import.meta.resolve('../workers/parse-pages.ts'),
    pages: import.meta.resolve('../workers/serve-pages.ts'),
} as const;

/** Command of a worker that the project's own Node runs. */
export function nodeWorker(name: keyof typeof workers): readonly string[] {
    return [process.execPath, fileURLToPath(workers[name])];
}

/** Lets another process serve while `work` is done. @param name of a worker that prints its address */
export async function served<Outcome>(
    name: keyof typeof workers,
    settings: readonly string[],
    work: (address: string) => Promise<Outcome>,
): Promise<Outcome> {
    const [program = '', ...args] = nodeWorker(name);
    const server = execa(program, [...args, ...settings], { reject: false, stdin: 'ignore' });
    try {
        const [address] = await once(createInterface(server.stdout), 'line');
        return await work(String(address));
    } finally {
        server.kill();
        await server;
    }
}
