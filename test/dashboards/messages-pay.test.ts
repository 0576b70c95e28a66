import { expect, test } from 'vitest';
import { messagesFile, readCatalogue } from '../../dashboards/messages/catalogue.ts';
import { createWords } from '../../dashboards/messages/words.ts';

const words = createWords(readCatalogue(messagesFile('en')), {
    language: 'en',
    number_locale: 'en-GB',
    currency: 'EUR',
});
const render = (message: unknown) => words.render(JSON.stringify(message));
const percent = (value: string | null) => ({ percent: value, decimals: 12 });
const money = (value: string | null, currency = 'EUR') => ({ exact_money: value, currency });
const number = (value: string | null) => ({ number: value, decimals: 14 });
const june = { period: 'month', start: '2026-06-01' };

test('a component shows every digit of its arithmetic', () => {
    const component = {
        key: 'pay.component.earned',
        outcome: 'in_proportion',
        measure: 'attainment',
        measured: percent('0.9345678901'),
        curve: 'linear',
        factor: number('0.93456789010000'),
        cap: percent('1.5000'),
        weight: percent('0.5000'),
        target: money('1000.00'),
        deals: 0,
        judged_on: 'month',
        paid_before: money(null),
        is_part: false,
        days: 30,
        of: 30,
    };
    expect([
        render(component),
        render({ ...component, outcome: 'capped', is_part: true, days: 15 }),
        render({
            ...component,
            outcome: 'by_tier',
            curve: 'step',
            factor: number('0.50000000000000'),
        }),
        render({ ...component, outcome: 'beyond_target', factor: number('1.50000000000000') }),
        render({
            ...component,
            outcome: 'by_value',
            measure: 'value',
            measured: number('-1000.0000000000'),
            curve: 'marginal',
            factor: number('-50.00000000000000'),
            weight: percent(null),
            target: money(null),
        }),
    ]).toEqual([
        'attainment 93.45678901% x weight 50% x target 1,000.00 EUR',
        'attainment 93.45678901%, capped at 150%, x weight 50% x target 1,000.00 EUR (15 of 30 days)',
        'attainment 93.45678901% gives factor 0.5 by the step tiers x weight 50% x target 1,000.00 EUR',
        'zero is beyond any target: factor 1.5 x weight 50% x target 1,000.00 EUR',
        'value -1,000 pays -50 by the marginal rates',
    ]);
});

test('a gate just missed never reads as met', () => {
    const gate = {
        key: 'pay.gate',
        outcome: 'missed',
        measure: 'value',
        measured: percent('0.8999999999'),
        threshold: percent('0.9000'),
        miss_factor: number('0.5000'),
    };
    expect([render(gate), render({ ...gate, outcome: 'paid_back' })]).toEqual([
        'value 89.99999999% misses the gate of 90%: component x 0.5',
        'money paid back is taken back whether or not the gate is met',
    ]);
});

test('a result just below a tier never reads as that tier', () => {
    const result = (kpi: string, target: string | null) =>
        render({ key: 'plain', text: { kpi, unit: 'percent', target, attainment: '0' } });
    expect([
        result('0.7999996000', '0.8000'),
        result('0.7998', '0.8000'),
        result('0.7912', '0.8000'),
        result('1.0999999999', '1.1000'),
        result('1.2345', null),
    ]).toEqual(['just below 80%', '79.98%', '79.1%', 'just below 110%', '123.5%']);
});

test('a statement says how the amount came about', () => {
    const paid = {
        key: 'pay.statement.paid',
        payee: 'Ana Marin',
        month: june,
        payable: money('1480.00'),
        amount: money('1609.32'),
        name: 'Company result',
        company: { kpi: '1.0412', unit: 'percent', target: '1.1000', attainment: '0' },
        multiplier: number('1.0000'),
        cap: money('1380.00'),
        pools: money('100.00'),
        owed: money(null),
        carried: money(null),
    };
    const plain = { ...paid, name: null, cap: money(null), pools: money(null) };
    const nothing = {
        key: 'pay.statement.nothing',
        payee: 'Ana Marin',
        month: june,
        name: 'Company result',
        company: { kpi: '0.79999', unit: 'percent', target: '0.8000', attainment: '0' },
        from: percent('0.8000'),
        amount: money('900.00'),
    };
    expect([render(paid), render({ ...plain, owed: money('20.00') }), render(nothing)]).toEqual([
        'Ana Marin is paid 1,480.00 EUR for Jun 2026: 1,609.32 EUR from components, times 1 for Company result at 104.1% of target, capped at 1,380.00 EUR, plus 100.00 EUR from shared pools.',
        'Ana Marin is paid 1,480.00 EUR for Jun 2026: 1,609.32 EUR from components, less 20.00 EUR owed from earlier months.',
        'Nothing is payable to Ana Marin for Jun 2026: Company result reached 79.999% of its target, less than the 80% from which it pays, so the 900.00 EUR from components is multiplied by 0.',
    ]);
});

