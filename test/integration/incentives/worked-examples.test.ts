import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messagesFile, readCatalogue } from '../../../dashboards/messages/catalogue.ts';
import { createWords } from '../../../dashboards/messages/words.ts';
import { type Config, projectRoot, readConfig, statePaths } from '../../../pipelines/config.ts';
import { transform } from '../../../pipelines/run/transform.ts';
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

/** Builds the incentives of a company over the published KPIs of the worked examples. */
async function build(name: string, company: Config, values = 'kpi-values.csv') {
    await mkdir(join(directory, name));
    const paths = statePaths(company.company.id, join(directory, name, 'warehouse.duckdb'));
    await publishKpiValues(
        paths.warehouse,
        join(FIXTURES, values),
        join(FIXTURES, 'rules/reference/kpi_catalogue.csv'),
        name === 'joint' ? join(FIXTURES, 'core') : undefined,
    );
    const outcome = await transform(company, paths, { isFullRefresh: false, select: INCENTIVES });
    const builtTests = outcome.status === 'built' ? outcome.summary.tests : 0;
    return { warehouse: paths.warehouse, tests: builtTests };
}

beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jointly-incentives-'));
    config = await readConfig(join(FIXTURES, 'worked-example.config.json'));
    ({ warehouse, tests } = await build('joint', config));
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
            'commission/kpi-values.csv',
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
