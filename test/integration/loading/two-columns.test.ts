import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countsOf, createTestCompany, csv, failureOf, type TestCompany } from './company.ts';

let company: TestCompany;
beforeEach(() => {
    company = createTestCompany();
});
afterEach(() => company.close());

const constants = { kind: 'payment', currency_code: 'EUR' };

function configure(columns: object, rest: object = {}) {
    company.configure([
        { name: 'bank', stream: 'payments', files: ['bank/*'], columns, constants, ...rest },
    ] as never);
}

const rows = async () =>
    (
        await company.query(
            'select payment_id, net_amount from raw_files.payments order by payment_id',
        )
    ).map((row) => Object.values(row));

describe('a column less another', () => {
    const columns = {
        payment_id: 'Id',
        paid_at: 'Date',
        net_amount: { column: 'Debit', minus: 'Credit' },
    };
    const header = 'Id,Date,Debit,Credit';

    it('is money in, or money out with a minus, whatever stands for nothing', async () => {
        company.write(
            'bank/1.csv',
            csv(header, '1,2026-07-01,10.50,', '2,2026-07-01,7,0.00', '3,2026-07-02,0,0'),
        );
        company.write('bank/2.csv', csv(header, '4,2026-07-03,,2.25', '5,2026-07-03,0.00,€1.10'));
        configure(columns, { constants: { currency_code: 'EUR' }, ...kindsOf('4', '5') });
        countsOf(await company.load());
        expect(await rows()).toEqual([
            ['1', '10.50'],
            ['2', '7.00'],
            ['3', '0.00'],
            ['4', '-2.25'],
            ['5', '-1.10'],
        ]);
    });

    it('is read from typed columns of NDJSON, too', async () => {
        company.write('bank/1.ndjson', '{"Id":"1","Date":"2026-07-01","Debit":10.5,"Credit":0}\n');
        configure(columns);
        countsOf(await company.load());
        expect(await rows()).toEqual([['1', '10.50']]);
    });

    it('is rejected where both are filled, and shows both', async () => {
        company.write('bank/1.csv', csv(header, '1,2026-07-01,5.00,3.00'));
        configure(columns);
        expect(failureOf(await company.load()).message).toContain("got '5.00 - 3.00'");
    });

    it('is refused where the file lacks one, or the column is no number', async () => {
        company.write('bank/1.csv', csv('Id,Date,Debit', '1,2026-07-01,5.00'));
        configure(columns);
        expect(failureOf(await company.load()).message).toContain('has no column Credit');
        configure({ ...columns, paid_at: { column: 'Date', minus: 'Id' } });
        await expect(company.load()).rejects.toThrow('payments.paid_at is no number');
    });
});

/** Refunds are told by their ids: a constant says one kind only. */
function kindsOf(...refunds: readonly string[]) {
    const values = Object.fromEntries(
        ['1', '2', '3', '4', '5'].map((id) => [id, refunds.includes(id) ? 'refund' : 'payment']),
    );
    return {
        columns: {
            payment_id: 'Id',
            paid_at: 'Date',
            net_amount: { column: 'Debit', minus: 'Credit' },
            kind: { column: 'Id', values },
        },
    };
}

