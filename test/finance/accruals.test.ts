import exceljs from '@protobi/exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accrualTable, deferralTable } from '../../pipelines/cli/accrual-tables.ts';
import { amountCsv, amountXlsx } from '../../pipelines/export/amount-tables.ts';
import { accrualRows, type CostRule, deferralRows } from '../../pipelines/finance/accruals.ts';
import { componentCosts, type PayMonth } from '../../pipelines/finance/component-costs.ts';
import type { LedgerLine } from '../../pipelines/finance/entry.ts';
import { amountOf, sumOf } from '../../pipelines/finance/money.ts';

type Line = readonly [key: string, amount: string, more?: Partial<LedgerLine>];

/** A statement of Boris: lines by their key, and a total of what they sum to. */
function month(period: string, paid_on: string | null, ...lines: readonly Line[]): PayMonth {
    const of = (key: string, amount: string, more: Partial<LedgerLine> = {}): LedgerLine => ({
        ...{ payee_id: 'boris', payee_name: 'Boris', department_id: 'sales' },
        ...{ currency_code: 'EUR', line_number: 1, line_type: key.split('/')[0] ?? key },
        ...{ line_key: key, label: key, explanation: null, kpi: key.split('/')[1] ?? null },
        ...{ scope_type: null, scope_id: null, value: null, target: null, attainment: null },
        ...{ factor: null, amount, corrects_period: null, cause: null, head: null, ...more },
    });
    const total = amountOf(sumOf(lines.map(([, amount]) => amount)));
    return {
        period,
        paid_on,
        lines: [...lines.map((line) => of(...line)), of('total', total, { head: {} })],
    };
}

const adjusts = (corrects_period: string) => ({ line_type: 'adjustment', corrects_period });
const booked = 'component/booked_revenue';
const feedback = 'component/feedback';

/** Booked revenue is a cost of contracts over 24 months; feedback is not; a pool is in no plan. */
const rules = ({ line_key: key }: { readonly line_key: string }): CostRule | null => {
    if (key === booked) return { component_id: 's1', isIncremental: true, months: 24 };
    if (key === feedback) return { component_id: 's2', isIncremental: false, months: 24 };
    return null;
};

/**
 * By hand: September earns 1,000.00 less 100.00 at the gate and 300.00, times 1.5. So booked revenue
 * costs 900.00 + 450.00 = 1,350.00 and feedback 300.00 + 150.00 = 450.00. October earns 500.00 and
 * corrects September's booked revenue by 60.00. September is paid in October.
 */
const story = [
    month(
        '2026-09',
        '2026-10-25',
        [booked, '1000.00'],
        ['gate/sla', '-100.00'],
        [feedback, '300.00'],
        ['multiplier/collected', '600.00'],
    ),
    month('2026-10', null, [booked, '500.00'], [booked, '60.00', adjusts('2026-09')]),
];

