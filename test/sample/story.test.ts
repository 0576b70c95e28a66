import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateSampleCompany } from '../../pipelines/sample/generate.ts';
import { STORY_QUERY, storyViews } from './story-queries.ts';

type Quarter = Readonly<Record<string, number>>;

async function readStory(directory: string): Promise<readonly Quarter[]> {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    try {
        for (const view of storyViews(directory)) await connection.run(view);
        const rows = (await connection.runAndReadAll(STORY_QUERY)).getRows();
        const quarters = new Map<string, Record<string, number>>();
        for (const [quarter, name, value] of rows) {
            const known = quarters.get(String(quarter)) ?? {};
            known[String(name)] = Number(value);
            quarters.set(String(quarter), known);
        }
        return [...quarters.values()];
    } finally {
        connection.closeSync();
        instance.closeSync();
    }
}

describe.each([0.02, 0.2])('the company at factor %d', (factor) => {
    let root: string;
    let before: readonly Quarter[];
    let after: readonly Quarter[];

    beforeAll(async () => {
        root = await mkdtemp(path.join(tmpdir(), 'sample-story-'));
        const directory = path.join(root, 'exports');
        await generateSampleCompany({ directory, factor });
        const story = await readStory(directory);
        before = story.slice(0, 8);
        after = story.slice(8);
    }, 60_000);
    afterAll(async () => {
        await rm(root, { recursive: true, force: true });
    });

    test('has eight quarters before the joint plan and four after', () => {
        expect(before).toHaveLength(8);
        expect(after).toHaveLength(4);
    });

    test('both departments are green and the company is red in every quarter before', () => {
        for (const quarter of before) {
            expect(quarter['leads marketing']).toBeGreaterThanOrEqual(1);
            expect(quarter['won_deals sales']).toBeGreaterThanOrEqual(1);
            expect(quarter['booked_revenue sales']).toBeGreaterThanOrEqual(1);
            expect(quarter['collected_revenue company']).toBeLessThan(0.95);
            expect(quarter['collected_revenue parts']).toBeLessThan(0.55);
        }
    });

    test('more than half of the parts leads lie untouched before, under a fifth after', () => {
        for (const quarter of before) {
            expect(quarter['ignored Spare parts']).toBeGreaterThan(0.5);
            expect(quarter['ignored Gates']).toBeLessThan(0.2);
        }
        for (const quarter of after) expect(quarter['ignored Spare parts']).toBeLessThan(0.2);
    });

    test('the company passes its plan from the second quarter of the joint plan on', () => {
        const [first, ...later] = after;
        expect(first?.['collected_revenue company']).toBeLessThan(1);
        for (const quarter of later) {
            expect(quarter['collected_revenue company']).toBeGreaterThanOrEqual(1);
        }
    });

    test('both departments stay between 95 % and 112 % after', () => {
        for (const quarter of after) {
            for (const name of ['leads marketing', 'won_deals sales', 'booked_revenue sales']) {
                expect(quarter[name]).toBeGreaterThan(0.95);
                expect(quarter[name]).toBeLessThan(1.12);
            }
        }
    });
});
