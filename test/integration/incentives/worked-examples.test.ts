import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messagesFile, readCatalogue } from '../../../dashboards/messages/catalogue.ts';
import { createWords } from '../../../dashboards/messages/words.ts';
import { type Config, projectRoot, readConfig, statePaths } from '../../../pipelines/config.ts';
import { transform } from '../../../pipelines/run/transform.ts';
import { queryFiles, type TextRow } from '../../end-to-end/support/duckdb.ts';
import { commissionByHand } from '../../support/commission-by-hand.ts';
import {
    bonusLines,
    money,
    monthsAfter,
    type Numbers,
    number,
    optional,
    payMonth,
    type Rules,
    ratio,
    sum,
    zero,
} from '../../support/pay-by-hand.ts';
import { writeRandomPlans } from './random-plans.ts';
import { publishKpiValues, readRows } from './scratch-warehouse.ts';

const FIXTURES = resolve(projectRoot, 'test/fixtures/incentives');
/** Seeds and models of the incentives, and the tests on them; unit tests run with the models. */
const INCENTIVES = [
    'jointly.incentives,resource_type:seed',
    'jointly.reference.exchange_rates',
    'path:models/incentives',
];

const words = createWords(readCatalogue(messagesFile('en')), {
    language: 'en',
    number_locale: 'en-GB',
    currency: 'EUR',
});
/** Messages of a row as a payee reads them; anything else as it is. */
const said = (row: readonly (string | null)[]) =>
    row.map((cell) => (cell?.startsWith('{') ? words.render(cell) : cell));

let directory = '';
let config: Config;
let warehouse = '';
let tests = 0;

/** The worked examples with many more payees in random plans. */
let random = '';

/** Builds the incentives of a company over the published KPIs of the worked examples. */
async function build(name: string, company: Config, values = join(FIXTURES, 'kpi-values.csv')) {
    await mkdir(join(directory, name));
    const paths = statePaths(company.company.id, join(directory, name, 'warehouse.duckdb'));
    await publishKpiValues(
        paths.warehouse,
        values,
        join(FIXTURES, 'rules/reference/kpi_catalogue.csv'),
        join(company.rules ?? '', 'incentives/plan_members.csv'),
        name === 'joint' ? join(random, 'core') : undefined,
    );
    const outcome = await transform(company, paths, { isFullRefresh: false, select: INCENTIVES });
    const builtTests = outcome.status === 'built' ? outcome.summary.tests : 0;
    return { warehouse: paths.warehouse, tests: builtTests };
}

beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jointly-incentives-'));
    random = join(directory, 'random');
    await writeRandomPlans(FIXTURES, random, 2026);
    config = await readConfig(join(random, 'worked-example.config.json'));
    ({ warehouse, tests } = await build('joint', config, join(random, 'kpi-values.csv')));
});

afterAll(() => rm(directory, { recursive: true, force: true }));

