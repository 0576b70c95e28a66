import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWarehouseForReading } from '../../../pipelines/warehouse/connection.ts';
import { readStatus } from '../../../pipelines/warehouse/status.ts';
import { caseFile } from './cases.ts';
import {
    countsOf,
    createTestCompany,
    csv,
    failureOf,
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

/** Loads one case with the settings that belong to it. */
async function loadCase(name: string, input: Omit<TestInput, 'name' | 'files'>) {
    company.write('export.csv', caseFile(name));
    company.configure([{ name: 'export', files: ['export.csv'], ...input }]);
    return company.load();
}
const total = async (column: string, table: string) => {
    const [row] = await company.query(`select sum(${column}) as sum from raw_files.${table}`);
    return Number(row?.sum);
};

const google: Omit<TestInput, 'name' | 'files'> = {
    stream: 'ad_spend',
    format: { type: 'csv', header_row: 3, thousands_separator: ',', null_values: ['--'] },
    columns: {
        spend_date: 'Day',
        campaign_id: 'Campaign',
        spend_amount: 'Cost',
        currency_code: 'Currency code',
        impressions: 'Impr.',
    },
    constants: { platform: 'google_ads', account_id: 'main' },
};

describe('rows that sum up others', () => {
    it('are left out of a Google Ads report, and counted apart from rejects', async () => {
        const skipRows = [{ column: 'Day', pattern: '^Total' }];
        const loaded = await loadCase('01-google-total-rows/report.csv', {
            ...google,
            skip_rows: skipRows,
        });
        expect(countsOf(loaded)).toMatchObject({ read: 6, inserted: 3, leftOut: 3, rejected: 0 });
        expect(await total('spend_amount', 'ad_spend')).toBe(1210.75);
        expect(await company.query('select left_out_rows from jointly.loads')).toEqual([
            { left_out_rows: 3 },
        ]);
        const warehouse = await openWarehouseForReading(company.warehousePath);
        const status = (await readStatus(warehouse)).find((one) => one.stream === 'ad_spend');
        await warehouse.close();
        expect(status).toMatchObject({ left_out_rows: 3, rejected_rows: 0 });
    });

    it.each([
        ['Total: Account', '^Total'],
        ['Итого', '^Итого'],
        ['Gesamtsumme', '^Gesamtsumme'],
        ['Razem (EUR)', '^Razem'],
        ['Total general', '^Total general'],
    ])('such as %s are told from broken rows: the advice is skip_rows', async (word, begin) => {
        company.write('ads/a.csv', csv(spendHeader, spend('2026-01-01', '1'), spend(word, '1')));
        company.configure([spendInput]);
        const { fix } = failureOf(await company.load());
        expect(fix).toContain(
            `skip_rows: [{ column: 'spend_date', pattern: '${begin.replace('$', '')}' }]`,
        );
        expect(fix).not.toContain('max_reject_share');
    });

    it.each(['Totally Fences', 'Summer sale', 'Итоговая'])(
        'are not told by a word that only begins like one: %s',
        async (campaign) => {
            company.write('ads/a.csv', csv(spendHeader, spend('x', '1', campaign)));
            company.configure([spendInput]);
            expect(failureOf(await company.load()).fix).not.toContain('skip_rows');
        },
    );

    it('are left out by value, by pattern and by an empty cell', async () => {
        company.write(
            'ads/a.csv',
            csv(
                `${spendHeader},note`,
                `${spend('2026-01-01', '1')},kept`,
                `${spend('2026-01-02', '2')}, draft `,
                `${spend('2026-01-03', '4')},`,
                `${spend('Sum of 3', '7')},kept`,
            ),
        );
        const rules = [
            { column: 'note', values: ['draft'] },
            { column: 'note', is_empty: true as const },
            { column: 'spend_date', pattern: '^Sum of [0-9]+$' },
        ];
        company.configure([{ ...spendInput, skip_rows: rules }]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 1, leftOut: 3 });
        expect(await total('spend_amount', 'ad_spend')).toBe(1);
    });

    it('leave the places of broken rows as they are in the file', async () => {
        company.write(
            'ads/a.csv',
            csv(spendHeader, spend('Total', '9'), spend('2026-01-01', '1'), spend('never', '1')),
        );
        company.configure([
            {
                ...spendInput,
                skip_rows: [{ column: 'spend_date', values: ['Total'] }],
                max_reject_share: 0.5,
            },
        ]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 1, rejected: 1 });
        expect(await company.query('select "row", line from jointly.rejects')).toEqual([
            { row: 3, line: 4 },
        ]);
    });

    it('are left out of NDJSON and of Parquet, too', async () => {
        const row = (id: string, kind: string) =>
            `{"session_id":"${id}","visitor_id":"v","started_at":"2026-01-01","kind":"${kind}"}`;
        company.write('s.ndjson', `${row('a', 'visit')}\n${row('b', 'bot')}\n`);
        await company.query(
            `copy (from read_json('${company.directory}/s.ndjson')) to '${company.directory}/s.parquet'`,
        );
        for (const name of ['s.ndjson', 's.parquet']) {
            const skipRows = [{ column: 'kind', values: ['bot'] }];
            company.configure([
                { name: 'web', stream: 'sessions', files: [name], skip_rows: skipRows },
            ]);
            expect(countsOf(await company.load())).toMatchObject({ leftOut: 1, rejected: 0 });
        }
        expect(await company.query('select session_id from raw_files.sessions')).toEqual([
            { session_id: 'a' },
        ]);
    });

    it.each([
        [{ values: ['yes'] }, 1],
        [{ pattern: '^y' }, 1],
        [{ is_empty: true as const }, 2],
    ])('stay where %j is true of another column', async (condition, kept) => {
        company.write(
            'ads/a.csv',
            csv(
                `${spendHeader},kind,keep`,
                `${spend('2026-01-01', '1')},draft,yes`,
                `${spend('2026-01-02', '2')},draft,`,
                `${spend('2026-01-03', '4')},draft,`,
                `${spend('2026-01-04', '8')},final,`,
            ),
        );
        const rule = {
            column: 'kind',
            values: ['draft'],
            unless: { column: 'keep', ...condition },
        };
        company.configure([{ ...spendInput, skip_rows: [rule] }]);
        expect(countsOf(await company.load())).toMatchObject({
            inserted: kept + 1,
            leftOut: 3 - kept,
        });
        const other = { ...rule, unless: { column: 'Keep', ...condition } };
        company.configure([{ ...spendInput, skip_rows: [other] }]);
        expect(failureOf(await company.load()).message).toContain('has no column Keep');
    });

    it('are found by a column of the file, and one that is not there is refused', async () => {
        company.write('ads/a.csv', csv(spendHeader, spend('2026-01-01', '1')));
        company.configure([{ ...spendInput, skip_rows: [{ column: 'Day', is_empty: true }] }]);
        expect(failureOf(await company.load()).message).toContain(
            'ads/a.csv has no column Day, by which skip_rows leaves rows out',
        );
    });
});

