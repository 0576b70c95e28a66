import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
    affectedNodes,
    type Build,
    type BuildInputs,
    cutoffsOf,
} from '../../pipelines/run/affected-nodes.ts';

const folder = mkdtempSync(join(tmpdir(), 'jointly-affected-'));
const manifest = join(folder, 'manifest.json');
writeFileSync(
    manifest,
    JSON.stringify({
        nodes: {
            'seed.jointly.targets': node('targets', 'seed', 'seed'),
            'seed.jointly.plans': node('plans', 'seed', 'seed'),
            'model.jointly.stg_leads': node('stg_leads', 'model', 'view'),
            'model.jointly.signals': node('signals', 'model', 'incremental'),
            'model.jointly.loads': node('loads', 'model', 'table'),
            'model.jointly.as_of': {
                ...node('as_of', 'model', 'view'),
                schema: 'intermediate',
                config: { materialized: 'view', meta: { early_cutoff: true } },
            },
            'model.jointly.dates': node('dates', 'model', 'table'),
            'model.jointly.values': node('values', 'model', 'table'),
            'model.jointly.pay': node('pay', 'model', 'table'),
            'test.jointly.pay_adds_up': node('pay_adds_up', 'test', 'test'),
        },
        sources: {
            'source.jointly.raw.leads': { source_name: 'raw', name: 'leads' },
            'source.jointly.jointly.loads': { source_name: 'jointly', name: 'loads' },
        },
        child_map: {
            'seed.jointly.targets': ['model.jointly.values'],
            'seed.jointly.plans': ['model.jointly.pay', 'test.jointly.pay_adds_up'],
            'source.jointly.raw.leads': ['model.jointly.stg_leads'],
            'source.jointly.jointly.loads': ['model.jointly.loads', 'model.jointly.as_of'],
            'model.jointly.as_of': ['model.jointly.dates'],
            'model.jointly.stg_leads': ['model.jointly.signals', 'model.jointly.values'],
            'model.jointly.values': ['model.jointly.pay'],
            'model.jointly.pay': ['test.jointly.pay_adds_up'],
        },
    }),
);
afterAll(() => rmSync(folder, { recursive: true }));

function node(name: string, kind: string, materialized: string) {
    return { name, resource_type: kind, config: { materialized } };
}

const inputs: BuildInputs = {
    project: 'one',
    seeds: { targets: 'a', plans: 'b' },
    streams: { leads: 'c', deals: 'd' },
};
const before: Build = { inputs, cutoffs: { as_of: 'e' } };
const changed = (other: Partial<BuildInputs>): Build => ({
    ...before,
    inputs: { ...inputs, ...other },
});

describe('what a changed input makes build', () => {
    test('a rule: itself and all that is computed with it', () => {
        const now = changed({ seeds: { ...inputs.seeds, targets: 'z' } });
        expect(affectedNodes(manifest, before, now)).toEqual({
            names: ['pay', 'targets', 'values'],
            isFullRefresh: false,
        });
    });

    test('a stream: what reads it and what tells of loads', () => {
        const now = changed({ streams: { ...inputs.streams, leads: 'z' } });
        expect(affectedNodes(manifest, before, now)?.names).toEqual([
            'loads',
            'pay',
            'signals',
            'stg_leads',
            'values',
        ]);
    });

    test('a later day: what hangs on the day as well', () => {
        expect(cutoffsOf(manifest)).toEqual([{ schema: 'intermediate', name: 'as_of' }]);
        const now = {
            ...changed({ streams: { ...inputs.streams, deals: 'z' } }),
            cutoffs: { as_of: 'z' },
        };
        expect(affectedNodes(manifest, before, now)?.names).toEqual(['as_of', 'dates', 'loads']);
    });

    test('a rule that is new counts as changed, and so does one that is gone', () => {
        const fewer = changed({ seeds: { targets: 'a' } });
        expect(affectedNodes(manifest, fewer, before)?.names).toEqual(['pay', 'plans']);
        expect(affectedNodes(manifest, before, fewer)?.names).toEqual(['pay', 'plans']);
    });

    test('a rule file that the last build did not know: everything', () => {
        const now = changed({ seeds: { ...inputs.seeds, disputes: 'z' } });
        expect(affectedNodes(manifest, before, now)).toBeUndefined();
    });

    test('another project, or no build before it: everything', () => {
        expect(affectedNodes(manifest, before, changed({ project: 'two' }))).toBeUndefined();
        expect(affectedNodes(manifest, undefined, before)).toBeUndefined();
        expect(affectedNodes(join(folder, 'none.json'), before, before)).toBeUndefined();
    });
});
