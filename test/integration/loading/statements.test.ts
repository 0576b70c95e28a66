import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countsOf, createTestCompany, failureOf, only, type TestCompany } from './company.ts';
import { zip } from './pack.ts';

let company: TestCompany;
beforeEach(() => {
    company = createTestCompany();
});
afterEach(() => company.close());

const fixture = (name: string) => readFileSync(`test/fixtures/statements/${name}`, 'utf8');

const deal = { deal_id: { column: ['purpose', 'end_to_end_id'], extract: '(RE-[0-9]+)' } };

function configure(layout: string, rest: object = {}) {
    company.configure([
        { name: 'bank', stream: 'payments', files: ['bank/*'], layout, ...rest },
    ] as never);
}

async function load(
    layout: string,
    files: Readonly<Record<string, string | Uint8Array>>,
    rest: object = {},
) {
    for (const [name, content] of Object.entries(files)) company.write(`bank/${name}`, content);
    configure(layout, rest);
    return company.load();
}

const payments = async () => {
    const rows = await company.query<Record<string, string | null>>(
        `select strftime(timezone('Europe/Bucharest', timezone('UTC', paid_at)), '%Y-%m-%d') as day, kind, net_amount, currency_code, deal_id
        from raw_files.payments order by day, net_amount, deal_id`,
    );
    return rows.map((row) => Object.values(row).join(' '));
};

/** Text in an encoding of which every letter is one byte. */
function encoded(text: string, encoding: string): Uint8Array {
    const decoder = new TextDecoder(encoding);
    const bytes = new Map(
        Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]),
    );
    return Uint8Array.from(text, (letter) => bytes.get(letter) ?? 0x3f);
}

