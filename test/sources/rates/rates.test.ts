import { afterEach, describe, expect, it } from 'vitest';
import { type BankName, readRates } from '../../../pipelines/sources/rates/banks.ts';
import { exactRate } from '../../../pipelines/sources/rates/exact-rate.ts';
import { type MockReply, type MockServer, startMock } from '../api/mock-server.ts';
import { createTestClock } from '../api/test-clock.ts';

describe('a rate', () => {
    it.each([
        ['78,4049', '1', false, '78.4049'],
        ['48,0835', '100', false, '0.480835'],
        ['1 234,5', '1', false, '1234.5'],
        ['1.1355', '1', true, '0.8806693087'],
        ['4.0000', '10', false, '0.4'],
        ['1.4592', '100', false, '0.014592'],
        ['0.00000000005', '1', false, '0.0000000001'],
    ])('of %s for %s is exact (%s)', (written, nominal, isInverse, rate) => {
        expect(exactRate(written, nominal, isInverse)).toBe(rate);
    });

    it.each([['0'], ['-1'], ['N/A'], ['1.2.3'], [''], ['0.00000000001']])(
        'of %j is none',
        (text) => {
            expect(() => exactRate(text)).toThrow(TypeError);
        },
    );
});

const ecb = (days: Record<string, Record<string, string>>) =>
    `<?xml version="1.0" encoding="UTF-8"?><gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><gesmes:subject>Reference rates</gesmes:subject><Cube>${Object.entries(
        days,
    )
        .map(
            ([day, rates]) =>
                `<Cube time="${day}">${Object.entries(rates)
                    .map(([currency, rate]) => `<Cube currency="${currency}" rate="${rate}"/>`)
                    .join('')}</Cube>`,
        )
        .join('')}</Cube></gesmes:Envelope>`;

/** Cyrillic letters of windows-1251 begin at 0xC0. */
const windows1251 = (text: string) =>
    Buffer.from(
        [...text].map((letter) => {
            const code = letter.codePointAt(0) ?? 0;
            return code >= 0x410 && code <= 0x44f ? code - 0x350 : code;
        }),
    ).toString('latin1');

const valCurs = (date: string, encoding: string, value: string, name: string) =>
    `<?xml version="1.0" encoding="${encoding}"?><ValCurs Date="${date}" name="Foreign Currency Market"><Valute ID="R01235"><NumCode>840</NumCode><CharCode>USD</CharCode><Nominal>1</Nominal><Name>${name}</Name><Value>${value}</Value></Valute><Valute ID="R01820"><NumCode>392</NumCode><CharCode>JPY</CharCode><Nominal>100</Nominal><Name>${name}</Name><Value>48,0835</Value></Valute></ValCurs>`;

const bnr = `<?xml version="1.0" encoding="utf-8"?><DataSet xmlns="https://www.bnr.ro/xsd"><Header><Publisher>National Bank of Romania</Publisher></Header><Body><Subject>Reference rates</Subject><OrigCurrency>RON</OrigCurrency><Cube date="2026-08-25"><Rate currency="USD">4.5000</Rate></Cube><Cube date="2026-08-26"><Rate currency="EUR">5.2589</Rate><Rate currency="USD">-</Rate><Rate currency="HUF" multiplier="100">1.4592</Rate></Cube></Body></DataSet>`;

let mock: MockServer | undefined;
afterEach(async () => mock?.close());

async function read(
    bank: BankName,
    answer: (path: string, asked: URLSearchParams) => MockReply,
    more: { from?: string; to?: string; currencies?: string[] } = {},
) {
    mock = await startMock(({ path, query }) => answer(path, query));
    const {
        from = '2026-08-24',
        to = '2026-08-30',
        currencies = ['USD', 'JPY', 'HUF', 'EUR'],
    } = more;
    const found = await readRates({
        bank,
        currencies,
        days: { from, to },
        address: mock.address,
        clock: createTestClock(),
    });
    return found.map(({ day, currency, rate }) => `${day} ${currency} ${rate}`);
}

