import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../pipelines/config.ts';

/** What of the machine decides the numbers; nothing that tells whose it is. */
export function describeMachine() {
    const { dependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
    return {
        cores: availableParallelism(),
        processor: cpus()[0]?.model ?? 'unknown',
        memory_gb: Math.round(totalmem() / 1e9),
        platform: `${process.platform}-${process.arch}`,
        node: process.version,
        duckdb: String(dependencies['@duckdb/node-api']),
        /** Programs that wanted a core during the last minute, this bench included. */
        load_average: Number(loadavg()[0]?.toFixed(1)),
    };
}