describe('kinds of a balance', () => {
    const balance: Omit<TestInput, 'name' | 'files'> = {
        stream: 'payments',
        timezone: 'UTC',
        format: { type: 'csv', thousands_separator: ',' },
        columns: {
            payment_id: 'id',
            net_amount: 'Amount',
            currency_code: 'Currency',
            paid_at: 'Created (UTC)',
            kind: {
                column: 'Type',
                values: { charge: 'payment', adjustment: 'refund' },
            },
        },
    };

    it('that are no payments are left out', async () => {
        const loaded = await loadCase('07b-balance-types/balance.csv', {
            ...balance,
            skip_rows: [{ column: 'Type', values: ['payout', 'stripe_fee'] }],
        });
        expect(countsOf(loaded)).toMatchObject({ inserted: 3, leftOut: 2, rejected: 0 });
        expect(await total('net_amount', 'payments')).toBe(700);
    });

    it('have two ways out: a word of the stream, or skip_rows', async () => {
        const { fix } = failureOf(await loadCase('07b-balance-types/balance.csv', balance));
        expect(fix).toContain("values: { 'payout': '?' }");
        expect(fix).toContain("skip_rows: [{ column: 'Type', values: ['payout'] }]");
    });
});

describe('a footer', () => {
    const direct: Omit<TestInput, 'name' | 'files'> = {
        stream: 'ad_spend',
        columns: {
            spend_date: 'Date',
            campaign_id: 'CampaignId',
            spend_amount: { column: 'Cost', multiply_by: '0.000001' },
        },
        constants: { platform: 'yandex_direct', account_id: 'main', currency_code: 'RUB' },
    };

    it('ends a report of Yandex Direct: a line with the number of rows', async () => {
        const format = { type: 'csv' as const, delimiter: '\t', header_row: 2 };
        const refused = failureOf(
            await loadCase('04-yandex-footer/api.tsv', { ...direct, format }),
        );
        expect(refused).toMatchObject({ row: 3, line: 5 });
        expect(refused.fix).toContain("footer: '^Total'");
        const footer = '^Total rows';
        const loaded = await loadCase('04-yandex-footer/api.tsv', {
            ...direct,
            format: { ...format, footer },
        });
        expect(countsOf(loaded)).toMatchObject({ inserted: 2, leftOut: 1 });
        expect(await total('spend_amount', 'ad_spend')).toBe(1580.5);
    });

    it('ends a long report just so', async () => {
        const days = Array.from({ length: 5000 }, (_, index) => {
            const day = new Date(Date.UTC(2010, 0, 1 + index)).toISOString().slice(0, 10);
            return `${day}\t100\t1500000`;
        });
        company.write('e.tsv', csv('Date\tCampaignId\tCost', ...days, 'Total rows: 5000'));
        const format = { type: 'csv' as const, footer: '^Total rows' };
        company.configure([{ name: 'direct', files: ['e.tsv'], ...direct, format }]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 5000, leftOut: 1 });
    });

    it('may be a row of totals', async () => {
        const loaded = await loadCase('04-yandex-footer/master.csv', {
            stream: 'ad_spend',
            format: {
                type: 'csv',
                delimiter: ';',
                header_row: 4,
                encoding: 'windows-1251',
                decimal_separator: ',',
                thousands_separator: ' ',
                footer: '^Итого',
            },
            columns: {
                spend_date: { column: 'Дата', format: '%d.%m.%Y' },
                campaign_id: '№ Кампании',
                spend_amount: 'Расход (руб.)',
            },
            constants: { platform: 'yandex_direct', account_id: 'main', currency_code: 'RUB' },
        });
        expect(countsOf(loaded)).toMatchObject({ inserted: 2, leftOut: 1, rejected: 0 });
        expect(await total('spend_amount', 'ad_spend')).toBe(1580.5);
    });

    it('of a Salesforce report has blank lines between, and another encoding', async () => {
        const format = {
            type: 'csv' as const,
            encoding: 'iso-8859-1',
            thousands_separator: ',',
        };
        const salesforce: Omit<TestInput, 'name' | 'files'> = {
            stream: 'deals',
            columns: {
                deal_id: 'Opportunity ID',
                person_id: 'Opportunity Owner',
                status: {
                    column: 'Stage',
                    values: { 'Closed Won': 'won', 'Closed Lost': 'lost', Negotiation: 'open' },
                },
                amount: 'Amount',
                closed_at: { column: 'Close Date', format: '%m/%d/%Y' },
            },
        };
        const name = '06-salesforce-report/report.csv';
        const refused = failureOf(await loadCase(name, { ...salesforce, format }));
        expect(refused).toMatchObject({ row: 4, line: 6 });
        expect(refused.fix).toContain("footer: '^Grand Totals'");
        const loaded = await loadCase(name, {
            ...salesforce,
            format: { ...format, footer: '^Grand Totals' },
        });
        expect(countsOf(loaded)).toMatchObject({ inserted: 3, leftOut: 3, rejected: 0 });
        expect(
            await company.query('select person_id from raw_files.deals order by deal_id limit 1'),
        ).toEqual([{ person_id: 'José' }]);
    });

    it('of a register of payments holds its sums', async () => {
        const loaded = await loadCase('07-payment-register/register.csv', {
            stream: 'payments',
            format: { type: 'csv', delimiter: ';', header_row: 3, footer: '^Сумма принятых' },
            columns: {
                payment_id: 'Идентификатор платежа',
                net_amount: 'Сумма платежа',
                currency_code: 'Валюта платежа',
                paid_at: { column: 'Время платежа', format: '%d.%m.%Y %H:%M:%S' },
            },
            constants: { kind: 'payment' },
        });
        expect(countsOf(loaded)).toMatchObject({ inserted: 2, leftOut: 2 });
        expect(await total('net_amount', 'payments')).toBe(10);
    });

    it('may be missing, and does not begin inside a cell', async () => {
        company.write(
            'ads/a.csv',
            csv(`${spendHeader},campaign_name`, `${spend('2026-01-01', '1')},"a\nTotal: b"`),
        );
        company.configure([{ ...spendInput, format: { type: 'csv', footer: '^Total' } }]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 1, leftOut: 0 });
    });

    it('leaves an empty report empty', async () => {
        company.write('ads/a.csv', csv(spendHeader, '', 'Total: 0'));
        company.configure([{ ...spendInput, format: { type: 'csv', footer: '^Total' } }]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 0, leftOut: 1 });
    });

    it('that rows follow is refused: nothing is cut off in silence', async () => {
        const rows = Array.from({ length: 80 }, (_, index) =>
            spend('2026-01-01', '1', `c${index}`),
        );
        company.write('ads/a.csv', csv(spendHeader, ...rows));
        company.configure([{ ...spendInput, format: { type: 'csv', footer: '^google,a,c3,' } }]);
        const failure = failureOf(await company.load());
        expect(failure).toMatchObject({ file: 'ads/a.csv', line: 5, exitCode: 1 });
        expect(failure.message).toContain('77 lines follow');
    });
});

