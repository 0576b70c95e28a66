import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig, statePaths } from '../../../pipelines/config.ts';
import { queryWarehouse } from '../../end-to-end/support/duckdb.ts';
import { hashMarts } from '../../end-to-end/support/hash-marts.ts';
import { buildModels } from '../../support/build-models.ts';
import { countsByStream, createTestCompany, type TestCompany } from '../loading/company.ts';
import {
    clockOfSample,
    comparedStreams,
    loadInputs,
    reducedRows,
    sampleFromFiles,
    sampleFromSystems,
    sampleRows,
} from './compare.ts';
import type { Way } from './way.ts';

/** Columns that name what a row came by. */
const names: Readonly<Record<string, readonly string[]>> = {
    fct_source_coverage: ['input_name'],
};

export interface ComparedMarts {
    readonly equal: number;
    /** Names of marts, with the columns in which rows differ. */
    readonly different: readonly string[];
}

/** Builds the sample company twice: from what a way can carry, once as files and once through its systems. */
export async function compareMarts(way: Way, factor: number): Promise<ComparedMarts> {
    const files = await sampleFromFiles(factor);
    const all = files.inputs.map(({ name }) => name);
    const rest = all.filter((name) => !way.replaces.includes(name));
    await loadInputs(files, way.replaces);
    const rows = await sampleRows(files.company, way.replaces);
    keepWaiversOf(files.rules, rest);
    const systems = await sampleFromSystems(files, way, rows, rest);
    const carried = createTestCompany();
    try {
        await systems.load();
        for (const stream of comparedStreams) {
            const path = join(carried.directory, `${stream}.parquet`);
            await files.company.query(`copy ${reducedRows(stream, way)} to '${path}'`);
        }
        carried.configure(
            [
                ...files.inputs.filter(({ name }) => rest.includes(name)),
                ...comparedStreams.map((stream) => ({
                    name: `carried_${stream}`,
                    stream,
                    files: [`${stream}.parquet`],
                    timezone: 'UTC',
                })),
            ],
            files.rest,
        );
        countsByStream(await carried.load({ clock: clockOfSample() }));
        const [one, other] = [await marts(carried), await marts(systems.company)];
        const hashed = Object.keys(one.hashes);
        const different: string[] = [];
        for (const name of hashed) {
            if (one.hashes[name] === other.hashes[name]) continue;
            const all = await columnsThatDiffer(name, one.warehouse, other.warehouse);
            const columns = all.filter((column) => !names[name]?.includes(column));
            if (all.length === 0 || columns.length > 0)
                different.push(`${name}: ${columns.join(', ')}`);
        }
        return { equal: hashed.length - different.length, different };
    } finally {
        for (const company of [carried, systems.company, files.company]) company.close();
        await systems.close();
    }
}

/** What was rejected of a file that is no longer read needs no waiver. */
function keepWaiversOf(rules: string, inputs: readonly string[]): void {
    const path = join(rules, 'company', 'waivers.csv');
    const [header, ...rows] = readFileSync(path, 'utf8').split('\n');
    const kept = rows.filter((row) => inputs.includes(row.split(',')[1] ?? ''));
    writeFileSync(path, `${[header, ...kept].join('\n')}\n`);
}

async function marts(company: TestCompany) {
    const config = await readConfig(company.configPath);
    const warehouse = company.warehousePath;
    await buildModels(config, statePaths(config.company.id, warehouse));
    return { warehouse, hashes: await hashMarts(warehouse) };
}

/** Columns of a mart whose values differ, whatever the rows they stand in. */
async function columnsThatDiffer(mart: string, ...warehouses: readonly [string, string]) {
    const [one, other] = await Promise.all(
        warehouses.map(async (warehouse) => {
            const columns = await queryWarehouse(
                warehouse,
                `select column_name from information_schema.columns
                where table_schema = 'marts' and table_name = '${mart}'`,
            );
            const hashes = columns.map(
                ({ column_name: name }) => `sum(hash("${name}")) as "${name}"`,
            );
            const [row] = await queryWarehouse(
                warehouse,
                `select count(*) as rows, ${hashes.join(', ')} from marts.${mart}`,
            );
            return row ?? {};
        }),
    );
    return Object.keys(one ?? {}).filter((name) => one?.[name] !== other?.[name]);
}