describe('a central bank', () => {
    it('ECB says what a euro is worth, so its rates are turned over', async () => {
        const days = { '2026-08-28': { USD: '1.1355', GBP: '0.85' }, '2026-08-21': { USD: '1.1' } };
        expect(await read('ecb', () => ({ body: ecb(days) }))).toEqual([
            '2026-08-28 USD 0.8806693087',
        ]);
    });

    it('NBP is asked for 90 days at a time, and says of a weekend that there is nothing', async () => {
        const table = (day: string) => [
            {
                table: 'A',
                no: '1/A/NBP/2026',
                effectiveDate: day,
                rates: [{ currency: 'euro', code: 'EUR', mid: 4.2607 }],
            },
        ];
        const asked: string[] = [];
        const found = await read(
            'nbp',
            (path) => {
                asked.push(path);
                return asked.length === 1
                    ? { body: table('2026-01-02') }
                    : { status: 404, body: '404 NotFound - Not Found - Brak danych' };
            },
            { from: '2026-01-01', to: '2026-04-05' },
        );
        expect(asked).toEqual([
            '/api/exchangerates/tables/A/2026-01-01/2026-03-31/',
            '/api/exchangerates/tables/A/2026-04-01/2026-04-05/',
        ]);
        expect(found).toEqual(['2026-01-02 EUR 4.2607']);
    });

    it('CBR writes windows-1251, commas and nominals, and answers a weekend with the day before', async () => {
        const latin = (text: string) => Buffer.from(windows1251(text), 'latin1');
        mock = undefined;
        const found = await read(
            'cbr',
            (_, asked) => {
                const [day = ''] = (asked.get('date_req') ?? '').split('/');
                const date = Number(day) > 29 ? '29.08.2026' : `${day}.08.2026`;
                return { body: latin(valCurs(date, 'windows-1251', '78,4049', 'Доллар США')) };
            },
            { from: '2026-08-29', to: '2026-08-31' },
        );
        expect(found).toEqual(['2026-08-29 USD 78.4049', '2026-08-29 JPY 0.480835']);
    });

    it('BNM writes UTF-8 and points', async () => {
        const body = valCurs('28.08.2026', 'UTF-8', '16.8731', 'Dolar S.U.A.');
        const found = await read('bnm', () => ({ body }), { from: '2026-08-28', to: '2026-08-28' });
        expect(found).toEqual(['2026-08-28 USD 16.8731', '2026-08-28 JPY 0.480835']);
    });

    it('BNR has multipliers, and a dash where there is no rate', async () => {
        expect(await read('bnr', () => ({ body: bnr }))).toEqual([
            '2026-08-25 USD 4.5',
            '2026-08-26 EUR 5.2589',
            '2026-08-26 HUF 0.014592',
        ]);
    });

    it('BNR has no file of a year that has just begun, and has one of every other', async () => {
        const days = { from: '2026-08-25', to: '2027-01-01', currencies: ['EUR'] };
        const without = (year: number) => (path: string) =>
            path.includes(String(year)) ? { status: 404 } : { body: bnr };
        expect(await read('bnr', without(2027), days)).toEqual(['2026-08-26 EUR 5.2589']);
        await mock?.close();
        await expect(read('bnr', without(2026), days)).rejects.toThrow('not what the bank');
    });

    it.each<[BankName, MockReply, string]>([
        ['ecb', { body: '<html><body>Maintenance</body></html>' }, 'not what the bank promises'],
        ['cbr', { body: '<ValCurs Date="" name="x"/>' }, 'not what the bank promises'],
        ['bnr', { body: bnr.replace('4.5000', '0') }, 'not what the bank promises'],
        ['nbp', { body: '[{"effectiveDate":"soon","rates":[]}]' }, 'not what the system promises'],
        ['bnm', { status: 500 }, '7 tries'],
    ])('%s that answers something else is refused', async (bank, reply, message) => {
        await expect(read(bank, () => reply)).rejects.toThrow(message);
    });
});