test('a pool shows its share or its prize, and the currency it is paid in', () => {
    const pool = {
        key: 'pay.pool.shared',
        prize: money(null),
        share: percent('0.0200'),
        value: number('130000.0000000000'),
        threshold: money('100000.00'),
        pool: money('600.00'),
        amount: money('300.00'),
        department: 'marketing',
        payout: money(null),
        currency: 'USD',
    };
    const sentence =
        '2% of what 130,000 is above the threshold of 100,000.00 EUR is 600.00 EUR; 300.00 EUR goes to marketing, shared by weight';
    const prize = { ...pool, prize: money('600.00') };
    expect([
        render(pool),
        render({ ...pool, payout: money('100.00') }),
        render(prize),
        render({ ...prize, key: 'pay.pool.nothing', value: number('90000.0000000000') }),
    ]).toEqual([
        sentence,
        `${sentence}: 100.00 EUR converted to USD`,
        '130,000 reaches 100,000.00 EUR: the prize is 600.00 EUR; 300.00 EUR goes to marketing, shared by weight',
        'no prize: 90,000 is below 100,000.00 EUR',
    ]);
});

test('the answer of Finance names what is payable and what blocks it', () => {
    const pay = {
        key: 'finance.headline.pay',
        pay: 'payable',
        month: june,
        payable: '150.00 EUR',
        people: 2,
        incomplete: 1,
        departments: { list: ['Marketing 50.00 EUR', 'Sales 100.00 EUR'] },
    };
    const close = {
        key: 'finance.headline.close',
        close: 'blocked',
        checks: { list: ['A', 'B'] },
        count: 1,
    };
    expect([
        render([pay, close]),
        render({ ...pay, pay: 'unknown' }),
        render({ ...pay, pay: 'running', payable: null, people: 1 }),
        render({ ...pay, pay: 'nobody' }),
        render({ ...close, close: 'provisional' }),
    ]).toEqual([
        '150.00 EUR is payable to 2 people for Jun 2026 (Marketing 50.00 EUR and Sales 100.00 EUR). The close is blocked: A and B.',
        'The pay of Jun 2026 is not known yet: 1 of 2 statements lacks a number.',
        'Jun 2026 is not over yet: the pay is not known yet for 1 person.',
        'Nobody is paid for Jun 2026: no bonus plan has a member in it.',
        '1 statement is provisional and may still change.',
    ]);
});

test('a check says whether both sides agree', () => {
    const check = {
        key: 'finance.money_check',
        check: 'cash_delivered',
        result: 'ok',
        unit: 'EUR',
        rejected: 1370,
        delivered: 5000,
    };
    expect([
        render(check),
        render({ ...check, result: 'blocks' }),
        render({ ...check, result: 'nothing' }),
        render({ ...check, check: 'rejected_rows', result: 'blocks', unit: 'rows' }),
    ]).toEqual([
        'to the cent, in EUR',
        'the two sides differ, in EUR: do not pay before they agree',
        'no payment was delivered',
        '1,370 of 5,000 rows were rejected: their money is in no number, correct the export',
    ]);
});

test('the axes of a curve say what a result is and what is paid', () => {
    const result = {
        key: 'pay.curve_result',
        basis: 'target_amount',
        measure: 'attainment',
        effect: null,
        currency: 'EUR',
    };
    const payout = { ...result, key: 'pay.curve_payout' };
    const value = { measure: 'value', currency: 'USD' };
    const column = {
        key: 'pay.curve_column',
        other: 'Company',
        from: percent('0.8000'),
        to: percent('1.0000'),
        column: 'between',
    };
    expect([
        render(result),
        render({ ...result, effect: 'weakest_link' }),
        render({ ...result, ...value }),
        render({ ...result, measure: 'value', currency: null }),
        render({ ...result, ...value, basis: 'deals' }),
        render(payout),
        render({ ...payout, basis: 'kpi_value' }),
        render({ ...payout, ...value, basis: 'kpi_value' }),
        render({ ...payout, ...value, basis: 'deals' }),
        render(column),
        render({ ...column, column: 'above' }),
    ]).toEqual([
        'Attainment of target',
        'Lower attainment of the two',
        'Result, USD',
        'Result',
        'Amount of the deal, USD',
        'Share of target bonus',
        'Paid, share of target',
        'Paid, USD',
        'Rate of the deal',
        'Company: from 80% to below 100%',
        'Company: from 80%',
    ]);
});
