import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { classifyMicrosoftAds } from '../../../pipelines/sources/microsoft-ads/client.ts';
import { spendRows } from '../../../pipelines/sources/microsoft-ads/rows.ts';
import { microsoftAds } from '../../../pipelines/sources/microsoft-ads/settings.ts';
import { openMicrosoftAds } from '../../../pipelines/sources/microsoft-ads/source.ts';
import { ianaZone } from '../../../pipelines/sources/microsoft-ads/time-zones.ts';
import type { MockAdPlatform } from '../../integration/connections/ad-platform.ts';
import { zip } from '../../integration/loading/pack.ts';
import type { Fault, MockReply } from '../api/mock-server.ts';
import { createTestClock } from '../api/test-clock.ts';
import { failure, header, startMicrosoftAds } from './mock.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const verdictOn = ({ status = 200, headers = {}, body = '' }: MockReply) =>
    classifyMicrosoftAds(
        {
            status,
            headers: new Headers(headers),
            text: JSON.stringify(body),
            data: body,
            ...(Buffer.isBuffer(body) ? { bytes: body, data: undefined } : {}),
        },
        now,
    );

describe('what an answer means', () => {
    const archive = zip({ 'a.csv': header });
    it.each<[string, MockReply, object]>([
        ['an order', { body: { ReportRequestId: '30000' } }, { kind: 'ok' }],
        ['an order without a number', { body: { ReportRequestId: null } }, { kind: 'retriable' }],
        ['an archive', { body: archive }, { kind: 'ok' }],
        ['an archive that is cut', { body: archive.subarray(0, -10) }, { kind: 'retriable' }],
        ['a page instead of an archive', { body: Buffer.from('<html>') }, { kind: 'retriable' }],
        [
            'too many calls',
            failure(400, 117, 'CallRateExceeded'),
            { kind: 'limit', until: now + 60_000 },
        ],
        [
            'too many reports at once, by name',
            failure(500, 207, 'ConcurrentRequestOverLimit'),
            { kind: 'limit' },
        ],
        [
            'too many reports at once, by number',
            { status: 400, body: { OperationErrors: [{ Code: 207, Message: 'Please wait.' }] } },
            { kind: 'limit' },
        ],
        [
            'a limit that says how long',
            { status: 429, headers: { 'retry-after': '30' } },
            { kind: 'limit', until: now + 30_000 },
        ],
        ['a dead token', failure(401, 109, 'AuthenticationTokenExpired'), { kind: 'dead token' }],
        [
            'credentials that are wrong, in the list of the other services',
            { status: 400, body: { Errors: [{ Code: 105, Message: 'Authentication failed.' }] } },
            { kind: 'dead token' },
        ],
        [
            'a missing right',
            failure(400, 106, 'UserIsNotAuthorized'),
            { kind: 'our fault', fix: expect.stringContaining('Viewer') },
        ],
        ['a fault that passes', failure(500, 0, 'InternalError'), { kind: 'retriable' }],
        ['a fault without a body', { status: 503 }, { kind: 'retriable' }],
        ['a fault that nobody knows', failure(503, 9999, 'Unheard'), { kind: 'retriable' }],
        [
            'a report that is no longer known',
            failure(400, 2100, 'ReportingServiceInvalidReportId'),
            { kind: 'ok' },
        ],
        [
            'a question that is wrong',
            failure(400, 2010, 'ReportingServiceInvalidCustomDateRangeEnd'),
            { kind: 'our fault', why: expect.stringContaining('InvalidCustomDateRangeEnd') },
        ],
    ])('%s', (_, reply, verdict) => {
        expect(verdictOn(reply)).toMatchObject(verdict);
    });
});

