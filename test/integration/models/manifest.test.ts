import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { glob } from 'tinyglobby';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot, readConfig } from '../../../pipelines/config.ts';
import { callDbt, dbtCommand } from '../../../pipelines/run/dbt.ts';
import { openWarehouse } from '../../../pipelines/warehouse/connection.ts';
import {
    brokenReads,
    FOLDERS,
    folderOf,
    HOUSE_RULES,
    type House,
    isStep,
    type Manifest,
    placeOf,
    readHouse,
} from './house.ts';

/** What a name says of its model: a mart by its kind, a step by its area. */
const MARTS: Readonly<Record<string, RegExp>> = {
    staging: /^(stg_[a-z]+__|int_money__)[a-z_]+$/,
    finance: /^(dim|fct|rpt)_[a-z_]+$/,
    pages: /^rpt_[a-z_]+$/,
};
const OTHER_MARTS = /^(dim|fct|bridge)_[a-z_]+$/;
const STEPS = /^(int_[a-z]+(?:_[a-z]+)*__|measures_)[a-z_]+$/;

/** A company unlike the sample in everything dbt is told of it. */
const other = {
    ...(await readConfig('pipelines/sample/sample.config.ts')).company,
    name: `Gates "&" O'Parts {{ env_var('HOME') }} {% do x %} {# note #} \\ 门`,
    currency: 'HUF',
    timezone: 'Asia/Tokyo',
    country: 'PL',
};

let house: House;
let manifest: Manifest;
let directory = '';

beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jointly-manifest-'));
    const options = ['--select', 'rpt_company'];
    const warehouse = join(directory, 'warehouse.duckdb');
    const paths = { warehouse, seeds: join(projectRoot, 'seeds'), dbt: directory };
    const call = { verb: 'compile', options, company: other, asOf: '2026-01-31', paths } as const;
    const { hasSucceeded, output } = await callDbt(call);
    expect(hasSucceeded, output.slice(-4000)).toBe(true);
    manifest = readManifest(join(directory, 'target'));
    house = readHouse(manifest, await glob('models/**/*.yml'));
});

afterAll(() => rm(directory, { recursive: true, force: true }));

const readManifest = (target: string): Manifest =>
    JSON.parse(readFileSync(join(target, 'manifest.json'), 'utf8'));

