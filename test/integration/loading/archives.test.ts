import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
} from './company.ts';
import { xlsx, xlsxRow, zip } from './pack.ts';

let company: TestCompany;
beforeEach(() => {
    company = createTestCompany();
});
afterEach(() => company.close());

const day = (date: string, amount: string) => csv(spendHeader, spend(date, amount));
const files = () => company.query('select file, row_count from jointly.files order by file_id');

function configure(files: readonly string[], rest: object = {}) {
    company.configure([{ ...spendInput, files: [...files], ...rest }]);
}

describe('zip archives', () => {
    it('are read with all their files, by name, beside files that are not packed', async () => {
        company.write(
            'ads/1.zip',
            zip({
                'reports/': '',
                'reports/b.csv': day('2026-01-02', '2'),
                'reports/a.csv.gz': gzipSync(day('2026-01-01', '1')),
                '__MACOSX/reports/._b.csv': 'machine',
                '.DS_Store': 'machine',
            }),
        );
        company.write('ads/2.csv', day('2026-01-03', '3'));
        configure(['ads/*']);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 3 });
        expect(await files()).toEqual([
            { file: 'ads/1.zip/reports/a.csv.gz', row_count: 1 },
            { file: 'ads/1.zip/reports/b.csv', row_count: 1 },
            { file: 'ads/2.csv', row_count: 1 },
        ]);
    });

    it('grow: the later file restates the days of the earlier one, and nothing twice', async () => {
        company.write('ads/2026-01.zip', zip({ 'report.csv': day('2026-01-01', '1') }));
        configure(['ads/*.zip']);
        countsOf(await company.load());
        expect(only(await company.load()).status).toBe('unchanged');
        company.write('ads/2026-02.zip', zip({ 'report.csv': day('2026-01-01', '9') }));
        countsOf(await company.load());
        expect(await company.query('select spend_amount from raw_files.ad_spend')).toEqual([
            { spend_amount: '9.000000' },
        ]);
    });

    it('hold workbooks, too', async () => {
        const rows =
            xlsxRow(1, spendHeader.split(',')) +
            xlsxRow(2, ['google', 'a', 'c', '2026-01-01', 1.5, 'EUR']);
        company.write('ads/a.zip', zip({ 'report.xlsx': xlsx([{ name: 'Data', rows }]) }));
        configure(['ads/*.zip']);
        countsOf(await company.load());
        expect(await files()).toEqual([
            { file: 'ads/a.zip/report.xlsx, sheet Data', row_count: 1 },
        ]);
    });

    it('are searched for what an input wants of them', async () => {
        const archive = zip({ 'x/ads.csv': day('2026-01-01', '1'), 'notes.pdf': 'words' });
        company.write('ads/a.zip', archive);
        configure(['ads/*.zip']);
        expect(failureOf(await company.load())).toMatchObject({
            exitCode: 3,
            what: 'Input ads: ads/a.zip holds notes.pdf, which is no export.',
            fix: "say which of its files to read: inside: ['*.csv']",
        });
        configure(['ads/*.zip'], { inside: ['leads.csv'] });
        expect(failureOf(await company.load()).what).toContain('nothing that matches leads.csv');
        configure(['ads/*.zip'], { inside: ['x/*.csv'] });
        expect(countsOf(await company.load())).toMatchObject({ inserted: 1 });
        configure(['ads/*.zip'], { inside: ['ads.csv'] });
        expect(countsOf(await company.load())).toMatchObject({ unchanged: 1 });
    });

    it('name the file inside when a row of it is refused', async () => {
        company.write('ads/a.zip', zip({ 'x/ads.csv': day('2026-01-01', 'much') }));
        configure(['ads/*.zip']);
        expect(failureOf(await company.load()).what).toContain(
            'ads/a.zip/x/ads.csv, row 1 (line 2), column spend_amount',
        );
    });

    it.each([
        ['cut', (bytes: Buffer) => bytes.subarray(0, bytes.length - 30)],
        ['empty of files', () => zip({})],
        ['a text', () => Buffer.from('Day,Cost')],
        [
            'changed in a byte',
            (bytes: Buffer) => {
                bytes[40] = (bytes[40] ?? 0) ^ 0xff;
                return bytes;
            },
        ],
    ])('that are %s say so', async (_, damage) => {
        company.write('ads/a.zip', damage(zip({ 'a.csv': day('2026-01-01', '1') })));
        configure(['ads/*.zip']);
        expect(failureOf(await company.load())).toMatchObject({ exitCode: 3, file: 'ads/a.zip' });
    });
});

it('refuses files of two formats in one input', async () => {
    company.write('ads/a.csv', day('2026-01-01', '1'));
    company.write('ads/b.xlsx', xlsx([{ name: 'Data', rows: '' }]));
    configure(['ads/*']);
    expect(failureOf(await company.load())).toMatchObject({
        exitCode: 2,
        what: 'Input ads reads csv, as ads/a.csv says, and ads/b.xlsx is not.',
    });
});