describe('1CClientBankExchange', () => {
    const text = fixture('kl_to_1c.txt');
    const read = ['2026-09-01 payment 53245.50 RUB 431'];
    const number = { deal_id: { column: 'purpose', extract: 'счету № ([0-9]+)' } };

    it.each([
        ['windows-1251', encoded(text.replaceAll('\n', '\r\n'), 'windows-1251')],
        [
            'the one of DOS',
            encoded(text.replace('=Windows', '=DOS').replaceAll('№', 'N'), 'ibm866'),
        ],
        ['UTF-8 under the old name', `\ufeff${text}`],
    ])('is read in %s', async (encoding, content) => {
        const pattern = encoding === 'the one of DOS' ? 'счету N ([0-9]+)' : 'счету № ([0-9]+)';
        const columns = { deal_id: { column: 'purpose', extract: pattern } };
        const outcome = await load('1c-client-bank', { 'kl_to_1c.txt': content }, { columns });
        // Rent and the transfer between own accounts are left out.
        expect(countsOf(outcome)).toMatchObject({ read: 3, inserted: 1, leftOut: 2, rejected: 0 });
        expect(await payments()).toEqual(read);
    });

    it('is read with a section for each day, names and purposes in parts, another currency', async () => {
        const content = fixture('usd_to_1c.txt');
        const outcome = await load('1c-client-bank', { 'a.txt': content }, { columns: number });
        // Equal payments of one day are two.
        expect(countsOf(outcome)).toMatchObject({ inserted: 3, duplicate: 0 });
        expect(await payments()).toEqual([
            '2026-09-01 payment 8000.25 USD 9',
            '2026-09-02 payment 0.50 USD 9',
            '2026-09-02 payment 0.50 USD 9',
        ]);
    });

    it('keeps what it knows of an entry beside the columns of the stream', async () => {
        await load('1c-client-bank', { 'a.txt': text });
        const [row] = await company.query<{ extra: string }>(
            'select cast(_extra as varchar) as extra from raw_files.payments',
        );
        expect(JSON.parse(row?.extra ?? '')).toMatchObject({
            counterparty_name: 'ООО "Вандер"',
            counterparty_account: '40702810500000000555',
            purpose: 'Оплата по счету № 431 от 28.08.2026, в том числе НДС 20% 8874.25',
            reference: '115',
            document_date: '2026-08-31',
        });
    });

    it('sets a payment aside whose day is not said, and takes the one of the document when told', async () => {
        const undated = text.replace('ДатаПоступило=01.09.2026\n', '');
        const failure = failureOf(await load('1c-client-bank', { 'a.txt': undated }));
        expect(failure.what).toContain(
            'bank/a.txt, row 1 (line 30), column paid_at (booking_date)',
        );
        const columns = { paid_at: ['booking_date', 'document_date'] };
        expect(
            countsOf(await load('1c-client-bank', { 'a.txt': undated }, { columns })),
        ).toMatchObject({ inserted: 1 });
        expect(await payments()).toEqual(['2026-08-31 payment 53245.50 RUB ']);
    });

    it.each([
        [
            'a file that is cut in a document',
            text.slice(0, text.indexOf('Сумма=15000')),
            3,
            'the section that begins in line 45 does not end.',
            45,
        ],
        [
            'a file that is cut behind one',
            text.replace('КонецФайла\n', ''),
            3,
            'does not end with КонецФайла.',
            undefined,
        ],
        [
            'orders to a bank',
            text.replace(/СекцияРасчСчет[\s\S]*КонецРасчСчет\n/, ''),
            3,
            'holds orders to a bank, not what the bank booked.',
            undefined,
        ],
        [
            'a section of another kind',
            text.replace('СекцияДокумент=Платежное поручение', 'СекцияПлатежВФонд'),
            1,
            'has a section of a kind that no statement has.',
            30,
        ],
        [
            'a line of no section',
            text.replace('КонецФайла', 'Итого: 3'),
            1,
            'has a line that belongs to no section.',
            67,
        ],
        [
            'wrong sums',
            text.replace('КонечныйОстаток=137745.50', 'КонечныйОстаток=137745.00'),
            1,
            'the entries of account 40702810900000000001 do not lead to its closing balance.',
            12,
        ],
        [
            'an amount that is none',
            text.replace('=53245.50\nПлат', '=53 245-50\nПлат'),
            1,
            'an amount cannot be read.',
            30,
        ],
        [
            'a document of somebody else',
            text.replace(
                'ПолучательСчет=40702810900000000001',
                'ПолучательСчет=40702810900000000003',
            ),
            1,
            'a document is of no account of the file.',
            30,
        ],
    ])('refuses %s as a whole', async (_, content, exitCode, what, line) => {
        expect(content).not.toBe(text);
        const failure = failureOf(await load('1c-client-bank', { 'a.txt': content }));
        expect(failure).toMatchObject({ exitCode, ...(line ? { line } : {}) });
        expect(failure.what).toContain(what);
        expect(failure.fix).toBeDefined();
        expect(await payments()).toEqual([]);
    });

    it('says which encoding to set when it is another', async () => {
        const bytes = encoded(text, 'windows-1251');
        const format = { type: '1c_client_bank', encoding: 'windows-1252' };
        expect(
            failureOf(await load('1c-client-bank', { 'a.txt': bytes }, { format })),
        ).toMatchObject({
            what: 'bank/a.txt is written in another encoding than it says.',
            line: 2,
            fix: expect.stringContaining('format.encoding'),
        });
    });
});