describe('columns joined to an id', () => {
    const columns = {
        payment_id: { column: ['Date', 'Name', 'Amount'], joined: true },
        paid_at: 'Date',
        net_amount: 'Amount',
    };
    const header = 'Date,Name,Amount,Text';
    const july = csv(header, '2026-07-02,B,5,x', '2026-07-01,A,5,y', '2026-07-02,B,5,w');

    it('number rows that are equal in them, the same each time', async () => {
        company.write('bank/1.csv', july);
        configure(columns);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 3, duplicate: 0 });
        expect(await rows()).toEqual([
            ['2026-07-01|A|5', '5.00'],
            ['2026-07-02|B|5', '5.00'],
            ['2026-07-02|B|5#2', '5.00'],
        ]);
        expect(countsOf(await company.load({ isFullRefresh: true }))).toMatchObject({
            read: 3,
            rejected: 0,
        });
    });

    it('are read from NDJSON, too', async () => {
        const row = '{"Date":"2026-07-01","Name":"A","Amount":5}\n';
        company.write('bank/1.ndjson', row + row);
        company.write('bank/2.ndjson', row);
        configure(columns);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 2, duplicate: 1 });
    });

    it('know a payment again in a later file that overlaps', async () => {
        company.write('bank/1.csv', july);
        company.write(
            'bank/2.csv',
            csv(header, '2026-07-02,B,5,w', '2026-07-02,B,5,x', '2026-07-03,C,1,'),
        );
        configure(columns);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 4, duplicate: 2 });
    });

    it('leave the places of rows as the file has them', async () => {
        const days = Array.from({ length: 60 }, (_, at) => `2026-07-0${9 - (at % 9)},N,${at},`);
        company.write('bank/1.csv', csv(header, ...days, 'soon,N,1,', '2026-07-01,Z,2,'));
        company.write('bank/2.csv', csv(header, '2026-07-01,Z,9,', 'later,N,1,'));
        configure(columns, { max_reject_share: 0.9 });
        countsOf(await company.load());
        const places = await company.query(
            'select file, row, got from jointly.rejects order by file',
        );
        expect(places).toEqual([
            { file: 'bank/1.csv', row: 61, got: 'soon' },
            { file: 'bank/2.csv', row: 2, got: 'later' },
        ]);
    });

    it('are refused where the file lacks one, or the column is no text', async () => {
        company.write('bank/1.csv', csv('Date,Amount', '2026-07-01,5'));
        configure(columns);
        expect(failureOf(await company.load()).message).toContain('has no column Name');
        configure({ ...columns, net_amount: { column: ['Date', 'Amount'], joined: true } });
        await expect(company.load()).rejects.toThrow('payments.net_amount is no text');
    });
});

describe('a part of a cell', () => {
    const columns = {
        payment_id: 'Id',
        paid_at: 'Date',
        net_amount: { column: 'Amount', extract: '([0-9]+[.][0-9]+) EUR' },
        deal_id: { column: ['Ref', 'Text'], extract: "deal[ '#]+([A-Z]+-[0-9]+)" },
    };
    const deals = async () => {
        const found = await company.query(
            `select payment_id, net_amount, deal_id, _extra ->> 'Text' as text
            from raw_files.payments order by payment_id`,
        );
        return found.map((row) => Object.values(row));
    };

    it('is taken from the first column in which it is found, and the whole text is kept', async () => {
        company.write(
            'bank/1.csv',
            csv(
                'Id,Date,Amount,Ref,Text',
                "1,2026-07-01,paid 5.00 EUR,,for deal '#D-1 thanks",
                '2,2026-07-01,6.50 EUR,deal E-2,for deal D-3',
                '3,2026-07-01,7.00 EUR,NONREF,no number',
            ),
        );
        configure(columns);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 3, rejected: 0 });
        expect(await deals()).toEqual([
            ['1', '5.00', 'D-1', "for deal '#D-1 thanks"],
            ['2', '6.50', 'E-2', 'for deal D-3'],
            ['3', '7.00', null, 'no number'],
        ]);
    });

    it('is taken from NDJSON, too, and missed where it has to be', async () => {
        const row = (id: string, amount: string) =>
            `{"Id":"${id}","Date":"2026-07-01","Amount":"${amount}","Text":"deal #D-9"}\n`;
        company.write('bank/1.ndjson', row('1', '5.00 EUR') + row('2', '5.00 USD'));
        configure({ ...columns, deal_id: { ...columns.deal_id, column: 'Text' } });
        expect(failureOf(await company.load()).message).toContain(
            'row 2 (line 2), column net_amount (Amount)',
        );
        configure(
            { ...columns, deal_id: { ...columns.deal_id, column: 'Text' } },
            { max_reject_share: 0.5 },
        );
        countsOf(await company.load());
        expect(await deals()).toEqual([['1', '5.00', 'D-9', 'deal #D-9']]);
    });
});
