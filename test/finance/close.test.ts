import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accrualRows } from '../../pipelines/finance/accruals.ts';
import {
    payPeriod,
    previewPeriod,
    previewPeriods,
    reopenPeriod,
    signPeriod,
} from '../../pipelines/finance/close.ts';
import type { ComputedPay } from '../../pipelines/finance/computed.ts';
import type { LedgerLine } from '../../pipelines/finance/entry.ts';
import { readLedger } from '../../pipelines/finance/ledger.ts';
import { amountOf, cents, sumOf } from '../../pipelines/finance/money.ts';
import { listPeriods } from '../../pipelines/finance/periods.ts';
import { termsOf } from '../../pipelines/finance/terms.ts';
import { memoryDisk } from '../support/memory-disk.ts';
import { actor, payOf, question, rules, statement, words } from './pay.ts';

type Memory = ReturnType<typeof memoryDisk>;

function sign({ disk }: Memory, period: string, pay: ComputedPay, more = {}) {
    return signPeriod(disk, question(period, readLedger(disk), pay, more), words, actor);
}
const payable = ({ disk }: Memory, period: string) =>
    Object.fromEntries(
        readLedger(disk)
            .entries.find((one) => one.period === period && one.action === 'signed')
            ?.signedLines.filter(({ line_type }) => line_type === 'total')
            .map((line) => [line.payee_id, line.amount]) ?? [],
    );
const october = (september: string) =>
    payOf(
        statement('boris', '2026-09', [september], { value: september }),
        statement('boris', '2026-10', ['500.00']),
    );

