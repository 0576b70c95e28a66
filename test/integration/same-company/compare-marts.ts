import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig, statePaths } from '../../../pipelines/config.ts';
import { findStream } from '../../../pipelines/contracts/registry.ts';
import { systemOf } from '../../../pipelines/sources/registry.ts';
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
import type { Opened, Way } from './way.ts';

export interface ComparedMarts {
    readonly equal: number;
    readonly different: readonly DifferentMart[];
}

interface DifferentMart {
    readonly name: string;
    /** In which rows differ. */
    readonly columns: readonly string[];
    /** Some of them, each with the side that has it. */
    readonly rows: readonly string[];
}

/** Of those that one side has, and of those that the other has. */
const shownRows = 3;

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
        for (const stream of Object.keys(way.empty)) {
            const columns = findStream(stream)?.columns.map(({ name }) => name) ?? [];
            carried.write(`${stream}.csv`, `${columns.join(',')}\n`);
        }
        carried.configure(
            [
                ...files.inputs.filter(({ name }) => rest.includes(name)),
                ...Object.keys(way.empty).map((stream) => ({
                    name: `carried_${stream}`,
                    stream,
                    files: [`${stream}.csv`],
                })),
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
        const different: DifferentMart[] = [];
        for (const name of hashed) {
            if (one.hashes[name] === other.hashes[name]) continue;
            const compared = comparedRows(name, systems.connections);
            const rows = await rowsThatDiffer(compared, one.warehouse, other.warehouse);
            if (rows.length === 0) continue;
            const columns = await columnsThatDiffer(compared, one.warehouse, other.warehouse);
            different.push({ name, columns, rows });
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

/**
 * A mart without what it says of the way itself: the names of inputs, and days of records that a system
 * is proven to have shown, be they without any, where a file proves none.
 */
function comparedRows(mart: string, connections: Opened['connections']): string {
    if (mart !== 'fct_source_coverage') return `(select * from marts.${mart})`;
    const proven = connections.flatMap(({ system }) => systemOf(system).provenStreams ?? []);
    const list = proven.map((stream) => `'${stream}'`).join(', ');
    return `(select * exclude (input_name) from marts.${mart} where stream not in (${list}))`;
}

/** Columns whose values differ, whatever the rows they stand in. */
async function columnsThatDiffer(compared: string, ...warehouses: readonly [string, string]) {
    const [one, other] = await Promise.all(
        warehouses.map(async (warehouse) => {
            const [row] = await queryWarehouse(
                warehouse,
                `select count(*) as rows, sum(hash(columns(*))) from ${compared}`,
            );
            return row ?? {};
        }),
    );
    return Object.keys(one ?? {}).filter((name) => one?.[name] !== other?.[name]);
}

/** Rows that the other side lacks. */
async function rowsThatDiffer(compared: string, files: string, systems: string) {
    const [one, other] = await Promise.all(
        [files, systems].map(async (warehouse) => {
            const rows = await queryWarehouse(
                warehouse,
                `select cast(to_json(mart_row) as varchar) as line, count(*) as times
                from ${compared} as mart_row group by all order by all`,
            );
            return new Map(rows.map(({ line, times }) => [String(line), times]));
        }),
    );
    const only = (side: string, own = one, others = other) =>
        [...(own ?? [])]
            .filter(([line, times]) => others?.get(line) !== times)
            .slice(0, shownRows)
            .map(([line]) => `${side} ${line}`);
    return [...only('files'), ...only('systems', other, one)];
}