describe('the joint plan, from published KPIs to the statement', () => {
    test('passes the tests of its data', () => {
        expect(tests).toBeGreaterThan(25);
    });

    test('pays cases A to F as the plan document says', async () => {
        const statements = await readRows(
            warehouse,
            `select strftime(period_start, '%m'), payee_id, amount_before_company, payable_amount
            from marts.fct_bonus_statements
            where period_start < '2026-07-01' and payee_id in ('ana', 'boris')
            order by period_start, payee_id`,
        );
        expect(statements).toEqual([
            ['01', 'ana', '1000.00', '1000.00'],
            ['01', 'boris', '2040.00', '2040.00'],
            ['02', 'ana', '1000.00', '0.00'],
            ['02', 'boris', '2040.00', '0.00'],
            ['03', 'ana', '1000.00', '500.00'],
            ['03', 'boris', '1305.00', '652.50'],
            ['04', 'ana', '450.00', '450.00'],
            ['04', 'boris', '2040.00', '2040.00'],
            ['05', 'ana', '1000.00', '1150.00'],
            ['05', 'boris', '1470.00', '1764.00'],
            ['06', 'ana', '0.00', '0.00'],
            ['06', 'boris', '480.00', '240.00'],
        ]);
    });

    test('explains case E line by line, down to the cap', async () => {
        const lines = await readRows(
            warehouse,
            `select line_type, explanation_message, amount
            from marts.fct_bonus_statement_lines
            where payee_id = 'ana' and period_start = '2026-05-01'
            order by line_number`,
        );
        expect(lines.map(said)).toEqual([
            ['component', 'attainment 110% x weight 50% x target 1,000.00 EUR', '550.00'],
            ['gate', 'value 60% meets the gate of 60%: the component is paid in full', '0.00'],
            ['component', 'attainment 90% x weight 50% x target 1,000.00 EUR', '450.00'],
            ['multiplier', 'attainment 110% is at least 110%: 1,000.00 EUR x 1.2', '200.00'],
            [
                'cap',
                '1,200.00 EUR is above the cap of 115% of the target of 1,000.00 EUR: 1,150.00 EUR is paid',
                '-50.00',
            ],
        ]);
    });

    test('pays nothing on a missing number, and says which; the other side is paid', async () => {
        const statements = await readRows(
            warehouse,
            `select payee_id, status, payable_amount, reason_message
            from marts.fct_bonus_statements
            where period_start = '2026-07-01' and payee_id in ('ana', 'boris')
            order by payee_id`,
        );
        const reason = 'Booked revenue has no attainment: won deals carry no exchange rate';
        expect(statements.map(said)).toEqual([
            ['ana', 'complete', '1000.00', null],
            ['boris', 'incomplete', null, reason],
        ]);
        const amounts = `select count(amount) from marts.fct_bonus_statement_lines
            where payee_id = 'boris' and period_start = '2026-07-01'`;
        expect(await readRows(warehouse, amounts)).toEqual([['0']]);
    });

    test('calls a month provisional while its numbers may still move', async () => {
        const statements = await readRows(
            warehouse,
            `select payee_id, status, payable_amount
            from marts.fct_bonus_statements
            where period_start = '2026-08-01' and payee_id in ('ana', 'boris')
            order by payee_id`,
        );
        expect(statements).toEqual([
            ['ana', 'provisional', '1000.00'],
            ['boris', 'provisional', '2040.00'],
        ]);
    });

    test('prorates a joiner by days and shares a pool of 600 as 100 each', async () => {
        const statements = await readRows(
            warehouse,
            `select payee_id, target_amount, bonus_amount, pool_amount, payable_amount
            from marts.fct_bonus_statements
            where period_start = '2026-09-01' and target_amount > 0
                and not starts_with(payee_id, 'bonus_')
            order by payee_id`,
        );
        expect(statements).toEqual([
            ['ana', '1000.00', '1000.00', '100.00', '1100.00'],
            ['boris', '2000.00', '2040.00', '100.00', '2140.00'],
            ['elena', '2000.00', '2040.00', '100.00', '2140.00'],
            ['irina', '1000.00', '1000.00', '100.00', '1100.00'],
            ['mihai', '2000.00', '2040.00', '100.00', '2140.00'],
            ['radu', '450.00', '450.00', '100.00', '550.00'],
        ]);
    });
});

