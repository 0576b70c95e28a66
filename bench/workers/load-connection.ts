// node load-connection.ts SOURCE WAREHOUSE: one stream through a connection of the product into a warehouse.
// The pauses of its limiter are skipped: they are the platform's, not ours.
import { dirname, join } from 'node:path';
import { configSchema } from '../../pipelines/config-schema.ts';
import { loadConnections } from '../../pipelines/run/load-connections.ts';
import { openWarehouse } from '../../pipelines/warehouse/connection.ts';
import type { ConnectionSource } from '../measure/connection.ts';
import { reportLoad } from './report.ts';

const [source = '', path = ''] = process.argv.slice(-2);
const { connection, secrets } = JSON.parse(source) as ConnectionSource;
const directory = dirname(path);
const parsed = configSchema.parse({
    company: { id: 'bench', name: 'Bench', currency: 'EUR', timezone: 'UTC', country: 'RO' },
    connections: [connection],
});
const { rules: _rules, ...company } = parsed;
const config = { ...company, file: join(directory, 'company.config.ts'), directory };
for (const [name, secret] of Object.entries(secrets)) {
    process.env[`${connection.name}_${name}`.toUpperCase()] = secret;
}

let skipped = 0;
const clock = {
    now: () => Date.now() + skipped,
    sleep: async (milliseconds: number) => {
        skipped += milliseconds;
    },
    random: Math.random,
};

await reportLoad(async () => {
    const warehouse = await openWarehouse(path);
    try {
        const outcomes = await loadConnections(warehouse, config, {
            stateDirectory: directory,
            isFullRefresh: false,
            isReplay: false,
            waivers: () => [],
            clock,
            onStream: () => {},
        });
        let rows = 0;
        for (const outcome of outcomes) {
            if (outcome.status === 'failed') throw outcome.error;
            if (outcome.status === 'loaded') rows += outcome.counts.inserted;
        }
        return rows;
    } finally {
        await warehouse.close();
    }
});