describe('a late payment of a signed month', () => {
    it('becomes +60.00 in October and leaves September at 2,040.00, once', () => {
        const memory = memoryDisk();
        sign(memory, '2026-09', payOf(statement('boris', '2026-09', ['2040.00'])));
        const september = [...memory.files];
        sign(memory, '2026-10', october('2100.00'));
        expect(payable(memory, '2026-09')).toEqual({ boris: '2040.00' });
        expect(payable(memory, '2026-10')).toEqual({ boris: '560.00' });
        expect([...memory.files].slice(0, 2)).toEqual(september);
        const lines = readLedger(memory.disk).entries[1]?.signedLines ?? [];
        expect(lines.find((line) => line.line_type === 'adjustment')).toMatchObject({
            corrects_period: '2026-09',
            cause: 'value_changed',
            amount: '60.00',
            explanation: 'adjusts 2026-09: 2040.00 to 2100.00',
        });
        const further = payOf(
            ...october('2100.00').statements,
            statement('boris', '2026-11', ['100.00']),
        );
        expect(
            previewPeriod(question('2026-11', readLedger(memory.disk), further), words).adjustments,
        ).toEqual([]);
    });

    it('stands in the year to date, beside the terms of payment and objection', () => {
        const memory = memoryDisk();
        const august = statement('boris', '2026-08', ['7.00']);
        const september = statement('boris', '2026-09', ['2040.00']);
        sign(memory, '2026-09', payOf(august, september));
        sign(memory, '2026-10', payOf(august, ...october('2100.00').statements));
        const heads = readLedger(memory.disk).entries.map(
            ({ signedLines }) => signedLines.at(-1)?.head,
        );
        expect(heads).toMatchObject([
            {
                ...{ year_start: '2026-01-01', year_earned_amount: '2047.00' },
                ...{ year_target_amount: '4000.00', plan_author_id: 'head_of_sales' },
                ...{ agreed_on: '2026-01-05', pay_on: '2026-10-25' },
                ...{ object_until: '2026-11-02', object_to: 'Olga, Finance' },
            },
            // 7.00 as computed, 2,040.00 as signed, 500.00, and 60.00 that belongs to September.
            { year_earned_amount: '2607.00', year_target_amount: '6000.00', pay_on: '2026-11-25' },
        ]);
    });

    it('is taken back by what it had been once the payment is taken back', () => {
        const memory = memoryDisk();
        sign(memory, '2026-09', payOf(statement('boris', '2026-09', ['2040.00'])));
        sign(memory, '2026-10', october('2100.00'));
        const november = [
            ...october('2040.00').statements,
            statement('boris', '2026-11', ['100.00']),
        ];
        sign(memory, '2026-11', payOf(...november));
        expect(payable(memory, '2026-11')).toEqual({ boris: '40.00' });
    });

    it('reaches a payee who has left, and takes back the pay of one who should have had none', () => {
        const memory = memoryDisk();
        const both = [
            statement('ana', '2026-09', ['10.00']),
            statement('boris', '2026-09', ['20.00']),
        ];
        sign(memory, '2026-09', payOf(...both));
        const carmen = statement('carmen', '2026-09', ['7.00'], { plan_id: null });
        sign(
            memory,
            '2026-10',
            payOf(
                statement('ana', '2026-09', ['15.00']),
                carmen,
                statement('boris', '2026-10', ['50.00']),
            ),
        );
        expect(payable(memory, '2026-10')).toEqual({ ana: '5.00', boris: '30.00', carmen: '7.00' });
        const causes = readLedger(memory.disk).entries[1]?.signedLines.flatMap(
            ({ payee_id, cause }) => (cause ? [[payee_id, cause]] : []),
        );
        expect(causes).toEqual([
            ['ana', 'value_changed'],
            ['boris', 'payee_removed'],
            ['carmen', 'payee_added'],
        ]);
    });

    it('is no pay for a payee whose id has changed, who would be paid once more', () => {
        const memory = memoryDisk();
        const months = ['2026-08', '2026-09'];
        const of = (payee: string) =>
            months.map((one) => {
                const { lines, ...rest } = statement(payee, one, ['2040.00']);
                return { ...rest, lines: lines.map((line) => ({ ...line, scope_id: payee })) };
            });
        for (const month of months) sign(memory, month, payOf(...of('boris')));
        const renamed = payOf(...of('ana'), statement('ana', '2026-10', ['1.00']));
        expect(() => sign(memory, '2026-10', renamed)).toThrow(
            'ana is paid what boris was paid for 2026-08, 2026-09',
        );
        const waivers = [{ check: 'payee_ids', reason: 'a deal of both months was hers' }];
        sign(memory, '2026-10', renamed, { waivers });
        expect(payable(memory, '2026-10')).toEqual({ ana: '4081.00', boris: '0.00' });
        // Pay that goes to somebody else in part is a correction like any other.
        const other = memoryDisk();
        sign(other, '2026-09', payOf(statement('boris', '2026-09', ['20.00'])));
        const ana = statement('ana', '2026-09', ['15.00']);
        sign(other, '2026-10', payOf(ana, statement('ana', '2026-10', ['1.00'])));
        expect(payable(other, '2026-10')).toEqual({ ana: '16.00', boris: '0.00' });
    });

    it('says of a component with the same result that what it is a share of has changed', () => {
        const memory = memoryDisk();
        const of = (amounts: string[]) => statement('boris', '2026-09', amounts, { value: '1000' });
        sign(memory, '2026-09', payOf(of(['1000.00', '-200.00'])));
        const october = payOf(of(['1100.00', '-220.00']), statement('boris', '2026-10', ['1.00']));
        sign(memory, '2026-10', october);
        expect(
            readLedger(memory.disk).entries[1]?.signedLines.flatMap(({ amount, cause }) =>
                cause ? [[amount, cause]] : [],
            ),
        ).toEqual([
            ['100.00', 'amount_changed'],
            ['-20.00', 'follows'],
        ]);
    });

    it('finds a line again under another name and in another place', () => {
        const memory = memoryDisk();
        sign(memory, '2026-09', payOf(statement('boris', '2026-09', ['100.00', '-20.00'])));
        const [line, multiplier] = statement('boris', '2026-09', ['100.00', '-20.00']).lines;
        const renamed = statement('boris', '2026-09', ['100.00', '-20.00'], {
            lines: [multiplier, { ...line, label: 'Bookings' }] as never,
        });
        const { adjustments } = previewPeriod(
            question(
                '2026-10',
                readLedger(memory.disk),
                payOf(renamed, statement('boris', '2026-10', ['1.00'])),
            ),
            words,
        );
        expect(adjustments).toEqual([]);
    });
});