describe('commission by deals', () => {
    /** What payees were paid, month by month, and why where it is nothing. */
    const paidTo = (payees: string) =>
        readRows(
            warehouse,
            `select payee_id, strftime(period_start, '%m'), payable_amount, balance_carried_amount
            from marts.fct_bonus_statements
            where payee_id in (${payees}) and earned_amount != 0
            order by payee_id, period_start`,
        );

    test('pays a residual after the hand-over, and reverses a refund at the rate it was paid at', async () => {
        expect(await paidTo(`'petra'`)).toEqual([
            ['petra', '01', '200.00', '0.00'],
            ['petra', '02', '200.00', '0.00'],
            ['petra', '04', '40.00', '0.00'],
            ['petra', '08', '40.00', '0.00'],
            ['petra', '09', '0.00', '-8.00'],
        ]);
    });

    test('holds back until the client pays, and takes back what lapses: 60 + 20 - 30 = 50', async () => {
        expect(await paidTo(`'hana'`)).toEqual([
            ['hana', '01', '60.00', '0.00'],
            ['hana', '04', '0.00', '-10.00'],
        ]);
        const lines = await readRows(
            warehouse,
            `select event_type, event_date, base_amount, rate, paid_share, amount
            from marts.fct_commission_lines where payee_id = 'hana' order by event_date, event_type`,
        );
        expect(lines).toEqual([
            ['closing', '2026-01-05', '2000.00', '0.0500', '0.6000', '60.00'],
            ['lapse', '2026-04-05', '-1000.00', '0.0500', '0.6000', '-30.00'],
            ['payment', '2026-04-05', '1000.00', '0.0500', '0.4000', '20.00'],
        ]);
    });

    test('takes back what a payment has paid, whatever else came later or too late', async () => {
        const lines = await readRows(
            warehouse,
            `select deal_id, event_type, event_date, amount from marts.fct_commission_lines
            where payee_id = 'gita' order by deal_id, event_date, event_type`,
        );
        expect(lines).toEqual([
            ['credit', 'closing', '2026-07-01', '-15.00'],
            ['credit', 'refund', '2026-07-20', '-10.00'],
            ['late', 'closing', '2026-01-05', '60.00'],
            ['late', 'payment', '2026-02-01', '20.00'],
            ['late', 'lapse', '2026-04-05', '-30.00'],
            ['late', 'payment', '2026-05-01', '0.00'],
            // All that 1,000.00 has paid: 5 % of it.
            ['late', 'refund', '2026-06-01', '-50.00'],
            ['moved', 'closing', '2026-01-05', '60.00'],
            ['moved', 'payment', '2026-02-01', '20.00'],
            ['moved', 'payment', '2026-03-10', '0.00'],
            ['moved', 'refund', '2026-04-20', '-50.00'],
        ]);
    });

    test('pays each deal at the rate of its amount and nothing under its margin: 1,040.00', async () => {
        expect(await paidTo(`'dora'`)).toEqual([
            ['dora', '03', '1040.00', '0.00'],
            ['dora', '05', '420.00', '0.00'],
        ]);
        const lines = await readRows(
            warehouse,
            `select deal_id, amount, reason_code from marts.fct_commission_lines
            where payee_id = 'dora' order by event_date`,
        );
        expect(lines).toEqual([
            ['large', '720.00', null],
            ['small', '320.00', null],
            ['thin', '0.00', 'low_margin'],
            ['shared', '420.00', null],
        ]);
    });

    test('converts at the closing date: 4 % of 1,000 EUR at 1.10 are 44.00 USD', async () => {
        expect(await paidTo(`'ines'`)).toEqual([['ines', '08', '44.00', '0.00']]);
    });

    test('has lines that sum to the line of the statement', async () => {
        const differences = await readRows(
            warehouse,
            `with deals as (
                select payee_id, period_start, sum(amount) as amount
                from marts.fct_commission_lines group by all
            )
            select * from deals join marts.fct_bonus_statement_lines as lines
                using (payee_id, period_start)
            where lines.line_type = 'component' and deals.amount is distinct from lines.amount`,
        );
        expect(differences).toEqual([]);
    });
});