describe('CAMT.053', () => {
    const old = fixture('camt053-02.xml');
    const current = fixture('camt053-08.xml');

    it('is read in version 2: a batch as its payments, reversals as refunds, nothing pending', async () => {
        const outcome = await load('camt-053', { 'a.xml': old }, { columns: deal });
        // Rent and what is pending are left out.
        expect(countsOf(outcome)).toMatchObject({ read: 5, inserted: 3, leftOut: 2 });
        expect(await payments()).toEqual([
            '2026-03-02 refund -12.00 EUR RE-1',
            '2026-03-02 payment 36.00 EUR RE-2',
            '2026-03-02 payment 147.00 EUR RE-1',
        ]);
        const [row] = await company.query<{ extra: string }>(
            `select cast(_extra as varchar) as extra from raw_files.payments where net_amount = 36`,
        );
        expect(JSON.parse(row?.extra ?? '')).toMatchObject({
            counterparty_name: 'Smith & Sons',
            bank_reference: 'T-2',
            end_to_end_id: 'E-2',
            purpose: 'Invoice RE-2',
            own_account: 'FI2112345600000785',
        });
    });

    it.each([
        ['8', current],
        [
            '4',
            current
                .replaceAll('camt.053.001.08', 'camt.053.001.04')
                .replace(/<n:Cd>BOOK<.n:Cd>/g, 'BOOK')
                .replace(/<\/?n:Pty>/g, ''),
        ],
    ])('is read in version %s: what came back by its code or reason', async (_, content) => {
        const outcome = await load('camt-053', { 'a.xml': content });
        // A transfer of ours that came back is no payment of a client.
        expect(countsOf(outcome)).toMatchObject({ read: 5, inserted: 4, leftOut: 1 });
        expect(await payments()).toEqual([
            '2026-10-02 refund -10.00 CHF ',
            '2026-10-02 payment 100.50 CHF ',
            '2026-10-02 payment 3360.00 CHF ',
            '2026-10-03 refund -60.00 CHF ',
        ]);
        const [row] = await company.query<{ extra: string }>(
            `select cast(_extra as varchar) as extra from raw_files.payments where net_amount = 3360`,
        );
        expect(JSON.parse(row?.extra ?? '')).toMatchObject({
            counterparty_name: 'Claudia Müller',
            reference: '000000000000000000000000016',
            own_account: '123-456',
        });
    });

    it('takes an entry as one where its transactions do not make it up, and says so', async () => {
        const content = old.replace('>36.00</Amt></TxAmt>', '>35.00</Amt></TxAmt>');
        const outcome = only(await load('camt-053', { 'a.xml': content }));
        expect(outcome).toMatchObject({
            counts: { inserted: 2 },
            notes: [expect.stringContaining('1 batch booking read as one row each')],
        });
        expect(await payments()).toContain('2026-03-02 payment 183.00 EUR ');
    });

    it('keeps the amount that was booked, whatever was ordered in another currency', async () => {
        const content = old.replace(
            '<TxDtls><RltdPties><Dbtr><Nm>Klara',
            '<TxDtls><AmtDtls><InstdAmt><Amt Ccy="USD">14.00</Amt></InstdAmt></AmtDtls><RltdPties><Dbtr><Nm>Klara',
        );
        expect(content).not.toBe(old);
        await load('camt-053', { 'a.xml': content });
        expect(await payments()).toContain('2026-03-02 refund -12.00 EUR ');
    });

    it('is read in UTF-16, and with nothing booked', async () => {
        const empty = old.replace(/<Ntry>[\s\S]*<.Ntry>/, '').replace('>191.00<', '>100.00<');
        const outcome = await load('camt-053', {
            'a.xml': Buffer.from(`\ufeff${old.replace('UTF-8', 'UTF-16')}`, 'utf16le'),
            'b.xml': empty,
        });
        expect(countsOf(outcome)).toMatchObject({ read: 5, inserted: 3 });
    });

    it('is read in the encoding that it says', async () => {
        const text = current.replace('UTF-8', 'ISO-8859-1');
        await load('camt-053', { 'a.xml': encoded(text, 'windows-1252') });
        const rows = await company.query(
            `select 1 from raw_files.payments where cast(_extra as varchar) like '%Claudia Müller%'`,
        );
        expect(rows).toHaveLength(1);
    });

    it.each([
        [
            'a file that is cut',
            old.slice(0, old.indexOf('Smith')),
            3,
            'nothing closes <TxDtls>.',
            26,
        ],
        [
            'a file that is cut between entries',
            old.slice(0, old.indexOf('</Stmt>')),
            3,
            'nothing closes <Stmt>.',
            5,
        ],
        [
            'an order of payments',
            old.replaceAll('BkToCstmrStmt', 'CstmrCdtTrfInitn'),
            3,
            'is an order of payments (pain.001), not what the bank booked.',
            3,
        ],
        [
            'a report within the day',
            old.replaceAll('BkToCstmrStmt', 'BkToCstmrAcctRpt'),
            3,
            'is a report within the day (camt.052)',
            3,
        ],
        [
            'a notification',
            old.replaceAll('BkToCstmrStmt', 'BkToCstmrDbtCdtNtfctn'),
            3,
            'is a notification (camt.054)',
            3,
        ],
        [
            'a page of a bank',
            '<!DOCTYPE html>\n<html><body>Log in</body></html>',
            3,
            'is a page of a website',
            2,
        ],
        [
            'other XML',
            '<?xml version="1.0"?><orders><order/></orders>',
            3,
            'is no CAMT.053 statement.',
            undefined,
        ],
        ['no XML at all', 'Date;Amount\n', 3, 'is no CAMT.053 statement.', undefined],
        [
            'wrong sums',
            old.replace('>191.00<', '>190.00<'),
            1,
            'do not lead to its closing balance.',
            9,
        ],
        [
            'an amount that is none',
            old.replace('>80.00<', '>80,00<'),
            1,
            'an amount cannot be read.',
            34,
        ],
        [
            'a statement of no account',
            old.replace(/<Acct>.*<.Acct>/, ''),
            1,
            'does not say of which account it is.',
            5,
        ],
    ])('refuses %s as a whole', async (_, content, exitCode, what, line) => {
        const failure = failureOf(await load('camt-053', { 'a.xml': content }));
        expect(failure).toMatchObject({ exitCode, ...(line ? { line } : {}) });
        expect(failure.what).toContain(what);
        expect(failure.fix).toBeDefined();
        expect(await payments()).toEqual([]);
    });
});