describe('a guarantee of 1,000.00 in a month that is signed', () => {
    const guaranteed = { guaranteed_amount: '1000.00' };
    const may = (earned: string) => statement('boris', '2026-05', [earned], guaranteed);
    const june = statement('boris', '2026-06', ['1700.00'], guaranteed);

    it.each([
        ['has paid a late payment below it', '600.00', '900.00', '0.00'],
        ['has paid a part of one that goes beyond it', '600.00', '1100.00', '100.00'],
        [
            'keeps a late refund from taking more than was paid above it',
            '1200.00',
            '900.00',
            '-200.00',
        ],
        ['is not what a debt is paid from', '600.00', '-50.00', '-50.00'],
    ])('%s', (_, signed, now, adjusted) => {
        const memory = memoryDisk();
        sign(memory, '2026-05', payOf(may(signed)));
        const later = [may(now), june];
        sign(memory, '2026-06', payOf(...later));
        const lines = readLedger(memory.disk).entries[1]?.signedLines ?? [];
        const total = lines.at(-1)?.head;
        expect(total?.adjustment_amount).toBe(adjusted);
        expect(total?.year_earned_amount).toBe(amountOf(sumOf([now, '1700.00'])));
        const july = payOf(...later, statement('boris', '2026-07', ['1.00'], guaranteed));
        expect(
            previewPeriod(question('2026-07', readLedger(memory.disk), july), words).adjustments,
        ).toEqual([]);
    });
});

describe('a negative month', () => {
    it('is carried until it is made up for: 200, -50, 30 and 50 pay 200, 0, 0 and 30', () => {
        const memory = memoryDisk();
        const earned = ['200.00', '-50.00', '30.00', '50.00'];
        const statements = earned.map((one, index) =>
            statement('boris', `2026-0${index + 2}`, [one]),
        );
        const paid = statements.map(({ period }) => {
            sign(memory, period, payOf(...statements));
            return payable(memory, period).boris;
        });
        expect(paid).toEqual(['200.00', '0.00', '0.00', '30.00']);
        expect(
            readLedger(memory.disk).entries[2]?.signedLines.map((one) => [
                one.line_type,
                one.amount,
            ]),
        ).toEqual([
            ['component', '30.00'],
            ['balance_brought_forward', '-50.00'],
            ['balance_carried', '20.00'],
            ['total', '0.00'],
        ]);
    });
});

describe('a month that is paid on the 31st', () => {
    it.each([
        ['2026-01', '2026-02-28'],
        ['2028-01', '2028-02-29'],
        ['2026-03', '2026-04-30'],
        ['2026-12', '2027-01-31'],
    ])('is paid on the last day of a shorter one after it: %s on %s', (period, day) => {
        const terms = { ...rules.terms, pay_day: '31' };
        expect(termsOf(period, { ...rules, terms }, 'boris', undefined).pay_on).toBe(day);
    });
});

