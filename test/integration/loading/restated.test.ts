import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseFile } from './cases.ts';
import {
    countsOf,
    createTestCompany,
    csv,
    failureOf,
    only,
    spend,
    spendHeader,
    spendInput,
    type TestCompany,
    type TestInput,
} from './company.ts';

let company: TestCompany;
beforeEach(() => {
    company = createTestCompany();
});
afterEach(() => company.close());

const google: TestInput = {
    name: 'google',
    stream: 'ad_spend',
    files: ['exports/*.csv'],
    columns: { spend_date: 'Day', campaign_id: 'Campaign', spend_amount: 'Cost' },
    constants: { platform: 'google_ads', account_id: 'main', currency_code: 'EUR' },
};
const notes = async () => {
    const outcome = only(await company.load({ isConfirmed: true }));
    countsOf([outcome]);
    return outcome.status === 'loaded' ? outcome.notes : [];
};
const total = async () => {
    const [row] = await company.query('select sum(spend_amount) as sum from raw_files.ad_spend');
    return Number(row?.sum);
};

describe('downloads that a browser numbered', () => {
    const names = ['Campaign report.csv', 'Campaign report (1).csv'];

    it('are read in the order of their numbers, and that is said', async () => {
        for (const name of names) {
            company.write(`exports/${name}`, caseFile(`02-download-names/${name}`));
        }
        company.configure([google]);
        expect(await notes()).toContain(
            'exports/Campaign report (1).csv is read as a later download of exports/Campaign report.csv',
        );
        expect(await total()).toBe(1294.1);
    });

    it('say so where the times of the files say otherwise', async () => {
        for (const name of names) {
            company.write(`exports/${name}`, caseFile(`02-download-names/${name}`));
        }
        utimesSync(join(company.directory, 'exports', 'Campaign report (1).csv'), 1, 1);
        company.configure([google]);
        const contrary = expect.stringMatching(
            /\(1\)\.csv is taken to be newer .* although it was written before it .*newest_by: 'modified' in input google/,
        );
        expect(await notes()).toContainEqual(contrary);
        company.configure([{ ...google, newest_by: 'modified' }]);
        expect(await notes()).not.toContainEqual(contrary);
        expect(await total()).toBe(465.22);
    });

    it('are no matter of time where they say the same, or the rows say which is newer', async () => {
        company.write('ads/1.csv', csv(spendHeader, spend('2026-01-01', '1')));
        company.write('ads/2.csv', csv(spendHeader, spend('2026-01-01', '1')));
        utimesSync(join(company.directory, 'ads', '2.csv'), 1, 1);
        company.configure([spendInput]);
        expect(await notes()).toEqual([]);
        const deal = (changed: string, amount: string) =>
            csv('deal_id,status,amount,updated_at', `d,open,${amount},${changed}`);
        company.write('crm/1.csv', deal('2026-01-02', '10'));
        company.write('crm/2.csv', deal('2026-01-01', '20'));
        utimesSync(join(company.directory, 'crm', '2.csv'), 1, 1);
        company.configure([{ name: 'crm', stream: 'deals', files: ['crm/*.csv'] }]);
        expect(await notes()).toEqual([]);
        expect(await company.query('select amount from raw_files.deals')).toEqual([
            { amount: '10.00' },
        ]);
    });

    it('are told apart by number, not by digit', async () => {
        [0, 1, 2, 10].forEach((number) => {
            const name = number === 0 ? 'r.csv' : `r (${number}).csv`;
            company.write(`ads/${name}`, csv(spendHeader, spend('2026-01-01', `${number}`)));
        });
        company.write('ads/r2.csv', csv(spendHeader, spend('2026-01-02', '1000')));
        company.configure([spendInput]);
        await notes();
        expect(await total()).toBe(1010);
    });

    it('may have no space before the number', async () => {
        company.write('ads/r(1).csv', csv(spendHeader, spend('2026-01-01', '2')));
        company.write('ads/r.csv', csv(spendHeader, spend('2026-01-01', '1')));
        company.configure([spendInput]);
        await notes();
        expect(await total()).toBe(2);
    });
});

describe('a later file that lacks a campaign', () => {
    it('takes its money away, which is said with the sum', async () => {
        for (const name of ['2026-03-03.csv', '2026-03-04.csv']) {
            company.write(`exports/${name}`, caseFile(`18-restated-part/${name}`));
        }
        company.configure([google]);
        const failure = failureOf(await company.load());
        expect(failure.message).toContain(
            '2 rows with spend_amount 400.000000 of 600.000000 would no longer count',
        );
        expect(failure.fix).toContain('load once with --yes');
        const [note] = await notes();
        expect(note).toContain(
            '2 rows of exports/2026-03-03.csv with spend_amount 400.000000 are in no later file',
        );
        expect(note).toContain('Gates');
    });

    it('takes it away from an earlier load, too', async () => {
        company.write('exports/a.csv', caseFile('18-restated-part/2026-03-03.csv'));
        company.configure([google]);
        expect(await notes()).toEqual([]);
        company.remove('exports/a.csv');
        company.write('exports/b.csv', caseFile('18-restated-part/2026-03-04.csv'));
        expect(await notes()).toEqual([
            expect.stringContaining('2 rows with spend_amount 400.000000'),
        ]);
    });

    it('is nothing to say where the row had no cost, or is there again', async () => {
        const [one, two] = [spend('2026-01-01', '1'), spend('2026-01-01', '0', 'd')];
        company.write('ads/1.csv', csv(spendHeader, one, two));
        company.write('ads/2.csv', csv(spendHeader, one));
        company.configure([spendInput]);
        expect(await notes()).toEqual([]);
    });
});
