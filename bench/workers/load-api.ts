// node load-api.ts ACCOUNTS ADDRESS WAREHOUSE: Google Ads through the product's own connection, one stream
// into a fresh warehouse. The pauses of its limiter are skipped: they are the platform's, not ours.
import { dirname, join } from 'node:path';
import { configSchema } from '../../pipelines/config-schema.ts';
import { loadConnections } from '../../pipelines/run/load-connections.ts';
import { openWarehouse } from '../../pipelines/warehouse/connection.ts';
import { reportLoad } from './report.ts';

const [accounts = '', address = '', path = ''] = process.argv.slice(-3);
const directory = dirname(path);
const parsed = configSchema.parse({
    company: { id: 'bench', name: 'Bench', currency: 'EUR', timezone: 'UTC', country: 'RO' },
    connections: [
        {
            name: 'bench',
            system: 'google_ads',
            customer_ids: accounts.split(','),
            since: '2023-01-01',
            address,
        },
    ],
});
const { rules: _rules, ...company } = parsed;
const config = { ...company, file: join(directory, 'company.config.ts'), directory };
for (const name of ['CLIENT_ID', 'CLIENT_SECRET', 'REFRESH_TOKEN']) {
    process.env[`BENCH_${name}`] = 'a secret of the bench';
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
        const [outcome] = await loadConnections(warehouse, config, {
            stateDirectory: directory,
            isFullRefresh: false,
            isReplay: false,
            waivers: () => [],
            clock,
            onStream: () => {},
        });
        if (outcome?.status === 'failed') throw outcome.error;
        if (outcome?.status !== 'loaded') throw new Error('nothing was loaded');
        return outcome.counts.inserted;
    } finally {
        await warehouse.close();
    }
});