describe('MT940', () => {
    const german = fixture('german.sta');
    const pages = fixture('pages.sta');

    it('is read with German sub-fields, several statements, reversals and a new year', async () => {
        const outcome = await load('mt940', { 'a.sta': german }, { columns: deal });
        // Rent and a debit that the bank took back are left out.
        expect(countsOf(outcome)).toMatchObject({ read: 8, inserted: 6, leftOut: 2 });
        expect(await payments()).toEqual([
            '2026-01-02 payment 119.00 EUR RE-10012',
            '2026-01-03 refund -19.00 EUR ',
            '2026-01-05 refund -100.00 EUR RE-77',
            '2026-01-06 payment 10.00 EUR ',
            '2026-01-06 payment 10.00 EUR ',
            '2026-01-06 payment 75.50 EUR RE-10013',
        ]);
        const [row] = await company.query<{ extra: string }>(
            `select cast(_extra as varchar) as extra from raw_files.payments where net_amount = 119`,
        );
        expect(JSON.parse(row?.extra ?? '')).toEqual({
            value_date: '2025-12-31',
            document_date: null,
            counterparty_name: 'MUELLER UND SOEHNE BAUELEMENTE GMBH',
            counterparty_account: 'DE02120300000000202051',
            reference: null,
            bank_reference: 'B1',
            end_to_end_id: 'R-5',
            purpose: 'Rechnung RE-10012 Kundennr 77',
            code: '166',
            own_account: 'DE89370400440532013000',
            statement_id: '00012/001',
        });
    });

    it('is read in pages with the headers of the network and plain text', async () => {
        const content = pages.replaceAll('\n', '\r\n');
        await load('mt940', { 'statement.txt': content }, { columns: deal });
        expect(await payments()).toEqual([
            '2026-02-28 payment 100.00 EUR RE-20001',
            '2026-03-01 payment 0.50 EUR RE-20002',
        ]);
    });

    it('counts an entry once that is in the statement of the day and in that of the month', async () => {
        const day = german.slice(german.indexOf(':20:', 5));
        const outcome = await load('mt940', { 'day.sta': day, 'month.sta': german });
        expect(countsOf(outcome)).toMatchObject({ read: 11, inserted: 6, duplicate: 3 });
        const [sum] = await company.query('select sum(net_amount) as sum from raw_files.payments');
        expect(sum).toEqual({ sum: '95.50' });
    });

    it('keeps refunds of clients when told how to know them', async () => {
        const skip_rows = [
            {
                column: 'movement',
                values: ['debit'],
                unless: { column: 'purpose', pattern: '^(Erstattung|Miete)' },
            },
        ];
        const outcome = await load('mt940', { 'a.sta': german }, { skip_rows });
        expect(countsOf(outcome)).toMatchObject({ inserted: 7, leftOut: 1 });
        expect(await payments()).toContain('2026-01-02 refund -250.00 EUR ');
    });

    it('is no payment before it is booked', async () => {
        const expected = pages.replace('C0,5N078', 'EC0,5N078').replace('1100,50\n', '1100,00\n');
        expect(countsOf(await load('mt940', { 'a.sta': expected }))).toMatchObject({
            inserted: 1,
            leftOut: 1,
        });
    });

    it.each([
        [
            'a file that is cut',
            german.slice(0, german.indexOf(':62F:')),
            3,
            'the statement that begins in line 1 has no closing balance',
            1,
        ],
        [
            'a statement that is cut before the next',
            german.replace(/:62F:C260105EUR790,00\n:64:[^\n]*\n-\n/, ''),
            3,
            'the statement that begins in line 1 has no closing balance',
            1,
        ],
        [
            'an unknown line',
            german.replace(':28C:00012/001', ':28C:00012/001\nSaldo 5'),
            1,
            'has a line that is no field of MT940.',
            4,
        ],
        [
            'an entry that is none',
            german.replace('DR250,00', 'X250,00'),
            1,
            'an entry cannot be read.',
            9,
        ],
        [
            'a balance that is none',
            german.replace('C251230EUR1000,00', 'C251230EUR1.000,00'),
            1,
            'a balance cannot be read.',
            4,
        ],
        [
            'an entry without an opening balance',
            german.replace(':60F:C251230EUR1000,00\n', ''),
            1,
            'has no account or no opening balance.',
            4,
        ],
        [
            'an interim report',
            german.replace(':60F:', ':34F:'),
            3,
            'is an interim report (MT942)',
            4,
        ],
        [
            'wrong sums',
            german.replace('45,50\n-', '45,00\n-'),
            1,
            'the entries of account DE02370400440532013001 do not lead',
            31,
        ],
        ['a table', 'Buchungstag;Betrag\n', 3, 'is no MT940 statement.', undefined],
        [
            'fields without a beginning',
            german.replace(':20:STARTUMSE\n', ''),
            1,
            'a field stands above the beginning of its statement.',
            1,
        ],
    ])('refuses %s as a whole', async (_, content, exitCode, what, line) => {
        const failure = failureOf(await load('mt940', { 'a.sta': content }));
        expect(failure).toMatchObject({ exitCode, ...(line ? { line } : {}) });
        expect(failure.what).toContain(what);
        expect(failure.fix).toBeDefined();
        expect(await payments()).toEqual([]);
    });

    it('loads entries that do not lead to the balance only when told', async () => {
        const partial = german.replace('C260105EUR790,00\n:64', 'C260105EUR800,00\n:64');
        const failure = failureOf(await load('mt940', { 'a.sta': partial }));
        expect(failure).toMatchObject({
            expected: '1000.00 + -210.00 = 790.00',
            got: 'a closing balance of 800.00, which is 10.00 more',
            fix: expect.stringContaining('check_balance: false'),
        });
        const format = { type: 'mt940', check_balance: false };
        const outcome = await load('mt940', { 'a.sta': partial }, { format });
        expect(countsOf(outcome)).toMatchObject({ inserted: 6 });
    });

    it('names the encoding that has to be set', async () => {
        const bytes = encoded(german.replace('ANNA', 'JÜRGEN'), 'windows-1252');
        expect(failureOf(await load('mt940', { 'a.sta': bytes }))).toMatchObject({
            what: 'bank/a.sta is not written in utf-8.',
            fix: expect.stringContaining("'windows-1252'"),
        });
        const format = { type: 'mt940', encoding: 'windows-1252' };
        countsOf(await load('mt940', { 'a.sta': bytes }, { format }));
    });
});

it('is read from archives, packed, under any name, and without a layout', async () => {
    const columns = {
        payment_id: 'entry_id',
        paid_at: 'value_date',
        net_amount: 'amount',
        currency_code: 'currency',
    };
    company.write('zip/all.zip', zip({ 'a/1.txt': fixture('pages.sta') }));
    company.write('gz/b.txt.gz', gzipSync(fixture('german.sta')));
    company.configure([
        {
            name: 'one',
            stream: 'payments',
            files: ['zip/*'],
            columns,
            constants: { kind: 'payment' },
        },
        {
            name: 'two',
            stream: 'payments',
            files: ['gz/*'],
            layout: 'mt940',
        },
    ] as never);
    expect(countsOf(await company.load())).toMatchObject({ read: 10, inserted: 8 });
    expect(await payments()).toEqual(
        expect.arrayContaining(['2026-01-02 payment 119.00 EUR ', '2026-03-01 payment 0.50 EUR ']),
    );
});
