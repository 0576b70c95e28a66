import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addWorkMinutes } from '../../pipelines/sample/calendar.ts';
import { generateSampleCompany } from '../../pipelines/sample/generate.ts';
import { lifeTables, RECLAIMED_QUERY, RETURN_QUERY } from './life-queries.ts';
import { qualityTables, TIER_QUERY, VERSION_QUERY } from './quality-queries.ts';

type Row = Readonly<Record<string, unknown>>;

/** Working minutes the departments agreed on, as seeds/reference/request_terms.csv has them. */
const AGREED: Readonly<Record<string, number>> = { Materials: 1080, Information: 540, Data: 1080 };

describe('the full company', { timeout: 60_000 }, () => {
    let root: string;
    let instance: DuckDBInstance;
    let connection: DuckDBConnection;
    const query = async (sql: string): Promise<readonly Row[]> =>
        (await connection.runAndReadAll(sql)).getRowObjectsJson();
    const numbers = async (sql: string, column: string): Promise<number[]> =>
        (await query(sql)).map((row) => Number(row[column]));

    beforeAll(async () => {
        root = await mkdtemp(path.join(tmpdir(), 'sample-quality-'));
        const directory = path.join(root, 'exports');
        await generateSampleCompany({ directory });
        instance = await DuckDBInstance.create(':memory:');
        connection = await instance.connect();
        for (const table of qualityTables(directory)) await connection.run(table);
        for (const table of lifeTables(directory)) await connection.run(table);
    }, 120_000);
    afterAll(async () => {
        connection.closeSync();
        instance.closeSync();
        await rm(root, { recursive: true, force: true });
    });

    test('learns: each version of the qualification rules is more precise than the one before', async () => {
        const versions = await query(VERSION_QUERY);
        expect(versions.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
        const precision = versions.map((row) => Number(row.precision));
        expect(precision).toEqual(precision.toSorted((a, b) => a - b));
        const lift = versions.map((row) => Number(row.lift));
        expect(lift[0]).toBeLessThan(1.3);
        expect(lift.at(-1)).toBeGreaterThan(1.9);
        expect(lift.at(-1)).toBeLessThan(3);
        for (const { recall } of versions) {
            expect(recall).toBeGreaterThan(0.3);
            expect(recall).toBeLessThan(0.9);
        }
    });

    test('gets several times as much from a VIP lead, and next to nothing from a student', async () => {
        const uplift = Object.fromEntries(
            (await query(TIER_QUERY)).map((row) => [row.band, Number(row.uplift)]),
        );
        expect(uplift.vip).toBeGreaterThan(3);
        expect(uplift.standard).toBeGreaterThan(0.8);
        expect(uplift.standard).toBeLessThan(2);
        expect(uplift.student_like).toBeLessThan(0.3);
        const [vips] = await numbers(`select count(*) as n from scores where band = 'vip'`, 'n');
        expect(vips).toBeGreaterThan(300);
    });

    test('finds that sales rejects too early, parts more often than gates', async () => {
        const share = `select product_line, avg((verdict = 'Overturned')::int) as share
            from audits join leads using (lead_id) group by all order by all`;
        const [gates = 0, parts = 0] = await numbers(share, 'share');
        expect(gates).toBeGreaterThan(0.04);
        expect(parts).toBeLessThan(0.25);
        expect(parts).toBeGreaterThan(gates * 1.5);
    });

    test('audits nearly all rejections in a week since the joint plan, about half and later before', async () => {
        const [before, after] = await query(
            `select rejected_at >= timestamp '2025-07-01' as is_after,
                avg((audited_at is not null)::int) as audited,
                avg(coalesce(audited_at <= rejected_at + interval 7 days, false)::int) as in_a_week
            from rejections where rejected_at >= timestamp '2025-02-03'
                and rejected_at < timestamp '2026-06-15' group by all order by all`,
        );
        expect(before?.audited).toBeLessThan(0.7);
        expect(before?.in_a_week).toBeLessThan(0.4);
        expect(after?.audited).toBeGreaterThan(0.92);
        expect(after?.in_a_week).toBeGreaterThan(0.8);
    });

    test('has a lead that was rejected, overturned, won, paid, refunded, handed over and re-owned', async () => {
        const reclaimed = await query(RECLAIMED_QUERY);
        expect(reclaimed.length).toBeGreaterThan(25);
        expect(reclaimed.filter(({ refunds }) => Number(refunds) > 0).length).toBeGreaterThan(0);
        const whole = reclaimed.filter(
            ({ refunds, owners }) => Number(refunds) > 0 && Number(owners) > 1,
        );
        expect(whole.length).toBeGreaterThan(0);
    });

    test('sees leads come back from nurture after months, and some of them buy', async () => {
        const [row] = await query(RETURN_QUERY);
        expect(row?.returned).toBeGreaterThan(200);
        expect(row?.shortest_days).toBeGreaterThanOrEqual(60);
        expect(row?.clients).toBeGreaterThan(20);
        expect(row?.talked_again).toBeGreaterThan(20);
    });

    test('hears other answers later, and answers of callers only on the phone', async () => {
        const [changed] = await numbers(
            `select count(*) as n from (
                select lead_id, question from answers where question not in ('Budget', 'Authority')
                group by all having count(distinct answer) > 1)`,
            'n',
        );
        expect(changed).toBeGreaterThan(200);
        const [early] = await numbers(
            `select count(*) as n from answers join leads using (lead_id)
            where leads.visitor is null and answers.answered_at < leads.created_at`,
            'n',
        );
        expect(early).toBe(0);
    });

    test('has weeks with too few, enough and too many leads', async () => {
        const bands = await query(
            `select band, count(*)::int as weeks from weeks group by all order by all`,
        );
        expect(bands.map(({ band }) => band)).toEqual(['high', 'low', 'right']);
        for (const { weeks } of bands) expect(weeks).toBeGreaterThan(15);
    });

    test('answers requests between the departments in time once the plan is shared', async () => {
        const requests = await query('select * from requests');
        const share = (isAfter: boolean): number => {
            const judged = requests.filter(({ opened }) => String(opened) >= '2025-07' === isAfter);
            const kept = judged.filter(({ category, opened, answered }) => {
                const due = addWorkMinutes(Date.parse(`${opened}Z`), AGREED[String(category)] ?? 0);
                return answered !== null && Date.parse(`${answered}Z`) <= due;
            });
            return kept.length / judged.length;
        };
        expect(share(false)).toBeLessThan(0.7);
        expect(share(true)).toBeGreaterThan(0.85);
        expect(requests.some(({ answered }) => answered === null)).toBe(true);
    });
});
