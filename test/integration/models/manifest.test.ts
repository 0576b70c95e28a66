import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

interface Node {
    readonly name: string;
    readonly resource_type: string;
    readonly original_file_path: string;
    readonly description: string;
    readonly raw_code: string;
    readonly config: { readonly contract?: { readonly enforced: boolean } };
    readonly depends_on: { readonly nodes: readonly string[] };
}

/** From raw to pay: a model reads its own layer or one further left, never one further right. */
const LAYERS = [
    'seeds',
    'models/staging',
    'models/intermediate',
    'models/marts/core',
    'models/marts/lead_quality',
    'models/marts/quality',
    'models/marts/service',
    'models/marts/kpis',
    'models/marts/incentives',
    'models/marts/reports',
] as const;

/** Intermediate areas that stand on finished marts: KPIs are built of core, incentives of KPIs. */
const AREAS_OVER_MARTS: Readonly<Record<string, (typeof LAYERS)[number]>> = {
    'models/intermediate/leads': 'models/marts/core',
    'models/intermediate/history': 'models/marts/quality',
    'models/intermediate/service': 'models/marts/service',
    'models/intermediate/kpi': 'models/marts/kpis',
    'models/intermediate/incentives': 'models/marts/incentives',
    'models/intermediate/finance': 'models/marts/reports',
    'models/intermediate/headlines': 'models/marts/reports',
    'models/intermediate/reports': 'models/marts/reports',
};

const PREFIXES: Readonly<Record<string, RegExp>> = {
    'models/staging': /^stg_[a-z]+__[a-z_]+$/,
    'models/intermediate': /^int_[a-z]+(?:_[a-z]+)*__[a-z_]+$/,
    'models/marts/core': /^(dim|fct|bridge)_[a-z_]+$/,
    'models/marts/quality': /^fct_[a-z_]+$/,
    'models/marts/service': /^fct_[a-z_]+$/,
    'models/marts/lead_quality': /^fct_[a-z_]+$/,
    'models/marts/kpis': /^(measure|fct)_[a-z_]+$/,
    'models/marts/incentives': /^fct_[a-z_]+$/,
    'models/marts/reports': /^rpt_[a-z_]+$/,
};

let nodes: Record<string, Node> = {};
let directory = '';

beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jointly-manifest-'));
    const dbt = process.platform === 'win32' ? '.venv/Scripts/dbt.exe' : '.venv/bin/dbt';
    await execa(dbt, ['parse', '--profiles-dir', '.', '--target-path', directory], {
        env: {
            DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
            DBT_LOG_PATH: directory,
            JOINTLY_WAREHOUSE: join(directory, 'none.duckdb'),
        },
    });
    nodes = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')).nodes;
});

afterAll(() => rm(directory, { recursive: true, force: true }));

const models = () => Object.values(nodes).filter((node) => node.resource_type === 'model');
const folderOf = (node: Node) => node.original_file_path.replace(/\/[^/]+$/, '');

function layerOf(node: Node): number {
    if (node.resource_type === 'seed') return 0;
    const folder = AREAS_OVER_MARTS[folderOf(node)] ?? node.original_file_path;
    return LAYERS.findIndex((layer) => folder.startsWith(layer));
}

describe('the dbt project', () => {
    test('has models to check', () => {
        expect(models().length).toBeGreaterThan(50);
    });

    test('reads raw tables only in staging', () => {
        const readers = models().filter((node) =>
            node.depends_on.nodes.some((id) => id.startsWith('source.')),
        );
        expect(
            readers.map(folderOf).filter((folder) => !folder.startsWith('models/staging')),
        ).toEqual([]);
    });

    test('never reads a layer further right', () => {
        const backwards = models().flatMap((node) =>
            node.depends_on.nodes
                .flatMap((id) => nodes[id] ?? [])
                .filter((parent) => layerOf(parent) > layerOf(node))
                .map((parent) => `${node.name} reads ${parent.name}`),
        );
        expect(backwards).toEqual([]);
    });

    test('pays only on shared KPI values and core facts', () => {
        const parents = models()
            .filter((node) => folderOf(node).endsWith('/incentives'))
            .flatMap((node) => node.depends_on.nodes.flatMap((id) => nodes[id] ?? []))
            .filter((parent) => !folderOf(parent).includes('incentives'))
            .filter((parent) => !folderOf(parent).startsWith('models/marts/core'))
            .map((parent) => parent.name);
        expect([...new Set(parents)]).toEqual(['fct_kpi_values']);
    });

    test('enforces a contract on every mart', () => {
        const loose = models()
            .filter((node) => node.original_file_path.startsWith('models/marts'))
            .filter((node) => node.config.contract?.enforced !== true);
        expect(loose.map((node) => node.name)).toEqual([]);
    });

    test('says of every model what one row is, last', () => {
        const silent = models().filter(
            (node) => !/One row\b[^.]*\.\s*$/.test(node.description.replace(/\s+/g, ' ')),
        );
        expect(silent.map((node) => node.name)).toEqual([]);
    });

    test('names every model by its layer', () => {
        const misnamed = models().filter((node) => {
            const layer = Object.keys(PREFIXES).find((key) =>
                node.original_file_path.startsWith(key),
            );
            return !layer || !PREFIXES[layer]?.test(node.name);
        });
        expect(misnamed.map((node) => node.original_file_path)).toEqual([]);
    });
});
