import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountText, unitsOf } from '../../pipelines/sources/files/statements/balance.ts';
import { type Entry, entryIds } from '../../pipelines/sources/files/statements/entry.ts';
import { readMt940 } from '../../pipelines/sources/files/statements/mt940.ts';
import { detailsOf } from '../../pipelines/sources/files/statements/mt940-details.ts';

async function* pieces(text: string, size: number) {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function mt940(lines: readonly string[], size = 7) {
    const entries: (readonly [Entry, number])[] = [];
    await readMt940({
        text: pieces(`:20:A\n:25:DE1\n:60F:C250101EUR0,00\n${lines.join('\n')}\n-\n`, size),
        name: 'a.sta',
        checksBalance: false,
        sink: {
            entry: (entry, line) => entries.push([entry, line]),
            isDone: () => false,
            drain: async () => {},
            note: () => {},
        },
    });
    return entries;
}

describe('an entry of MT940', () => {
    it.each([
        [':61:2512310102CR1,00NTRFNONREF', '2026-01-02', '1.00', 'credit'],
        [':61:2601021231C1,NTRFNONREF', '2025-12-31', '1', 'credit'],
        [':61:260302D,5NTRFNONREF', '2026-03-02', '-0.5', 'debit'],
        [':61:2602300301DR6,00N024NONREF', '2026-03-01', '-6.00', 'debit'],
        [':61:9912310101RC000000000010,20NTRFX', '2000-01-01', '-10.20', 'credit_reversal'],
        [':61:260302RDR3NTRFX', '2026-03-02', '3', 'debit_reversal'],
        [':61:260302ED3,NTRFX', '2026-03-02', '-3', 'pending'],
    ])('%s is booked on %s with %s, a %s', async (line, booking_date, amount, movement) => {
        const [found] = await mt940([line, ':62F:C260301EUR1,00']);
        expect(found).toMatchObject([{ booking_date, amount, movement }, 4]);
    });

    it('reads the same however the file comes in pieces', async () => {
        const lines = [
            ':61:2601020102C1,00NTRFR1//B1',
            'more',
            ':86:166?20SVWZ+a',
            'b?32N',
            ':62F:C260301EUR1,00',
        ];
        const whole = await mt940(lines, 10_000);
        for (const size of [1, 2, 3, 50]) expect(await mt940(lines, size)).toEqual(whole);
    });
});

describe('field 86', () => {
    it.each([
        // Full sub-fields go on in the next one; one that is not full ends with a word.
        [
            ['166?20SVWZ+123456789 123456789 12?213?22 end?23next'],
            { purpose: '123456789 123456789 123 end next' },
        ],
        [
            ['166?20EREF+abcdefghijklmnopqrstuv?21wxyz?22SVWZ+text'],
            { end_to_end_id: 'abcdefghijklmnopqrstuvwxyz', purpose: 'text' },
        ],
        [
            ['166?20EREF+NOTPROVIDED?21KREF+K1?22MREF+M1?23CRED+C1?24SVWZ+Danke'],
            { end_to_end_id: undefined, reference: 'K1', purpose: 'Danke' },
        ],
        [
            ['166?00GUTSCHRIFT?31 DE1 ?32A?33B'],
            { purpose: 'GUTSCHRIFT', counterparty_account: 'DE1', counterparty_name: 'A B' },
        ],
        [
            [' 020~00Wyplata~20FAKTURA 333/2~38PL08'],
            { code: '020', purpose: 'FAKTURA 333/2', counterparty_account: 'PL08' },
        ],
        [['166?20Wirklich? Ja?60und mehr'], { purpose: 'Wirklich? Ja und mehr' }],
        [['999PN5477SCHECK'], { purpose: '999PN5477SCHECK' }],
        [['Invoice 1', 'of Jones'], { purpose: 'Invoice 1 of Jones' }],
        [[''], { purpose: undefined }],
    ])('%j says %j', (lines, expected) => {
        expect(detailsOf(lines)).toMatchObject(expected);
    });
});

describe('amounts', () => {
    it('are exact, and written with two decimals or more', () => {
        expect(
            ['0', '-1.5', '1234567890123.456', '12.3400'].map((one) =>
                amountText(unitsOf(one) ?? 0n),
            ),
        ).toEqual(['0.00', '-1.50', '1234567890123.456', '12.34']);
        expect(['', '1,5', '1.2.3', '1e3', '1.1234567'].map(unitsOf)).toEqual(
            Array.from({ length: 5 }, () => undefined),
        );
        fc.assert(
            fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (units) => {
                expect(unitsOf(amountText(units))).toBe(units);
            }),
        );
    });
});

describe('ids of entries', () => {
    const entry = (day: string, amount: string, statement_id: string): Entry => ({
        own_account: 'A',
        booking_date: day,
        amount,
        movement: 'credit',
        statement_id,
    });

    it('are those of the entry whatever stands beside it, and of equal ones two', () => {
        const days = fc.array(
            fc.record({
                day: fc.constantFrom('01', '02', '03'),
                amount: fc.constantFrom('1', '2'),
            }),
        );
        fc.assert(
            fc.property(days, days, (one, other) => {
                const idsOf = (entries: typeof one, statement: string) => {
                    const idOf = entryIds('a');
                    return entries.map(({ day, amount }) => idOf(entry(day, amount, statement), 1));
                };
                const ids = idsOf([...one, ...other], 'month');
                expect(new Set(ids).size).toBe(ids.length);
                expect(idsOf(one, 'day')).toEqual(ids.slice(0, one.length));
            }),
        );
    });

    it('are refused where too many entries come in no order', () => {
        const idOf = entryIds('a.sta');
        for (let at = 0; at <= 100_000; at += 1) idOf(entry('01', `${at}`, ''), at);
        idOf(entry('02', '1', ''), 1);
        idOf(entry('02', '2', ''), 1);
        expect(() => idOf(entry('01', '1', ''), 7)).toThrow('not in the order of their days');
    });
});