/** The SQL of models and macros without its comments; the macros that multiply left out. */
function texts(): readonly { readonly place: string; readonly sql: string }[] {
    return [
        ...house.models.map((node) => ({ place: node.name, sql: node.raw_code })),
        ...house.macros
            .filter((macro) => !macro.original_file_path.startsWith('macros/arithmetic/'))
            .map((macro) => ({ place: macro.name, sql: macro.macro_sql })),
    ].map(({ place, sql }) => ({
        place,
        sql: sql.replace(/\{#[\s\S]*?#\}/gu, '').replace(/--.*/gu, ''),
    }));
}

test("a company's name is text, whatever it holds", async () => {
    const sql = String(manifest.nodes['model.jointly.rpt_company']?.compiled_code);
    const [, literal] = /cast\(('.*') as string\) as company_name/.exec(sql) ?? [];
    const warehouse = await openWarehouse(join(directory, 'name.duckdb'));
    try {
        const named = await warehouse.query(`select ${literal} as name`);
        expect(named).toEqual([{ name: other.name }]);
    } finally {
        await warehouse.close();
    }
});

test('what is parsed for one company is what would be parsed for another', async () => {
    const target = join(directory, 'fresh');
    await execa(
        dbtCommand(),
        ['parse', '--profiles-dir', '.', '--target-path', target, '--no-partial-parse'],
        {
            env: {
                DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
                DBT_LOG_PATH: target,
                JOINTLY_WAREHOUSE: join(directory, 'warehouse.duckdb'),
            },
        },
    );
    const decided = ({ nodes, macros, unit_tests: units }: Manifest) => ({
        macros: Object.keys(macros).toSorted(),
        units: Object.keys(units).toSorted(),
        nodes: Object.fromEntries(
            Object.entries(nodes).map(([id, { depends_on: parents, ...node }]) => [
                id,
                {
                    config: node.config,
                    columns: node.columns,
                    relation: node.relation_name,
                    parents: parents.nodes?.toSorted(),
                },
            ]),
        ),
    });
    expect(decided(readManifest(target))).toEqual(decided(manifest));
});

describe('the dbt project', () => {
    test('has models to check', () => {
        expect(house.models.length).toBeGreaterThan(50);
    });

    test('reads raw tables only in staging', () => {
        const readers = house.models.filter((node) =>
            node.depends_on.nodes.some((id) => id.startsWith('source.')),
        );
        expect(readers.filter((node) => folderOf(node) !== 'staging')).toEqual([]);
    });

    test('stands in the folders in which things happen', () => {
        const lost = house.models.filter((node) => placeOf(node) < 0);
        expect(lost.map((node) => node.original_file_path)).toEqual([]);
        expect(new Set(house.models.map(folderOf))).toEqual(new Set(FOLDERS));
    });

    test('reads its own folder or one to its left, and of another folder only its marts', () => {
        expect(brokenReads(house)).toEqual([]);
    });

    test.each(HOUSE_RULES)('keeps to the limit of $what', ({ what, count, limit }) => {
        const counted = count(house);
        process.stdout.write(`${`${what}:`.padEnd(68)}${counted} (at most ${limit})\n`);
        expect(counted).toBeLessThanOrEqual(limit);
    });

    test('pays only on shared KPI values, on deals and what clients pay for them', () => {
        const parents = house.models
            .filter((node) => folderOf(node) === 'incentives')
            .flatMap((node) => house.parentsOf(node))
            .filter((parent) => folderOf(parent) !== 'incentives')
            .map((parent) => parent.name);
        expect([...new Set(parents)].sort()).toEqual([
            ...['dim_as_of', 'dim_dates', 'dim_deals', 'dim_people', 'fct_client_owners'],
            ...['fct_kpi_values', 'fct_payments'],
        ]);
    });

    test('enforces a contract on every mart', () => {
        const loose = house.models
            .filter((node) => folderOf(node) !== 'staging' && !isStep(node))
            .filter((node) => node.config.contract?.enforced !== true);
        expect(loose.map((node) => node.name)).toEqual([]);
    });

    test('says of every model what one row is, last', () => {
        const silent = house.models.filter(
            (node) => !/One row\b[^.]*\.\s*$/.test(node.description.replace(/\s+/g, ' ')),
        );
        expect(silent.map((node) => node.name)).toEqual([]);
    });

    test('names every model by what it is', () => {
        const misnamed = house.models.filter((node) => {
            const pattern = isStep(node) ? STEPS : (MARTS[folderOf(node)] ?? OTHER_MARTS);
            return !pattern.test(node.name);
        });
        expect(misnamed.map((node) => node.original_file_path)).toEqual([]);
    });

    test('multiplies nowhere but in the macros that make room for the product', () => {
        const multiplications = texts().flatMap(({ place, sql }) =>
            [...sql.matchAll(/[\w)}'](?<!select)\s+\*\s+(?!from\b)\S.*/gu)].map(
                ([found]) => `${place}: ${found.trim()}`,
            ),
        );
        expect(multiplications).toEqual([]);
    });

    test('holds no money in a decimal too narrow for what the contracts take', () => {
        // Shares, weights and factors need few digits; all else takes what a company's total has.
        const narrow = texts().flatMap(({ place, sql }) =>
            [...sql.matchAll(/decimal\((\d+), ?(\d+)\)/gu)]
                .filter(([, digits]) => Number(digits) > 12 && Number(digits) < 24)
                .map(([type]) => `${place}: ${type}`),
        );
        expect(narrow).toEqual([]);
    });
});
