import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../../pipelines/config.ts';
import { openWarehouse } from '../../../pipelines/warehouse/connection.ts';
import { buildModels, upTo } from '../../support/build-models.ts';
import { readRows } from '../incentives/scratch-warehouse.ts';

const BANDS = [
    'rule_set,band,band_label,minimum_points,work_order,supply_points,valid_from,valid_to',
    'icp_fit,good,Good,20,1,,2026-01-01,',
    'icp_fit,poor,Poor,0,2,,2026-01-01,',
];
const RULE_HEADER =
    'rule_set,rule_id,rule_label,field,operator,value,points,outcome,valid_from,valid_to';
const VERSION_HEADER = 'rule_set,rule_version,change_note,valid_from,valid_to';

/** The rules before anybody thought of a second version, and after. */
const FIRST_RULES = {
    score_bands: BANDS,
    rule_versions: [VERSION_HEADER, 'icp_fit,1,first,2026-01-01,'],
    score_rules: [RULE_HEADER, 'icp_fit,home,Home,country_code,equals,RO,10,,2026-01-01,'],
};
const CHANGED_RULES = {
    score_bands: BANDS,
    rule_versions: [
        VERSION_HEADER,
        'icp_fit,1,first,2026-01-01,2026-03-01',
        'icp_fit,2,home counts more,2026-03-01,',
    ],
    score_rules: [
        RULE_HEADER,
        'icp_fit,home,Home,country_code,equals,RO,10,,2026-01-01,2026-03-01',
        'icp_fit,home,Home,country_code,equals,RO,30,,2026-03-01,',
    ],
};

/** Bucharest is two hours ahead of UTC until 2026-03-29: its March begins at 22:00 of 02-28. */
const LEADS = `
    insert into raw_files.leads by name
    select lead_id, cast(created_at as timestamp) as created_at, 'RO' as country_code
    from (values
        ('before_rules', '2025-12-31 21:59:59'),
        ('day_before', '2026-02-28 21:59:59'),
        ('boundary_day', '2026-02-28 22:00:00')
    ) as leads (lead_id, created_at)
`;

const SCORES = `
    select lead_id, rule_version, points, band, reason_code from marts.fct_lead_scores
    where rule_set = 'icp_fit' order by created_date
`;

let directory = '';
const warehouse = () => join(directory, 'warehouse.duckdb');

beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jointly-version-change-'));
    await (await openWarehouse(warehouse())).close();
    const instance = await DuckDBInstance.create(warehouse());
    const connection = await instance.connect();
    await connection.run(LEADS);
    connection.closeSync();
    instance.closeSync();
});

afterAll(() => rm(directory, { recursive: true, force: true }));

async function scoreLeads(rules: Readonly<Record<string, readonly string[]>>) {
    const folder = join(directory, 'rules');
    mkdirSync(join(folder, 'lead_quality'), { recursive: true });
    for (const [name, lines] of Object.entries(rules)) {
        writeFileSync(join(folder, 'lead_quality', `${name}.csv`), `${lines.join('\n')}\n`);
    }
    const sample = await readConfig('pipelines/sample/sample.config.ts');
    const paths = { warehouse: warehouse(), seeds: join(directory, 'seeds'), dbt: directory };
    await buildModels({ ...sample, rules: folder }, paths, ...upTo('fct_lead_scores'));
    return readRows(warehouse(), SCORES);
}

describe('a change of the rules', () => {
    const unruled = 'before_rules';

    test('gives new points to leads of its first day and leaves those of the day before', async () => {
        expect(await scoreLeads(FIRST_RULES)).toEqual([
            ['before_rules', null, null, null, unruled],
            ['day_before', '1', '10.00', 'poor', null],
            ['boundary_day', '1', '10.00', 'poor', null],
        ]);
        expect(await scoreLeads(CHANGED_RULES)).toEqual([
            ['before_rules', null, null, null, unruled],
            ['day_before', '1', '10.00', 'poor', null],
            ['boundary_day', '2', '30.00', 'good', null],
        ]);
    });

    test('is refused when it leaves a day without rules', async () => {
        const late = CHANGED_RULES.rule_versions.with(2, 'icp_fit,2,late,2026-03-02,');
        await expect(scoreLeads({ ...CHANGED_RULES, rule_versions: late })).rejects.toThrow(
            'rule_versions.csv, line 3, column valid_from: expected 2026-03-01',
        );
    });
});