describe('rows of cost', () => {
    const row =
        '"2026-11-01","77","9007199254740993","Autumn, ""24""","SEK","1,234","10","12,345.67","2.50"';

    it.each([
        ['as they were asked for', `${header}\r\n${row}\r\n`],
        [
            'with what stands above and below in other formats',
            `"Report Name: x"\n"Rows: 1"\n\n${header}\n${row}\n\n"@2026 Microsoft Corporation. All rights reserved. "\n`,
        ],
    ])('are read %s', (_, report) => {
        expect(spendRows(report).map(({ cells }) => cells)).toEqual([
            {
                platform: 'microsoft_ads',
                account_id: '77',
                campaign_id: '9007199254740993',
                campaign_name: 'Autumn, "24"',
                spend_date: '2026-11-01',
                spend_amount: '12345.67',
                currency_code: 'SEK',
                impressions: '1234',
                clicks: '10',
                claimed_conversions: '2.50',
            },
        ]);
    });

    it('are none in a report that has no file, and in one with names of columns alone', () => {
        expect(spendRows('')).toEqual([]);
        expect(spendRows(`${header}\n`)).toEqual([]);
    });

    it('are refused with other columns', () => {
        expect(() => spendRows('"GregorianDate","Spend"\n')).toThrow('other columns');
    });
});

describe('the day of an account', () => {
    it.each([
        ['EasternTimeUSCanada', 'America/New_York'],
        ['AmsterdamBerlinBernRomeStockholmVienna', 'Europe/Berlin'],
        ['AZoneThatCameLater', 'Etc/GMT+12'],
        [null, 'Etc/GMT+12'],
    ])('%s ends with that of %s', (name, zone) => {
        expect(ianaZone(name)).toBe(zone);
        expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow();
    });
});

describe('a report', () => {
    let mock: MockAdPlatform;
    let directory: string;
    beforeEach(async () => {
        mock = await startMicrosoftAds();
        mock.setDays([{ campaign: '1', date: '2026-11-02', amount: '2.50' }]);
        directory = mkdtempSync(join(tmpdir(), 'jointly-microsoft-'));
    });
    afterEach(async () => {
        rmSync(directory, { recursive: true });
        await mock.close();
    });
    const place = { account: '77', from: '2026-11-01', to: '2026-11-28' };
    const ask = async (of = place) => {
        const settings = microsoftAds.schema.parse({
            name: 'bing',
            system: 'microsoft_ads',
            account_ids: ['77'],
            customer_id: '7',
            since: '2026-11-01',
            address: mock.address,
        });
        const secret = (name: string) =>
            ({ refresh_token: 'refresh-0', developer_token: 'dev' })[name] ?? name;
        const tools = { clock: createTestClock(), directory, secret, onNote: () => {} };
        const feed = openMicrosoftAds(settings, tools).feeds[0];
        const page = await feed?.ask(of);
        return feed?.read(page?.text ?? '', undefined).rows.map(({ cells }) => cells.spend_amount);
    };
    const orders = () => mock.requests.filter(({ path }) => path.endsWith('Submit')).length;

    it('is unpacked, without the mark before its first line', async () => {
        expect(await ask()).toEqual(['2.50']);
    });

    it('without rows has no file', async () => {
        expect(await ask({ ...place, from: '2026-11-03' })).toEqual([]);
    });

    it('that a killed run ordered is not ordered again', async () => {
        mock.fail(/Poll/, ...Array.from({ length: 7 }, (): Fault => ({ status: 500 })));
        await expect(ask()).rejects.toThrow('status 500');
        expect(await ask()).toEqual(['2.50']);
        expect(orders()).toBe(1);
    });

    it('that is no longer known, or failed, is ordered anew', async () => {
        mock.fail(/Poll/, failure(400, 2100, 'ReportingServiceInvalidReportId'));
        expect(await ask()).toEqual(['2.50']);
        mock.fail(/Poll/, { body: { ReportRequestStatus: { Status: 'Error' } } });
        expect(await ask()).toEqual(['2.50']);
        expect(orders()).toBe(4);
    });

    it.each<[string, Fault]>([
        ['is cut', 'cut'],
        ['is reset', 'reset'],
        ['is a page of a proxy', 'html'],
    ])('whose file %s is read again', async (_, fault) => {
        mock.fail(/files/, fault);
        expect(await ask()).toEqual(['2.50']);
    });

    it('whose file is damaged, or holds two, is said to be', async () => {
        const archive = zip({ 'a.csv': 'x'.repeat(100) });
        archive[40] = (archive[40] ?? 0) ^ 0xff;
        mock.fail(/files/, { body: archive });
        await expect(ask()).rejects.toThrow('damaged');
        mock.fail(/files/, { body: zip({ 'a.csv': '', 'b.csv': '' }) });
        await expect(ask()).rejects.toThrow('one file');
    });
});