describe('months that nobody has signed yet', () => {
    const guarantee = { guaranteed_amount: '100.00' };

    it.each([
        // 120.00 - 50.00 = 70.00 takes 30.00 of the guarantee, and the month after takes nothing.
        ['make up for a balance once', ['-50.00', '120.00', '120.00'], guarantee, ['30.00']],
        ['pass on what they carry', ['-50.00', '30.00', '-5.00', '40.00'], {}, []],
    ] as const)('%s, as when they are signed one after the other', (_, earned, more, added) => {
        const memory = memoryDisk();
        const pay = payOf(
            ...earned.map((one, index) =>
                statement('boris', `2026-0${index + 1}`, [one], index === 0 ? {} : more),
            ),
        );
        const [first = '', ...open] = pay.months;
        sign(memory, first, pay);
        const { period: _period, ...matter } = question(first, readLedger(memory.disk), pay);
        const months = previewPeriods(open, matter, words);
        for (const period of open) sign(memory, period, pay);
        const amounts = (lines: readonly LedgerLine[]) =>
            lines.map((line) => [line.line_type, line.amount]);
        expect(months.map(({ lines }) => amounts(lines))).toEqual(
            readLedger(memory.disk)
                .entries.slice(1)
                .map(({ signedLines }) => amounts(signedLines)),
        );
        const accruals = accrualRows(months, open.at(-1) ?? '', () => null);
        expect(
            accruals.flatMap((row) =>
                row.component === 'balance_guarantee' ? [row.closing_amount] : [],
            ),
        ).toEqual(added);
    });
});

describe('a draw of 1,000 a month against commissions of 600, 1,700 and 300', () => {
    it.each([
        ['recoverable', ['1000.00', '1300.00', '1000.00'], ['-400.00', '0.00', '-700.00']],
        ['guaranteed', ['1000.00', '1700.00', '1000.00'], ['0.00', '0.00', '0.00']],
    ] as const)('that is %s is signed as it is computed', (kind, payables, balances) => {
        const memory = memoryDisk();
        const draw =
            kind === 'guaranteed'
                ? { guaranteed_amount: '1000.00' }
                : { recoverable_draw_amount: '1000.00' };
        const statements = ['600.00', '1700.00', '300.00'].map((one, index) =>
            statement('boris', `2026-0${index + 1}`, [one], draw),
        );
        const paid = statements.map(({ period }) => {
            sign(memory, period, payOf(...statements));
            return payable(memory, period).boris;
        });
        const { entries } = readLedger(memory.disk);
        const totals = entries.flatMap(({ signedLines }) => signedLines.filter(isTotal));
        expect(paid).toEqual(payables);
        expect(totals.map(({ head }) => head?.balance_carried_amount)).toEqual(balances);
        // What is carried says which draw it made up for.
        const reasons = entries.map(
            ({ signedLines }) =>
                signedLines.find(({ line_type: type }) => type === 'balance_carried')?.explanation,
        );
        const because = 'balance_carried of 1000.00 EUR';
        expect(reasons).toEqual(
            kind === 'guaranteed'
                ? [undefined, undefined, undefined]
                : [because, undefined, because],
        );
        for (const { signedLines } of entries) {
            const others = signedLines.filter((line) => !isTotal(line));
            expect(amountOf(sumOf(others.map(({ amount }) => amount)))).toBe(
                signedLines.find(isTotal)?.amount,
            );
        }
    });

    const isTotal = ({ line_type: type }: { readonly line_type: string }) => type === 'total';
});