describe('curves and what they are judged on', () => {
    /** What a payee is paid, month by month. */
    const paidTo = async (payee: string) => {
        const rows = await readRows(
            warehouse,
            `select payable_amount from marts.fct_bonus_statements
            where payee_id = '${payee}' order by period_start`,
        );
        return rows.flat();
    };

    test('the year to date pays what is owed less what was paid', async () => {
        expect(await paidTo('nora')).toEqual(['800.00', '1300.00', '600.00', '200.00']);
        const lines = await readRows(
            warehouse,
            `select explanation_message, amount from marts.fct_bonus_statement_lines
            where payee_id = 'nora' and period_start = '2026-02-01'`,
        );
        expect(lines.map(said)).toEqual([
            [
                'attainment 105% in the year to date x weight 100% x target 2,000.00 EUR, less 800.00 EUR of earlier months',
                '1300.00',
            ],
        ]);
    });

    test('a quarter is paid with its last month, or with that of whoever leaves', async () => {
        expect(await paidTo('otto')).toEqual(['0.00', '0.00', '2700.00', '0.00', '1483.87']);
    });

    test('a weakest link of 1.10 and 0.82 pays both on 0.82', async () => {
        expect(await paidTo('tara')).toEqual(['820.00']);
        expect(await paidTo('vera')).toEqual(['820.00']);
        const lines = await readRows(
            warehouse,
            `select line_type, explanation_message, amount from marts.fct_bonus_statement_lines
            where payee_id = 'tara' order by line_number`,
        );
        expect(lines.map(said)).toEqual([
            ['component', 'attainment 110% x weight 100% x target 1,000.00 EUR', '1100.00'],
            [
                'gate',
                "the other side's attainment of 82% is the lower one: the component is paid on it",
                '-280.00',
            ],
        ]);
    });

    test('a table is read by the own result and that of the company', async () => {
        expect(await paidTo('yara')).toEqual(['800.00', '900.00']);
    });

    test('whole overage pays 8,000 for 130,000 and 7,000 for exactly 120,000', async () => {
        expect(await paidTo('zoe')).toEqual(['8000.00', '7000.00']);
    });
});

describe('draws of 1,000 a month against commissions of 600, 1,700 and 300', () => {
    test('are made up for by later months, or are paid for good', async () => {
        const statements = await readRows(
            warehouse,
            `select payee_id, strftime(period_start, '%m'), earned_amount, payable_amount,
                balance_carried_amount
            from marts.fct_bonus_statements
            where payee_id in ('karl', 'lena') and period_start < '2026-05-01'
            order by payee_id, period_start`,
        );
        expect(statements).toEqual([
            ['karl', '01', '600.00', '1000.00', '-400.00'],
            ['karl', '02', '1700.00', '1300.00', '0.00'],
            ['karl', '03', '300.00', '1000.00', '-700.00'],
            ['karl', '04', '900.00', '200.00', '0.00'],
            ['lena', '01', '600.00', '1000.00', '0.00'],
            ['lena', '02', '1700.00', '1700.00', '0.00'],
            ['lena', '03', '300.00', '1000.00', '0.00'],
            ['lena', '04', '900.00', '900.00', '0.00'],
        ]);
    });
});

describe('a plan of nothing but parts', () => {
    /** The plans, their members, and their components without a gate. */
    async function writePlainRules(): Promise<string> {
        const from = join(FIXTURES, 'rules/incentives');
        const rules = join(directory, 'plain-rules');
        const to = join(rules, 'incentives');
        await mkdir(to, { recursive: true });
        for (const file of ['plans.csv', 'plan_members.csv', 'plan_components.csv']) {
            const lines = (await readFile(join(from, file), 'utf8')).split('\n');
            const joint = lines.filter((line) => /^(?:plan_id|joint_)/.test(line)).join('\n');
            const text = joint.replaceAll(/,(?:accepted_leads|worked_leads),/g, ',,');
            await writeFile(join(to, file), `${text}\n`);
        }
        return rules;
    }

    test('is legal, and pays case C without gate and multiplier', async () => {
        const plain = await build('plain', { ...config, rules: await writePlainRules() });
        const statements = await readRows(
            plain.warehouse,
            `select payee_id, status, pool_amount, payable_amount from marts.fct_bonus_statements
            where period_start = '2026-03-01'
            order by payee_id`,
        );
        expect(statements).toEqual([
            ['ana', 'complete', '0.00', '1000.00'],
            ['boris', 'complete', '0.00', '2040.00'],
        ]);
    });
});

