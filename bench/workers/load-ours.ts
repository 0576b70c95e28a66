// node load-ours.ts [SETTINGS OF THE INPUT AS JSON] FILE WAREHOUSE: the product's own loader, one stream into
// a fresh warehouse.
import { dirname } from 'node:path';
import { configSchema } from '../../pipelines/config-schema.ts';
import { extractAndLoad } from '../../pipelines/run/extract-load.ts';
import type { StreamOutcome } from '../../pipelines/run/stream-outcome.ts';
import { openWarehouse } from '../../pipelines/warehouse/connection.ts';
import { reportLoad } from './report.ts';

const [file = '', path = ''] = process.argv.slice(-2);
const settings = process.argv.length > 4 ? JSON.parse(process.argv[2] ?? '') : {};
const parsed = configSchema.parse({
    company: { id: 'bench', name: 'Bench', currency: 'EUR', timezone: 'UTC', country: 'RO' },
    inputs: [{ name: 'bench', stream: 'ad_spend', files: [file], ...settings }],
});
const { rules: _rules, ...company } = parsed;
const config = { ...company, file, directory: dirname(file) };

await reportLoad(async () => {
    const warehouse = await openWarehouse(path);
    try {
        const options = { isFullRefresh: false, onStream: () => {} };
        const [outcome] = await extractAndLoad(warehouse, config, options);
        return loadedRows(outcome);
    } finally {
        await warehouse.close();
    }
});

function loadedRows(outcome: StreamOutcome | undefined): number {
    if (outcome?.status === 'failed') throw outcome.error;
    if (outcome?.status !== 'loaded') throw new Error('nothing was loaded');
    return outcome.counts.inserted;
}
