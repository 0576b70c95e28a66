import { appendFile, cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';

type Row = Readonly<Record<string, string | number | null>>;

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((month) => `2026-0${month}-01`);
const cents = (low: number, high: number) =>
    fc.integer({ min: low * 100, max: high * 100 }).map((units) => (units / 100).toFixed(2));
const oneOf = <const Value>(...values: readonly Value[]) => fc.constantFrom(...values);
const perhaps = <Value>(some: fc.Arbitrary<Value>) => fc.option(some, { nil: null });

const day = fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 28 }))
    .map(([month, date]) => `2026-0${month}-${String(date).padStart(2, '0')}`);

/** A plan of two components whose bounds are often met exactly. */
const bonus = fc.record({
    curve: oneOf('linear', 'step', 'marginal', 'interpolated', 'overage', 'table'),
    isByValue: fc.boolean(),
    judged_on: oneOf(null, 'quarter', 'year_to_date'),
    effect: oneOf(null, 'gate', 'weakest_link'),
    threshold: perhaps(oneOf('0.50', '0.80')),
    cap: perhaps(oneOf('1.10', '1.50')),
    cap_share: perhaps(oneOf('1.15', '0.90')),
    miss_factor: oneOf('0', '0.5', '1'),
    weight: oneOf('0.5', '0.35', '0.6667'),
    rates: fc.tuple(oneOf('0', '0.05'), oneOf('0.4', '0.08'), oneOf('0.8', '1.2')),
    hasMultiplier: fc.boolean(),
    target_amount: cents(1, 3000),
    valid_from: oneOf('2026-01-01', '2026-02-10'),
    valid_to: oneOf(null, '2026-08-17', '2026-06-01'),
    raise: perhaps(fc.record({ valid_from: day, target_amount: cents(1, 3000) })),
    draw: oneOf(null, null, 'recoverable', 'guaranteed'),
    target: oneOf('1000', '1234.56'),
    own: fc.array(fc.oneof(cents(-200, 2500), oneOf('1000.00', '800.00', '1200.00')), {
        minLength: months.length,
        maxLength: months.length,
    }),
    other: fc.array(fc.oneof(cents(-100, 2000), oneOf('1000.00', '800.00')), {
        minLength: months.length,
        maxLength: months.length,
    }),
});

/** Deals with payments in any order, some of them given back. */
const deals = fc.record({
    terms: fc.record({
        closing_share: oneOf(null, '0', '0.6', '1'),
        lapse_days: oneOf(null, '30', '90'),
        residual: oneOf(null, '0.01', '0.0075'),
        minimum_margin: oneOf(null, '0.20'),
    }),
    deals: fc.array(
        fc.record({
            closed: day,
            booked: fc.oneof(cents(10, 20_000), oneOf('10000.00', '-800.00')),
            margin: oneOf('0.1', '0.2', '0.35'),
            handover: perhaps(day),
            isSplit: fc.boolean(),
            payments: fc.array(
                fc.record({
                    paid: day,
                    amount: cents(1, 9000),
                    refunds: fc.array(fc.record({ day, share: oneOf('1', '0.3') }), {
                        maxLength: 2,
                    }),
                }),
                { maxLength: 4 },
            ),
        }),
        { minLength: 1, maxLength: 3 },
    ),
});

type ValueOf<Some> = Some extends fc.Arbitrary<infer Value> ? Value : never;

/** Attainments are cut at ten decimals, as KPIs are. */
const attainmentOf = (value: string, target: string) =>
    new Decimal(value).div(target).toDecimalPlaces(10, Decimal.ROUND_DOWN).toFixed();

/** Appends rows to a CSV file that is there, in the order of its header. */
async function append(file: string, rows: readonly Row[]): Promise<void> {
    const [header = ''] = (await readFile(file, 'utf8')).split('\n', 1);
    const lines = rows.map((row) =>
        header
            .split(',')
            .map((name) => row[name] ?? '')
            .join(','),
    );
    await appendFile(file, lines.map((line) => `${line}\n`).join(''));
}

const valid = { valid_from: '2026-01-01' };