describe('what is signed', () => {
    it('sums to the statements and to what was earned in all, whatever comes late in whatever order', () => {
        const units = fc.integer({ min: -200_000, max: 200_000 });
        fc.assert(
            fc.property(
                fc.array(fc.tuple(units, units), { minLength: 2, maxLength: 6 }),
                (months) => {
                    const memory = memoryDisk();
                    const periodOf = (index: number) =>
                        `2026-${String(index + 1).padStart(2, '0')}`;
                    for (const [index] of months.entries()) {
                        // Each month is signed with its first number; from the next month on it is the second.
                        const known = months.slice(0, index + 1).map(([first, late], at) => {
                            const value = amountOf(BigInt(at === index ? first : late));
                            return statement('boris', periodOf(at), [value]);
                        });
                        sign(memory, periodOf(index), payOf(...known));
                    }
                    const ledger = readLedger(memory.disk);
                    const lines = ledger.entries.flatMap((one) => one.signedLines);
                    const last = lines.findLast((one) => one.line_type === 'total');
                    for (const { signedLines, totals } of ledger.entries) {
                        const [total] = signedLines.filter((one) => one.line_type === 'total');
                        const others = signedLines.filter((one) => one.line_type !== 'total');
                        expect(amountOf(sumOf(others.map((one) => one.amount)))).toBe(
                            total?.amount,
                        );
                        expect(totals).toEqual([
                            { currency_code: 'EUR', payable_amount: total?.amount },
                        ]);
                    }
                    const owed = months.map(([first, late], at) =>
                        at === months.length - 1 ? first : late,
                    );
                    const paid = sumOf(
                        lines.flatMap((one) => (one.line_type === 'total' ? [one.amount] : [])),
                    );
                    const carried = cents(last?.head?.balance_carried_amount ?? 'none');
                    expect(paid + carried).toBe(BigInt(owed.reduce((sum, one) => sum + one, 0)));
                },
            ),
        );
    });

    it('is the same byte for byte from the same numbers in any order', () => {
        const statements = [
            statement('boris', '2026-09', ['2.00']),
            statement('ana', '2026-09', ['1.00', '3.00']),
            statement('ana', '2026-09', ['5.00'], { currency_code: 'RON' }),
        ];
        const [one, other] = [memoryDisk(), memoryDisk()];
        sign(one, '2026-09', payOf(...statements));
        sign(other, '2026-09', payOf(...statements.toReversed()));
        expect([...one.files]).toEqual([...other.files]);
    });

    it('stays when it is signed, paid or reopened again', () => {
        const memory = memoryDisk();
        const pay = payOf(statement('boris', '2026-09', ['2040.00']));
        sign(memory, '2026-09', pay);
        expect(sign(memory, '2026-09', october('9.00')).isDone).toBe(true);
        expect(() => payPeriod(memory.disk, '2026-09', '2025-10-10', actor)).toThrow(
            'before it began',
        );
        payPeriod(memory.disk, '2026-09', '2026-10-10', actor);
        expect(payPeriod(memory.disk, '2026-09', '2026-10-11', actor)).toMatchObject({
            isDone: true,
            entry: { paid_on: '2026-10-10' },
        });
        expect(memory.files.size).toBe(3);
        expect(() => reopenPeriod(memory.disk, '2026-09', 'typo', actor)).toThrow('is paid');
    });

    it('can be taken back with a reason and signed anew, and both stay in the ledger', () => {
        const memory = memoryDisk();
        sign(memory, '2026-09', payOf(statement('boris', '2026-09', ['2040.00'])));
        reopenPeriod(memory.disk, '2026-09', 'wrong month of the bank file', actor);
        expect(reopenPeriod(memory.disk, '2026-09', 'again', actor).isDone).toBe(true);
        expect(listPeriods(readLedger(memory.disk), ['2026-09'], () => true)).toMatchObject([
            { state: 'reopened', last: { reason: 'wrong month of the bank file' } },
        ]);
        sign(memory, '2026-09', payOf(statement('boris', '2026-09', ['2000.00'])));
        expect(readLedger(memory.disk).entries.map(({ action }) => action)).toEqual([
            'signed',
            'reopened',
            'signed',
        ]);
        sign(memory, '2026-10', october('2000.00'));
        expect(() => reopenPeriod(memory.disk, '2026-09', 'late', actor)).toThrow(
            'followed by 2026-10',
        );
    });
});

