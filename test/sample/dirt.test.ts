import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateSampleCompany } from '../../pipelines/sample/generate.ts';

describe('the dirt of life in the exports', () => {
    let root: string;
    const read = (name: string): Promise<string> =>
        readFile(path.join(root, 'dirty', name), 'utf8');
    const linesOf = async (name: string): Promise<string[]> => (await read(name)).split(/\r?\n/);
    const countOf = (lines: readonly string[], pattern: RegExp): number =>
        lines.filter((line) => pattern.test(line)).length;

    beforeAll(async () => {
        root = await mkdtemp(path.join(tmpdir(), 'sample-dirt-'));
        await generateSampleCompany({ directory: path.join(root, 'dirty'), factor: 0.4 });
    }, 60_000);
    afterAll(async () => {
        await rm(root, { recursive: true, force: true });
    });

    test('each platform writes in its own way', async () => {
        const google = await linesOf('google_ads/campaigns_2024.csv');
        expect(google[0]).toBe('Campaign report');
        expect(google[2]).toMatch(/^Day,Campaign,/);
        const meta = await read('meta_ads/campaigns_2024.csv');
        expect(meta.startsWith('\uFEFFReporting starts,')).toBe(true);
        expect(meta.split('\r\n').length).toBe(meta.split('\n').length);
        const linkedin = await linesOf('linkedin_ads/campaigns_2024.csv');
        expect(linkedin[1]).toMatch(/^01\.01\.2024;.*;\d+,\d\d;EUR;\d/);
    });

    test('one month of spend is restated with other amounts on the same days', async () => {
        const restated = (await linesOf('google_ads/restated/campaigns_2025-03.csv')).slice(3, -1);
        const march = (await linesOf('google_ads/campaigns_2025.csv')).filter(
            (line) => line.startsWith('2025-03-') && !line.includes(',-4120000,'),
        );
        const keys = (lines: string[]): string[] =>
            lines.map((line) => line.slice(0, 60)).toSorted();
        expect(restated.map((line) => line.split(',', 3).join())).toEqual(
            march.map((line) => line.split(',', 3).join()),
        );
        expect(keys(restated)).not.toEqual(keys(march));
    });

    test('a few rows break the contract, under one in a hundred of each export', async () => {
        const broken: Record<string, RegExp> = {
            'google_ads/campaigns_2024.csv': /,-4120000,/,
            'meta_ads/campaigns_2024.csv': /,,12\.00,/,
            'linkedin_ads/campaigns_2025.csv': /^31\.02\./,
            'crm/leads.csv': /^,|,31\.02\.2024,/,
            'crm/lead_events.csv': /,call_me_later,/,
            'crm/deals.csv': /^D-\d+X,/,
            'crm/deal_stage_history.csv': /^,/,
            'crm/activities.csv': /^,/,
            'finance/payments.csv': /^;|;n\/a;/,
            'forms/answers.csv': /^f\d+,,/,
            'crm/qualification_notes.csv': /;yesterday;/,
            'crm/clock_pauses.csv': /^Meeting,/,
            'crm/account_owners.csv': /^,/,
            'orders/order_steps.csv': /;00\.00\.0000 /,
            'quality/audits.csv': /^Q-\d+X;/,
            'service/feedback.csv': /^F-\d+X;/,
            'service/requests.csv': /^R-\d+X,/,
        };
        for (const [name, pattern] of Object.entries(broken)) {
            const lines = await linesOf(name);
            expect.soft(countOf(lines, pattern), name).toBeGreaterThan(0);
            expect.soft(countOf(lines, pattern) / lines.length, name).toBeLessThan(0.008);
        }
    });

    test('a refund is delivered twice under one number', async () => {
        const refunds = (await linesOf('finance/payments.csv')).filter((line) =>
            line.includes(';Credit note;'),
        );
        expect(refunds.length - new Set(refunds).size).toBe(1);
    });

    test('leads come twice: unchanged, and older than the other version, in either order', async () => {
        const versions = new Map<string, string[]>();
        for (const line of await linesOf('crm/leads.csv')) {
            const [id = ''] = line.split(',', 1);
            if (/^L-\d+$/.test(id)) versions.set(id, [...(versions.get(id) ?? []), line]);
        }
        const modified = (line = ''): string => line.slice(-19);
        const twice = [...versions.values()].filter((lines) => lines.length > 1);
        expect(twice.some(([a, b]) => a === b)).toBe(true);
        expect(twice.some(([a, b]) => modified(a) < modified(b))).toBe(true);
        expect(twice.some(([a, b]) => modified(a) > modified(b))).toBe(true);
    });

    test('sessions come twice in a month and once more in the next', async () => {
        const idsOf = async (month: string): Promise<string[]> => {
            const packed = await readFile(path.join(root, `dirty/web/sessions_${month}.ndjson.gz`));
            return [
                ...gunzipSync(packed)
                    .toString()
                    .matchAll(/"session_id":"(\w+)"/g),
            ].map(([, id = '']) => id);
        };
        const [march, april] = await Promise.all([idsOf('2024-03'), idsOf('2024-04')]);
        expect(march.length).toBeGreaterThan(new Set(march).size);
        expect(april.filter((id) => march.includes(id)).length).toBeGreaterThan(0);
    });

    test('people type: spaces at the end, shouted mail names, line breaks in a company', async () => {
        const text = await read('crm/leads.csv');
        expect(text).toMatch(/ {2},[a-z.]+\d+@/);
        expect(text).toMatch(/,[A-Z]{3,}\.[a-z]+\d+@/);
        expect(text).toMatch(/,"[^",\n]+\n\(main office\)",/);
    });
});