describe('commission: rates on money', () => {
    let commission = '';

    beforeAll(async () => {
        const company = await readConfig(join(FIXTURES, 'commission/config.json'));
        ({ warehouse: commission } = await build(
            'commission',
            company,
            join(FIXTURES, 'commission/kpi-values.csv'),
        ));
    });

    test('a refund makes a month negative, and later months make up for it', async () => {
        const statements = await readRows(
            commission,
            `select strftime(period_start, '%m'), earned_amount, balance_brought_forward_amount,
                payable_amount, balance_carried_amount, status
            from marts.fct_bonus_statements
            where payee_id = 'boris'
            order by period_start`,
        );
        expect(statements).toEqual([
            ['02', '200.00', '0.00', '200.00', '0.00', 'complete'],
            ['05', '-50.00', '0.00', '0.00', '-50.00', 'complete'],
            ['06', '30.00', '-50.00', '0.00', '-20.00', 'complete'],
            ['07', '50.00', '-20.00', '30.00', '0.00', 'complete'],
        ]);
    });

    test('the balance is a line, and the lines sum to what is payable', async () => {
        const lines = await readRows(
            commission,
            `select strftime(period_start, '%m'), line_type, amount
            from marts.fct_bonus_statement_lines
            where payee_id = 'boris' and period_start > '2026-02-01'
            order by period_start, line_number`,
        );
        expect(lines).toEqual([
            ['05', 'component', '-50.00'],
            ['05', 'balance_carried', '50.00'],
            ['06', 'component', '30.00'],
            ['06', 'balance_brought_forward', '-50.00'],
            ['06', 'balance_carried', '20.00'],
            ['07', 'component', '50.00'],
            ['07', 'balance_brought_forward', '-20.00'],
        ]);
    });

    test('4 % of 1,000 EUR at 1.10 on the closing date is 44.00 USD; without a rate it waits', async () => {
        const statements = await readRows(
            commission,
            `select strftime(period_start, '%m'), payable_amount, currency_code, status, reason_message
            from marts.fct_bonus_statements
            where payee_id = 'elena'
            order by period_start`,
        );
        const reason =
            'Collected revenue is not known: no exchange rate from EUR to USD on 30 Jun 2026';
        expect(statements.map(said)).toEqual([
            ['06', null, 'USD', 'incomplete', reason],
            ['07', '44.00', 'USD', 'complete', null],
        ]);
    });

    test('4 % and 2 % of 1,000 are 60.00: a rate on money has no weight', async () => {
        const statements = await readRows(
            commission,
            `select payable_amount from marts.fct_bonus_statements where payee_id = 'mihai'`,
        );
        expect(statements).toEqual([['60.00']]);
    });

    test('no deal and no target earns 0.00; a deal without a target, or an unknown one, waits', async () => {
        const statements = await readRows(
            commission,
            `select payee_id, payable_amount, status, reason_message from marts.fct_bonus_statements
            where payee_id in ('ana', 'irina', 'radu') and period_start = '2026-06-01'
            order by payee_id`,
        );
        expect(statements.map(said)).toEqual([
            ['ana', '0.00', 'complete', null],
            [
                'irina',
                null,
                'incomplete',
                'Booked revenue has no attainment: won deals carry no exchange rate',
            ],
            ['radu', null, 'incomplete', 'Booked revenue has no attainment: no target'],
        ]);
    });
});