describe('the accrual of a month', () => {
    it('is what was earned and not paid, by component, worked out by hand', () => {
        const amounts = (of: string) =>
            accrualRows(story, of, rules).map((row) => [
                row.component_id,
                row.incremental_cost,
                row.opening_amount,
                row.earned_amount,
                row.adjustment_amount,
                row.paid_amount,
                row.closing_amount,
            ]);
        expect(amounts('2026-09')).toEqual([
            ['s1', true, '0.00', '1350.00', '0.00', '0.00', '1350.00'],
            ['s2', false, '0.00', '450.00', '0.00', '0.00', '450.00'],
        ]);
        expect(amounts('2026-10')).toEqual([
            ['s1', true, '1350.00', '500.00', '60.00', '1350.00', '560.00'],
            ['s2', false, '450.00', '0.00', '0.00', '450.00', '0.00'],
        ]);
    });

    it('keeps what a payee owes until a later month has made up for it', () => {
        const months = [
            month('2026-05', '2026-06-25', [booked, '-50.00'], ['balance_carried', '50.00']),
            month(
                '2026-06',
                '2026-07-25',
                [booked, '30.00'],
                ['balance_brought_forward', '-50.00'],
                ['balance_carried', '20.00'],
            ),
            month(
                '2026-07',
                '2026-08-25',
                [booked, '50.00'],
                ['balance_brought_forward', '-20.00'],
            ),
        ];
        const closing = (of: string) =>
            accrualRows(months, of, rules).map((row) => [
                row.component,
                row.paid_amount,
                row.closing_amount,
            ]);
        expect(closing('2026-06')).toEqual([
            ['balance carried', '50.00', '-50.00'],
            [booked, '-50.00', '30.00'],
        ]);
        // What was owed stays owed: 30.00 of it was made up for, and payroll paid nothing.
        expect(closing('2026-07')).toEqual([
            ['balance carried', '-30.00', '-20.00'],
            [booked, '30.00', '50.00'],
        ]);
    });

    it('owes a guarantee of the month that is paid by it, and leaves nothing behind', () => {
        const months = [
            month('2026-05', '2026-06-25', [booked, '300.00'], ['balance_guarantee', '700.00']),
        ];
        const rows = (of: string) =>
            accrualRows(months, of, rules).map((row) => [row.component, row.closing_amount]);
        expect(rows('2026-05')).toEqual([
            ['balance_guarantee', '700.00'],
            [booked, '300.00'],
        ]);
        expect(rows('2026-06').map(([, closing]) => closing)).toEqual(['0.00', '0.00']);
    });

    it('shares what is shared to the cent, in proportion, whatever the amounts', () => {
        const amount = fc.integer({ min: -100_000, max: 100_000 }).map((n) => amountOf(BigInt(n)));
        fc.assert(
            fc.property(fc.array(amount, { minLength: 1, maxLength: 5 }), amount, (own, rest) => {
                const lines: Line[] = [
                    ...own.map((one, index): Line => [`component/kpi/${index}`, one]),
                    ['multiplier/company', rest],
                    ['pool/margin', '7.01'],
                ];
                const costs = componentCosts([month('2026-09', null, ...lines)]);
                const sum = costs.reduce((total, one) => total + one.cents, 0n);
                expect(amountOf(sum)).toBe(amountOf(sumOf([...own, rest, '7.01'])));
            }),
        );
    });

    it('gives an adjustment of the multiplier to the components of the month it corrects', () => {
        const months = [
            ...story.slice(0, 1),
            month('2026-10', null, ['multiplier/collected', '-600.00', adjusts('2026-09')]),
        ];
        expect(
            accrualRows(months, '2026-10', rules).map((row) => [
                row.component_id,
                row.adjustment_amount,
            ]),
        ).toEqual([
            ['s1', '-450.00'],
            ['s2', '-150.00'],
        ]);
    });

    it('gives an adjustment of a gate to the component that it holds back', () => {
        const months = [
            month(
                '2026-09',
                null,
                [booked, '1000.00'],
                ['gate/sla', '-100.00'],
                [feedback, '300.00'],
                ['gate/sla/2', '-30.00'],
            ),
            month(
                '2026-10',
                null,
                [booked, '100.00', adjusts('2026-09')],
                ['gate/sla', '-10.00', adjusts('2026-09')],
                ['gate/sla/2', '30.00', adjusts('2026-09')],
            ),
        ];
        expect(
            accrualRows(months, '2026-10', rules).map((row) => [
                row.component_id,
                row.adjustment_amount,
                row.closing_amount,
            ]),
        ).toEqual([
            ['s1', '90.00', '990.00'],
            ['s2', '30.00', '300.00'],
        ]);
        expect(deferralRows(months, '2026-10', rules).map((row) => row.cost_amount)).toEqual([
            '990.00',
        ]);
    });
});