describe('a signature is refused', () => {
    const pay = payOf(
        statement('boris', '2026-09', ['1.00']),
        statement('boris', '2026-10', ['1.00']),
    );

    it.each([
        [
            'by a payee of the run',
            { approver: 'boris', rules: { ...rules, approvers: ['boris'] } },
            'boris is paid by this run',
        ],
        [
            'by the author of rates',
            { approver: 'head_of_sales', rules: { ...rules, approvers: ['head_of_sales'] } },
            'wrote rates in force',
        ],
        ['by a stranger', { approver: 'eve' }, 'is not in incentives/approvers.csv today (olga)'],
        [
            'without an author of the rates',
            { rules: { ...rules, authorsOf: () => new Map([['joint 2026.1', null]]) } },
            'no author_id: joint 2026.1',
        ],
        [
            'without the consent of a payee',
            { rules: { ...rules, wordsHashes: new Map([['joint', 'changed']]) } },
            'not to the words in force: boris (joint 2026.1)',
        ],
    ])('%s', (_, more, message) => {
        const memory = memoryDisk();
        expect(() => sign(memory, '2026-09', pay, more)).toThrow(message);
        expect(memory.files.size).toBe(0);
    });

    it('by the author of rates that a signed month is corrected by', () => {
        const memory = memoryDisk();
        sign(memory, '2026-09', payOf(statement('boris', '2026-09', ['2040.00'])));
        // Olga has written September's rates anew since; October's are still those of another.
        const own = (period: string) =>
            new Map([['joint 2026.1', period === '2026-09' ? 'olga' : 'head_of_sales']]);
        const of = (september: string) => () =>
            sign(memory, '2026-10', october(september), { rules: { ...rules, authorsOf: own } });
        expect(of('2100.00')).toThrow('olga wrote rates in force');
        expect(of('2040.00')).not.toThrow();
    });

    it('out of order, of a month nobody knows, and where the months before are gone', () => {
        const memory = memoryDisk();
        expect(() => sign(memory, '2027-01', pay)).toThrow('the marts have no month 2027-01');
        sign(memory, '2026-09', pay);
        const gap = payOf(...pay.statements, statement('boris', '2026-11', ['1.00']));
        expect(() => sign(memory, '2026-11', gap)).toThrow('so 2026-10 is the next to sign');
        const young = payOf(statement('boris', '2026-10', ['1.00']));
        expect(() => sign(memory, '2026-10', young)).toThrow('the marts have no month 2026-09');
    });

    it('while a number is missing, which no waiver replaces', () => {
        const unknown = statement('boris', '2026-09', ['1.00'], {
            earned_amount: null,
            reason: 'no exchange rate',
        });
        const waivers = [{ check: 'unknown_pay', reason: 'please' }];
        expect(() => sign(memoryDisk(), '2026-09', payOf(unknown), { waivers })).toThrow(
            'BORIS: no exchange rate',
        );
    });

    it('while a check blocks, until somebody answers for it by name; then the ledger says who and why', () => {
        const checks = new Map([
            [
                '2026-09',
                [
                    {
                        check: 'sources',
                        label: 'The sources delivered',
                        result: 'blocks',
                        explanation: 'behind: bank',
                    },
                ],
            ],
        ]);
        const memory = memoryDisk();
        expect(() => sign(memory, '2026-09', { ...pay, checks })).toThrow('behind: bank');
        const waivers = [{ check: 'sources', reason: 'the bank sends the rest in October' }];
        sign(memory, '2026-09', { ...pay, checks }, { waivers });
        expect(readLedger(memory.disk).entries).toMatchObject([{ by: 'olga', waivers }]);
        const idle = { waivers: [{ check: 'sources', reason: 'out of habit' }] };
        expect(() => sign(memoryDisk(), '2026-09', pay, idle)).toThrow('nothing to waive');
    });

    it('for a payee whose signed month is not known any more only if somebody waits for the number', () => {
        const memory = memoryDisk();
        sign(memory, '2026-09', pay);
        const unknown = statement('boris', '2026-09', ['1.00'], {
            earned_amount: null,
            reason: 'no rate',
        });
        const october = payOf(unknown, statement('boris', '2026-10', ['1.00']));
        expect(() => sign(memory, '2026-10', october)).toThrow('boris, 2026-09: no rate');
        sign(memory, '2026-10', october, {
            waivers: [{ check: 'adjustments', reason: 'asked the bank' }],
        });
        expect(payable(memory, '2026-10')).toEqual({ boris: '1.00' });
    });
});