/**
 * A copy of the fixture with many more payees, each in a random plan of its own; the same ones for
 * the same seed. Bonus payees are called bonus_1 and so on, those paid by deals deal_1.
 */
export async function writeRandomPlans(fixture: string, folder: string, seed: number, count = 24) {
    await cp(fixture, folder, { recursive: true });
    const rules = (name: string) => join(folder, `rules/incentives/${name}.csv`);
    const rows = new Map<string, Row[]>();
    const add = (file: string, row: Row) => rows.set(file, [...(rows.get(file) ?? []), row]);
    const values = join(folder, 'kpi-values.csv');
    for (const [index, one] of fc.sample(bonus, { numRuns: count, seed }).entries()) {
        addBonus(`bonus_${index + 1}`, one);
    }
    for (const [index, one] of fc.sample(deals, { numRuns: count, seed }).entries()) {
        addDeals(`deal_${index + 1}`, one);
    }
    for (const [file, all] of rows) await append(file, all);

    function addPlan(id: string, more: Row): void {
        add(rules('plans'), {
            plan_id: id,
            plan_version: '1',
            plan_name: id,
            department_id: 'sales',
            currency_code: 'EUR',
            period_type: 'month',
            ...valid,
            ...more,
        });
    }

    function addBonus(id: string, one: ValueOf<typeof bonus>): void {
        const canBeByValue = ['step', 'marginal', 'overage'].includes(one.curve);
        const isByValue = one.isByValue && canBeByValue;
        const effect = one.curve === 'table' ? 'table' : isByValue ? null : one.effect;
        const judged = one.judged_on;
        addPlan(id, { cap_share: judged === 'year_to_date' ? null : one.cap_share });
        const component = {
            plan_id: id,
            scope_type: 'person',
            scope_id: 'payee',
            measure: 'attainment',
            payout_basis: 'target_amount',
            ...valid,
        };
        add(rules('plan_components'), {
            ...component,
            component_id: `${id}_a`,
            component_order: 1,
            component_name: 'A',
            kpi: 'booked_revenue',
            weight: isByValue ? null : one.weight,
            curve: one.curve,
            judged_on: judged,
            payout_basis: isByValue ? 'kpi_value' : 'target_amount',
            threshold: one.curve === 'overage' || one.curve === 'marginal' ? null : one.threshold,
            cap: isByValue ? null : one.cap,
            gate_id: effect && `${id}_gate`,
        });
        add(rules('plan_components'), {
            ...component,
            component_id: `${id}_b`,
            component_order: 2,
            component_name: 'B',
            kpi: 'collected_revenue',
            weight: isByValue ? 1 : new Decimal(1).minus(one.weight).toFixed(),
            curve: 'linear',
            cap: '2',
        });
        if (effect) {
            add(rules('component_gates'), {
                gate_id: `${id}_gate`,
                gate_name: 'Other',
                kpi: 'collected_revenue',
                scope_type: 'person',
                scope_id: 'payee',
                measure: 'attainment',
                effect,
                threshold: effect === 'gate' ? '0.9' : null,
                miss_factor: effect === 'gate' ? one.miss_factor : null,
                ...valid,
            });
        }
        const bounds = [
            ['0', '0.80', one.rates[0]],
            ['0.80', '1.00', one.rates[1]],
            ['1.00', null, one.rates[2]],
        ] as const;
        const columns =
            one.curve === 'table'
                ? ([
                      ['0', '1.00', '0'],
                      ['1.00', null, '0.25'],
                  ] as const)
                : ([[null, null, '0']] as const);
        for (const [from, to, rate] of one.curve === 'linear' ? [] : bounds) {
            for (const [other_from, other_to, more] of columns) {
                const payout_rate = new Decimal(rate).plus(more).toFixed();
                const tier = { tier_from: from, tier_to: to, other_from, other_to, payout_rate };
                add(rules('component_tiers'), { component_id: `${id}_a`, ...tier, ...valid });
            }
        }
        if (one.hasMultiplier) {
            add(rules('plan_multipliers'), {
                plan_id: id,
                multiplier_id: 'company_result',
                multiplier_name: 'Company result',
                kpi: 'collected_revenue',
                scope_type: 'company',
                scope_id: 'company',
                measure: 'attainment',
                ...valid,
            });
        }
        const { target_amount, valid_from, valid_to } = one;
        const member = { plan_id: id, payee_id: id, target_amount, valid_from, valid_to };
        const raised = one.raise?.valid_from ?? '';
        if (one.raise && valid_from < raised && raised < (valid_to ?? '9999')) {
            add(rules('plan_members'), { ...member, valid_to: raised });
            add(rules('plan_members'), { ...member, ...one.raise });
        } else add(rules('plan_members'), member);
        if (one.draw) {
            const draw = { payee_id: id, draw_amount: '700.00', kind: one.draw, ...valid };
            add(rules('draws'), draw);
        }
        for (const [index, period_start] of months.entries()) {
            for (const [kpi, list, target] of [
                ['booked_revenue', one.own, one.target],
                ['collected_revenue', one.other, '1000'],
            ] as const) {
                const value = list[index] ?? '0.00';
                add(values, {
                    ...{ period_start, kpi, scope_type: 'person', scope_id: id, value, target },
                    attainment: attainmentOf(value, target),
                    is_final: 'true',
                });
            }
        }
    }

    function addDeals(id: string, one: ValueOf<typeof deals>): void {
        addPlan(id, {});
        add(rules('plan_components'), {
            plan_id: id,
            component_id: `${id}_a`,
            component_order: 1,
            component_name: 'Deals',
            kpi: 'collected_revenue',
            scope_type: 'person',
            scope_id: 'payee',
            measure: 'value',
            curve: 'step',
            payout_basis: 'deals',
            ...valid,
        });
        for (const [tier_from, tier_to, payout_rate] of [
            ['0', '10000', '0.0333'],
            ['10000', null, '0.06'],
        ] as const) {
            const tier = { component_id: `${id}_a`, tier_from, tier_to, payout_rate, ...valid };
            add(rules('component_tiers'), tier);
        }
        const { residual, ...terms } = one.terms;
        add(rules('commission_terms'), {
            component_id: `${id}_a`,
            ...terms,
            residual_rate: residual,
            residual_months: residual && '3',
            ...valid,
        });
        const member = { plan_id: id, payee_id: id, target_amount: '0.00', ...valid };
        add(rules('plan_members'), member);
        for (const [number, deal] of one.deals.entries()) {
            const deal_id = `${id}_${number + 1}`;
            add(join(folder, 'core/dim_deals.csv'), {
                deal_id,
                client_id: deal_id,
                person_id: id,
                status: 'won',
                closed_at: `${deal.closed} 10:00:00`,
                closed_date: deal.closed,
                booked_amount: deal.booked,
                margin_share: deal.margin,
            });
            for (const [payee_id, share] of deal.isSplit
                ? [
                      [id, '0.7'],
                      ['boris', '0.3'],
                  ]
                : []) {
                add(rules('deal_splits'), {
                    deal_id,
                    payee_id: payee_id ?? '',
                    share: share ?? '',
                });
            }
            if (deal.handover) {
                add(join(folder, 'core/fct_client_owners.csv'), {
                    client_id: deal_id,
                    period_number: 2,
                    person_id: 'sorin',
                    owned_from: `${deal.handover} 12:00:00`,
                    owned_from_date: deal.handover,
                });
            }
            for (const [place, { paid, amount, refunds }] of deal.payments.entries()) {
                const payment_id = `${deal_id}_${place + 1}`;
                const file = join(folder, 'core/fct_payments.csv');
                const payment = { payment_id, deal_id, kind: 'payment', paid_date: paid };
                add(file, { ...payment, collected_amount: amount });
                for (const [again, { day: paid_date, share }] of refunds.entries()) {
                    if (paid_date < paid) continue;
                    add(file, {
                        ...payment,
                        payment_id: `${payment_id}_back_${again}`,
                        kind: 'refund',
                        refund_of_payment_id: payment_id,
                        paid_date,
                        collected_amount: `-${new Decimal(amount).times(share).toFixed(2)}`,
                    });
                }
            }
        }
    }
}
