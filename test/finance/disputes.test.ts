import { describe, expect, it } from 'vitest';
import { reopenPeriod, signPeriod } from '../../pipelines/finance/close.ts';
import { type Dispute, disputedLines } from '../../pipelines/finance/disputes.ts';
import { readLedger } from '../../pipelines/finance/ledger.ts';
import { type RuleFiles, refusalOf } from '../rules/rules-folder.ts';
import { memoryDisk } from '../support/memory-disk.ts';
import { actor, payOf, question, rules, statement, words } from './pay.ts';

const { disk } = memoryDisk();
const pay = payOf(statement('boris', '2026-09', ['2100.00', '-60.00']));
signPeriod(disk, question('2026-09', readLedger(disk), pay), words, actor);
const ledger = readLedger(disk);
const dispute: Dispute = {
    file: 'disputes.csv',
    line: 2,
    dispute_id: 'd1',
    payee_id: 'boris',
    period: '2026-09',
    line_number: '2',
    cause: 'unclear_plan',
    objection: 'The company was on target.',
    opened_on: '2026-10-05',
    deadline: '2026-10-20',
    verdict: null,
    author_id: null,
    decided_on: null,
};

describe('a dispute', () => {
    it('stands beside the signed line, open until its deadline, then overdue, then decided', () => {
        const states = (today: string, more = {}) =>
            disputedLines(ledger, [{ ...dispute, ...more }], today).map((one) => one.state);
        expect(disputedLines(ledger, [dispute], '2026-10-20')).toMatchObject([
            { label: 'Company', amount: '-60.00', currency_code: 'EUR', state: 'open' },
        ]);
        expect(states('2026-10-21')).toEqual(['overdue']);
        expect(states('2026-10-21', { verdict: 'upheld' })).toEqual(['decided']);
    });

    it('without a line is about what is payable', () => {
        expect(
            disputedLines(ledger, [{ ...dispute, line_number: null }], '2026-10-06'),
        ).toMatchObject([{ label: 'total', amount: '2040.00' }]);
    });

    it.each([
        ['2026-11-02', false],
        ['2026-11-03', true],
    ])('raised on %s is late: %s', (opened_on, is_late) => {
        const raised = { ...dispute, opened_on, deadline: '2026-11-10' };
        expect(disputedLines(ledger, [raised], '2026-10-20')).toMatchObject([
            { state: 'open', object_until: '2026-11-02', is_late },
        ]);
    });

    it('is never late where the statement names no last day', () => {
        const { disk: silent } = memoryDisk();
        const terms = { pay_day: null, object_within_days: null, object_to: null };
        const asked = question('2026-09', readLedger(silent), pay, { rules: { ...rules, terms } });
        signPeriod(silent, asked, words, actor);
        const late = { ...dispute, opened_on: '2027-10-05', deadline: '2027-11-01' };
        expect(disputedLines(readLedger(silent), [late], '2026-10-20')).toMatchObject([
            { object_until: null, is_late: false },
        ]);
    });

    it('goes on about a month that was reopened, as it was signed last', () => {
        const other = memoryDisk(new Map([...disk.list()].map((name) => [name, disk.read(name)])));
        reopenPeriod(other.disk, '2026-09', 'wrong bank file', actor);
        expect(disputedLines(readLedger(other.disk), [dispute], '2026-10-06')).toMatchObject([
            { label: 'Company', amount: '-60.00' },
        ]);
    });

    it.each([
        [
            { line_number: '9' },
            "disputes.csv, line 2, column line_number: expected a line from 1 to 3, or an empty cell for the whole statement, got '9'",
        ],
        [
            { period: '2026-08' },
            "disputes.csv, line 2, column period: expected a month for which a statement of boris is signed, got '2026-08'",
        ],
        [{ payee_id: 'ana' }, 'a statement of ana is signed'],
    ])('is refused about %o, which was not signed', (more, message) => {
        expect(() => disputedLines(ledger, [{ ...dispute, ...more }], '2026-10-06')).toThrow(
            message,
        );
    });
});

const header =
    'dispute_id,payee_id,period,line_number,cause,objection,opened_on,deadline,verdict,author_id,decided_on';
const sound: RuleFiles = {
    'incentives/disputes': [
        header,
        'd1,boris,2026-09,2,unclear_plan,Why?,2026-10-05,2026-10-20,,,',
        'd2,boris,2026-09,,late_data,Paid on time,2026-10-05,2026-10-20,rejected,olga,2026-10-07',
    ],
};

describe('a file of disputes', () => {
    it('is read as it should be', async () => {
        expect(await refusalOf(sound)).toBeUndefined();
    });

    it.each([
        [
            'd1,boris,2026-09,2,unclear_plan,Why?,2026-10-05,2026-10-20,upheld,,',
            'column author_id: expected a value, because verdict is given, got an empty cell',
        ],
        [
            'd1,boris,2026-09,2,unclear_plan,Why?,2026-10-05,2026-10-20,upheld,boris,2026-10-06',
            "column author_id: expected somebody else than payee_id, got 'boris'",
        ],
        [
            'd1,boris,2026-09,2,unclear_plan,Why?,2026-10-05,2026-10-01,,,',
            'column deadline: expected 2026-10-05 (opened_on) or later',
        ],
        [
            'd1,boris,2026-09,2,unclear_plan,Why?,2026-10-05,2026-10-20,upheld,olga,2026-10-04',
            'column decided_on: expected 2026-10-05',
        ],
        [
            'd1,boris,2026-11,2,unclear_plan,Why?,2026-10-05,2026-10-20,,,',
            'column period: expected a month up to 2026-10',
        ],
        [
            'd1,boris,2026-13,2,unclear_plan,Why?,2026-10-05,2026-10-20,,,',
            'column period: expected a month such as 2026-09',
        ],
        [
            'd1,boris,2026-09,2,bad_mood,Why?,2026-10-05,2026-10-20,,,',
            'column cause: expected one of unclear_plan, ',
        ],
        ['d2,boris,2026-09,2,unclear_plan,Why?,2026-10-05,2026-10-20,,,', 'd2'],
    ])('is refused for the row %s', async (row, message) => {
        const refusal = await refusalOf(sound, ['incentives/disputes', 2, row]);
        expect(refusal).toContain(message);
        expect(refusal).toMatch(/disputes\.csv, line [23]/u);
    });
});