describe('the deferral schedule', () => {
    it('spreads incremental costs alone over their term, worked out by hand', () => {
        const amounts = (of: string) =>
            deferralRows(story, of, rules).map((row) => [
                row.earned,
                row.elapsed_months,
                row.opening_amount,
                row.added_amount,
                row.amortised_amount,
                row.closing_amount,
                row.current_amount,
                row.later_amount,
            ]);
        // 1,350.00 / 24 = 56.25 a month.
        expect(amounts('2026-09')).toEqual([
            ['2026-09', 1, '0.00', '1350.00', '56.25', '1293.75', '675.00', '618.75'],
        ]);
        // 1,410.00 / 24 = 58.75: October makes up for September. 500.00 / 24 = 20.83.
        expect(amounts('2026-10')).toEqual([
            ['2026-09', 2, '1293.75', '60.00', '61.25', '1292.50', '705.00', '587.50'],
            ['2026-10', 1, '0.00', '500.00', '20.83', '479.17', '250.00', '229.17'],
        ]);
        expect(amounts('2028-08').map((row) => row[5])).toEqual(['0.00', '20.83']);
        expect(amounts('2028-10')).toEqual([]);
    });

    it('expenses every cent of a cost, and nothing twice', () => {
        fc.assert(
            fc.property(
                fc.integer({ min: -500_000, max: 500_000 }),
                fc.integer({ min: 1, max: 40 }),
                (units, months) => {
                    const cost = month('2026-01', null, [booked, amountOf(BigInt(units))]);
                    const rule = () => ({ component_id: 's1', isIncremental: true, months });
                    const expensed = Array.from({ length: months + 1 }, (_, index) => {
                        const at = `${2026 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
                        return deferralRows([cost], at, rule).map((row) => row.amortised_amount);
                    }).flat();
                    expect(amountOf(sumOf(expensed))).toBe(amountOf(BigInt(units)));
                },
            ),
        );
    });
});

describe('its files', () => {
    const tables = () =>
        [
            accrualTable(accrualRows(story, '2026-10', rules)),
            deferralTable(deferralRows(story, '2026-10', rules)),
        ] as const;

    it('have formulas that come to what stands beside them, and the same bytes twice', async () => {
        const at = new Date('2026-11-03T08:00:00Z');
        const bytes = await amountXlsx(at, ...tables());
        expect(await amountXlsx(at, ...tables())).toEqual(bytes);
        const workbook = new exceljs.Workbook();
        await workbook.xlsx.load(new Uint8Array(bytes).buffer);
        let formulas = 0;
        for (const sheet of workbook.worksheets) {
            const number = (at: string): number => {
                const { value } = sheet.getCell(at);
                if (typeof value === 'number') return value;
                return Number((value as { result?: number } | null)?.result ?? 0);
            };
            sheet.eachRow((row) =>
                row.eachCell(({ value }) => {
                    if (!(value && typeof value === 'object' && 'formula' in value)) return;
                    formulas += 1;
                    expect(work(value.formula, number), value.formula).toBe(value.result ?? 0);
                }),
            );
        }
        // Closing of four rows and later of two, and sums of five and seven columns.
        expect(formulas).toBe(2 + 2 * 2 + 5 + 7);
    });

    it('are CSV that no spreadsheet takes for formulas', () => {
        const [accruals] = tables();
        const [header, first] = amountCsv({
            ...accruals,
            rows: accruals.rows.map((row) => ({ ...row, payee_name: '=1+1' })),
        }).split('\n');
        expect(header).toBe(
            'payee_id,payee_name,department_id,component_id,component,incremental_cost,currency_code,opening_amount,earned_amount,adjustment_amount,paid_amount,closing_amount',
        );
        expect(first).toBe(
            "boris,'=1+1,sales,s1,component/booked_revenue,true,EUR,1350.00,500.00,60.00,1350.00,560.00",
        );
    });
});

/** Works out `SUM(A1:A3)` and `ROUND(A1+B1-C1,2)`, which is all there is. */
function work(formula: string, number: (at: string) => number): number {
    const round = (value: number) => Math.round(value * 100) / 100;
    const [, letter, from, to] = /^SUM\(([A-Z]+)(\d+):\1(\d+)\)$/.exec(formula) ?? [];
    if (letter !== undefined) {
        const rows = Array.from({ length: Number(to) - Number(from) + 1 });
        return round(
            rows.reduce<number>((sum, _, at) => sum + number(`${letter}${Number(from) + at}`), 0),
        );
    }
    const [, terms = ''] = /^ROUND\((.+),2\)$/.exec(formula) ?? [];
    const parts = terms.match(/[+-]?[A-Z]+\d+/g) ?? [];
    return round(
        parts.reduce(
            (sum, part) =>
                sum + (part.startsWith('-') ? -1 : 1) * number(part.replace(/^[+-]/, '')),
            0,
        ),
    );
}
