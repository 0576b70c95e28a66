import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, statePaths } from '../../../pipelines/config.ts';
import { extractAndLoad } from '../../../pipelines/run/extract-load.ts';
import { openWarehouse } from '../../../pipelines/warehouse/connection.ts';
import { buildModels, upTo } from '../../support/build-models.ts';

export interface BuiltCompany {
    readonly warehouse: string;
    readonly remove: () => Promise<void>;
}

/**
 * Loads the exports of a company and builds some of its models, each with everything it stands on,
 * by the code that runs for users.
 * @throws when a stream does not load or a model fails
 */
export async function buildCompany(
    configFile: string,
    models: readonly string[],
): Promise<BuiltCompany> {
    const directory = await mkdtemp(join(tmpdir(), 'jointly-quality-'));
    const config = await readConfig(configFile);
    const paths = statePaths(config.company.id, join(directory, 'warehouse.duckdb'));
    const warehouse = await openWarehouse(paths.warehouse);
    try {
        const options = { isFullRefresh: false, onStream: () => {} };
        for (const outcome of await extractAndLoad(warehouse, config, options)) {
            if (outcome.status === 'failed') throw outcome.error;
        }
    } finally {
        await warehouse.close();
    }
    await buildModels(config, paths, ...upTo(...models));
    return {
        warehouse: paths.warehouse,
        remove: () => rm(directory, { recursive: true, force: true }),
    };
}