describe('random plans, in one build', () => {
    const months = ['01', '02', '03', '04', '05', '06', '07', '08', '09'].map(
        (m) => `2026-${m}-01`,
    );

    /** The published numbers, summed up where months count together. */
    async function readNumbers(): Promise<Numbers & { readonly rules: Rules }> {
        const csv = (file: string) =>
            queryFiles(
                `from read_csv('${join(random, file)}.csv', header = true, all_varchar = true)`,
            );
        const names = [
            ...['plans', 'plan_members', 'plan_components', 'component_tiers', 'component_gates'],
            ...['plan_multipliers', 'multiplier_tiers', 'draws', 'commission_terms', 'deal_splits'],
        ].map((name) => `incentives/${name}`);
        const tables = new Map<string, readonly TextRow[]>();
        for (const name of [...names, 'reference/exchange_rates']) {
            tables.set(name, await csv(`rules/${name}`));
        }
        const values = Map.groupBy(
            await csv('kpi-values'),
            (row) => `${row.kpi} ${row.scope_type} ${row.scope_id}`,
        );
        const rules: Rules = (file) => tables.get(file) ?? [];
        const facts = {
            deals: await csv('core/dim_deals'),
            payments: await csv('core/fct_payments'),
            owners: await csv('core/fct_client_owners'),
            asOf: '2026-12-31',
        };
        return {
            rules,
            commission: commissionByHand(rules, facts),
            quarterOf: (month) => {
                const first = months.findLast((one, at) => at % 3 === 0 && one <= month) ?? month;
                return [first, monthsAfter(first, 3)];
            },
            yearOf: () => '2026-01-01',
            measure: (rule, payee, from, until) => {
                const scope = rule.scope_id === 'payee' ? payee : rule.scope_id;
                const own = (values.get(`${rule.kpi} ${rule.scope_type} ${scope}`) ?? []).filter(
                    ({ period_start: start }) => from <= (start ?? '') && (start ?? '') < until,
                );
                const [only, ...others] = own;
                if (!only) return { value: zero, target: undefined, attainment: undefined };
                if (others.length === 0) {
                    return {
                        value: number(only, 'value'),
                        target: optional(only, 'target'),
                        attainment: optional(only, 'attainment'),
                    };
                }
                const value = sum(own.map((row) => number(row, 'value')));
                const target = sum(own.map((row) => number(row, 'target')));
                return { value, target, attainment: ratio(value, target) };
            },
        };
    }

    test('pay what the same rules pay by hand, line by line', async () => {
        const { rules, ...numbers } = await readNumbers();
        // Whose target changes is a member twice.
        const members = rules('incentives/plan_members').flatMap(({ payee_id: id }) =>
            id && /^(?:bonus|deal)_/.test(id) ? [id] : [],
        );
        const payees = [...new Set(members)];
        const expected = payees.flatMap((payee) => {
            let owed = zero;
            return months.flatMap((month) => {
                const lines = bonusLines(rules, numbers, payee, month);
                if (lines?.length === 0) return [];
                if (!lines) throw new Error(`${payee} has no number for ${month}`);
                const earned = sum(lines.map(({ amount }) => new Decimal(amount)));
                const paid = payMonth(rules, payee, month, { owed, earned, hasPlan: true });
                owed = paid.owed;
                const printed = lines.map(({ type, kpi, amount }) => `${type} ${kpi} ${amount}`);
                return [[payee, month, money(earned), money(paid.payable), printed.join(', ')]];
            });
        });
        const computed = await readRows(
            warehouse,
            `select statements.payee_id, statements.period_start, any_value(earned_amount),
                any_value(payable_amount),
                string_agg(concat_ws(' ', line_type, coalesce(kpi, ''), amount), ', '
                    order by line_number) filter (not starts_with(line_type, 'balance_'))
            from marts.fct_bonus_statements as statements
            join marts.fct_bonus_statement_lines as lines using (payee_id, period_start)
            where regexp_matches(statements.payee_id, '^(bonus|deal)_')
            group by all`,
        );
        const order = (one: readonly unknown[]) => `${one[0]} ${one[1]}`;
        const sorted = (rows: readonly (readonly (string | null)[])[]) =>
            rows.toSorted((one, other) => (order(one) < order(other) ? -1 : 1));
        expect(sorted(computed)).toEqual(sorted(expected));
        expect(payees).toHaveLength(48);
        for (const type of ['gate', 'multiplier', 'cap', 'rounding']) {
            expect(
                expected.some(([, , , , lines]) => lines?.includes(`${type} `)),
                type,
            ).toBe(true);
        }
    });
});