describe('after a blank line', () => {
    const deals: Omit<TestInput, 'name' | 'files'> = { stream: 'deals' };

    it('a broken value has its line', async () => {
        const { message } = failureOf(await loadCase('14-blank-line-place/a.csv', deals));
        expect(message).toContain('export.csv, row 2 (line 4), column amount');
    });

    it('a row with too many cells has its line', async () => {
        const failure = failureOf(await loadCase('14-blank-line-place/b.csv', deals));
        expect(failure).toMatchObject({ row: 2, line: 4, expected: '4 columns' });
        expect(failure.got).toContain('d2,won,5,2026-03-01,extra');
    });
});

describe('the share of broken rows', () => {
    it('is that of the input where it has one', async () => {
        company.write('a.csv', csv(spendHeader, spend('2026-01-01', '1'), spend('x', '1')));
        company.write('b.csv', csv(spendHeader, spend('2026-01-01', '1', 'c', 'b')));
        const [a, b] = ['a', 'b'].map((name) => ({
            name,
            stream: 'ad_spend',
            files: [`${name}.csv`],
        })) as [TestInput, TestInput];
        company.configure([{ ...a, max_reject_share: 0.5 }, b]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 2, rejected: 1 });
        company.configure([{ ...a, max_reject_share: 0.1 }, b], { max_reject_share: 0.9 });
        expect(failureOf(await company.load()).message).toContain('1 of 2 rows');
    });
});
