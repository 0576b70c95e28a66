import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderDisk } from '../../../pipelines/disk.ts';
import { ConfigError, ContractError } from '../../../pipelines/errors.ts';
import { exportConversions } from '../../../pipelines/export/conversions/export-conversions.ts';
import { openScratchWarehouse, type Warehouse } from '../../../pipelines/warehouse/connection.ts';
import { now } from './deal.ts';

let warehouse: Warehouse;
let folder: string;

beforeEach(async () => {
    folder = join(mkdtempSync(join(tmpdir(), 'jointly-conversions-')), 'conversions');
    warehouse = await openScratchWarehouse();
    await warehouse.run(`
        create schema marts;
        create table marts.fct_deal_conversions (
            deal_id varchar, milestone varchar, lead_id varchar, reached_at timestamp,
            settled_at timestamp, value_amount decimal(28, 2), unknown_value_code varchar,
            currency_code varchar);
        create table marts.fct_deal_clicks (
            deal_id varchar, platform varchar, click_id varchar, clicked_at timestamp);
        create table marts.dim_leads (lead_id varchar, email varchar);
        insert into marts.fct_deal_conversions
        select 'd' || number, 'closed', 'l', '2026-03-10 09:30:00', '2026-03-10 09:30:00', 10 * number,
            null, 'EUR'
        from range(1, 5) as numbers (number);
        insert into marts.fct_deal_clicks
        select 'd' || number, platform, 'gclid.A' || number, '2026-03-01 08:00:00.75'
        from range(1, 4) as numbers (number), unnest(['google_ads', 'youtube_ads']) as p (platform);
        insert into marts.dim_leads values ('l', 'eva@example.com');`);
});

afterEach(async () => {
    await warehouse.close();
    rmSync(join(folder, '..'), { recursive: true });
});

const run = (more: Partial<Parameters<typeof exportConversions>[2]> = {}) =>
    exportConversions(warehouse, folderDisk(folder), {
        platform: 'google',
        settings: { closed: 'Deal won', hashed_email: false },
        now,
        isDryRun: false,
        isConfirmed: false,
        maximumLossShare: 0.2,
        ...more,
    });
const text = (file: string) => readFileSync(join(folder, file), 'utf8');

describe('an export of conversions', () => {
    it('writes deals with a click of the platform, once, to files of their owner', async () => {
        const { files, leftOut } = await run();
        expect(files).toEqual(['0001-google-conversions.csv']);
        expect(text('0001-google-conversions.csv').split('\n').slice(2)).toEqual([
            'A1,,,Deal won,2026-03-10 09:30:00,10.00,EUR,d1:closed',
            'A2,,,Deal won,2026-03-10 09:30:00,20.00,EUR,d2:closed',
            'A3,,,Deal won,2026-03-10 09:30:00,30.00,EUR,d3:closed',
            '',
        ]);
        expect([...leftOut]).toEqual([['no_click', 1]]);
        const before = readdirSync(folder);
        expect(await run()).toMatchObject({ lines: [], files: [], previous: { export: 1 } });
        expect(readdirSync(folder)).toEqual(before);
        expect(before).toEqual([
            '0001-google-conversions.csv',
            '0001-google.json',
            '0001-google.ndjson',
        ]);
        if (process.platform !== 'win32') {
            for (const name of before) {
                expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
            }
        }
    });

    it('sends hashes of addresses where the config allows it, and no address', async () => {
        await run({ settings: { closed: 'Deal won', hashed_email: true } });
        const all = readdirSync(folder).map(text).join('');
        expect(all).not.toContain('eva');
        const hash = /,d1:closed,([0-9a-f]{64})$/m.exec(text('0001-google-conversions.csv'))?.[1];
        expect(hash).toBeDefined();
        expect(text('0001-google.ndjson')).not.toContain(hash);
    });

    it('follows a refund and a deal that was lost again', async () => {
        await run();
        await warehouse.run(`
            update marts.fct_deal_conversions set value_amount = 15 where deal_id = 'd2';
            delete from marts.fct_deal_conversions where deal_id = 'd3'`);
        const { files } = await run();
        expect(files).toEqual(['0002-google-adjustments.csv']);
        expect(text('0002-google-adjustments.csv').split('\n').slice(2)).toEqual([
            'd2:closed,Deal won,2026-03-31 12:00:00,RESTATE,15.00,EUR',
            'd3:closed,Deal won,2026-03-31 12:00:00,RETRACT,,',
            '',
        ]);
        expect((await run()).lines).toEqual([]);
    });

    it('numbers the exports of all platforms in one row and keeps them apart', async () => {
        await run();
        await warehouse.run(`insert into marts.fct_deal_clicks
            values ('d1', 'meta_ads', 'fbclid.Iw', '2026-03-02 00:00:00')`);
        const meta = {
            platform: 'meta',
            settings: { closed: 'Won', hashed_email: false },
        } as const;
        expect((await run(meta)).files).toEqual(['0002-meta-conversions.json']);
        expect((await run(meta)).lines).toEqual([]);
        expect((await run()).lines).toEqual([]);
    });

    it.each([
        ['another warehouse', `delete from marts.fct_deal_conversions`],
        ['most of it gone', `delete from marts.fct_deal_conversions where deal_id in ('d1', 'd2')`],
    ])('does not retract what it knows nothing of: %s', async (_, change) => {
        await run();
        await warehouse.run(change);
        await expect(run()).rejects.toThrow(ContractError);
        expect(readdirSync(folder)).toHaveLength(3);
        expect((await run({ isDryRun: true })).lines.length).toBeGreaterThan(1);
        expect((await run({ isConfirmed: true })).files).toEqual(['0002-google-adjustments.csv']);
    });

    it('writes nothing on a dry run', async () => {
        const { lines, files } = await run({ isDryRun: true });
        expect([lines.length, files]).toEqual([3, []]);
        expect(folderDisk(folder).list()).toEqual([]);
    });

    it('asks for the names of the conversions', async () => {
        await expect(run({ settings: undefined })).rejects.toThrow(ConfigError);
        await expect(run({ settings: undefined })).rejects.toThrow("google: { closed: '...'");
    });
});
