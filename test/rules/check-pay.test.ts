import { describe, expect, it } from 'vitest';
import { type Change, type RuleFiles, refusalOf } from './rules-folder.ts';

const plans = 'incentives/plans';
const components = 'incentives/plan_components';
const tiers = 'incentives/component_tiers';
const gates = 'incentives/component_gates';
const multipliers = 'incentives/plan_multipliers';
const scales = 'incentives/multiplier_tiers';
const members = 'incentives/plan_members';
const pools = 'incentives/pools';
const shares = 'incentives/pool_departments';
const poolMembers = 'incentives/pool_members';

/** Pay that fits together; each test breaks one thing. The header is line 1. */
const sound: RuleFiles = {
    'company/people': [
        'person_id,person_name,department_id,team,valid_from,valid_to',
        'ana,Ana,marketing,,2026-01-01,',
        'boris,Boris,sales,,2026-01-01,',
    ],
    [plans]: [
        'plan_id,plan_version,plan_name,department_id,currency_code,period_type,cap_share,valid_from,valid_to',
        'm,2026.1,Marketing,marketing,EUR,month,1.15,2026-01-01,2026-07-01',
        'm,2026.2,Marketing,marketing,EUR,month,1.15,2026-07-01,',
        's,2026.1,Sales,sales,EUR,month,,2026-01-01,',
    ],
    [components]: [
        'plan_id,component_id,component_order,component_name,kpi,scope_type,scope_id,measure,weight,curve,payout_basis,threshold,cap,gate_id,valid_from,valid_to',
        'm,m1,1,SQLs,sqls,department,marketing,attainment,0.50,linear,target_amount,0.70,1.50,accepted,2026-01-01,',
        'm,m2,2,Leads,leads,department,marketing,attainment,0.50,step,target_amount,0.70,,,2026-01-01,',
        's,s1,1,Own deals,booked_revenue,person,payee,attainment,1,linear,target_amount,,,,2026-01-01,',
        's,s2,2,Own cash,collected_revenue,person,payee,value,,marginal,kpi_value,,,,2026-01-01,',
    ],
    [tiers]: [
        'component_id,tier_from,tier_to,payout_rate,valid_from,valid_to',
        'm2,0.70,1.00,0.40,2026-01-01,',
        'm2,1.00,,1.00,2026-01-01,',
        's2,0,10000.00,0.05,2026-01-01,',
        's2,10000.00,,0.02,2026-01-01,',
    ],
    [gates]: [
        'gate_id,gate_name,kpi,scope_type,scope_id,measure,threshold,miss_factor,valid_from,valid_to',
        'accepted,Sales accepts,lead_acceptance_rate,department,marketing,value,0.60,0.5,2026-01-01,',
    ],
    [multipliers]: [
        'plan_id,multiplier_id,multiplier_name,kpi,scope_type,scope_id,measure,valid_from,valid_to',
        'm,company,Company,collected_revenue,company,company,attainment,2026-01-01,',
    ],
    [scales]: [
        'multiplier_id,tier_from,tier_to,multiplier,valid_from,valid_to',
        'company,0,0.80,0,2026-01-01,',
        'company,0.80,,1,2026-01-01,',
    ],
    [members]: [
        'plan_id,payee_id,target_amount,valid_from,valid_to',
        'm,ana,1000,2026-01-15,',
        's,boris,2000,2026-01-01,',
    ],
    [pools]: [
        'pool_id,pool_name,kpi,scope_type,scope_id,period_type,threshold_amount,pool_share,prize_amount,currency_code,valid_from,valid_to',
        'pool,Pool,collected_revenue,company,company,quarter,1000,0.02,,EUR,2026-01-01,',
    ],
    [shares]: [
        'pool_id,department_id,share,valid_from,valid_to',
        'pool,marketing,0.5,2026-01-01,',
        'pool,sales,0.5,2026-01-01,',
    ],
    [poolMembers]: [
        'pool_id,payee_id,department_id,weight,valid_from,valid_to',
        'pool,ana,marketing,1,2026-01-01,',
        'pool,boris,sales,1,2026-02-01,',
    ],
};

type Case = readonly [name: string, change: Change, place: string, fix: string];

const row = (file: string, line: number) => sound[file]?.[line - 1] ?? '';
/** A row of the sound files with one text replaced. */
const edit = (file: string, line: number, from: string, to: string): Change => {
    if (!row(file, line).includes(from)) throw new Error(`${file}:${line} lacks ${from}`);
    return [file, line, row(file, line).replace(from, to)];
};

describe('rules of pay', () => {
    it('are accepted where they fit together', async () => {
        expect(await refusalOf(sound)).toBeUndefined();
    });

    it.each<Case>([
        [
            'weights that sum to 0.9',
            edit(components, 3, '0.50,step', '0.40,step'),
            `${components}.csv, line 3, column weight: expected weights in force together that sum to 1, got '0.40'`,
            'change the weights by 0.1 in all',
        ],
        [
            'a component of the target amount without a weight',
            edit(components, 2, '0.50,linear', ',linear'),
            'line 2, column weight: expected its share of the target amount, such as 0.50, got an empty cell',
            'those of a plan sum to 1',
        ],
        [
            'a weight on a component paid by value, whose rate it would scale',
            edit(components, 5, ',,marginal', ',0.50,marginal'),
            "line 5, column weight: expected an empty cell, because payout_basis is kpi_value, got '0.50'",
            'empty the cell',
        ],
        [
            'a component paid by value along a line',
            edit(components, 5, 'marginal', 'linear'),
            "line 5, column curve: expected step or marginal or overage, got 'linear'",
            'choose step or marginal or overage',
        ],
        [
            'a rate on the money of a whole department',
            edit(components, 5, 'person,payee', 'department,sales'),
            "line 5, column scope_id: expected payee, because payout_basis is kpi_value, got 'sales'",
            'pay by the own value',
        ],
        [
            'a cap on a component paid by value',
            edit(components, 5, 'kpi_value,,,', 'kpi_value,,1.5,'),
            "line 5, column cap: expected an empty cell, because payout_basis is kpi_value, got '1.5'",
            'cap_share',
        ],
        [
            'a payee who is a department',
            edit(components, 4, 'person,payee', 'department,payee'),
            "line 4, column scope_type: expected person, because scope_id 'payee' is whoever is paid, got 'department'",
            'write person',
        ],
        [
            'a component of a misspelt plan',
            edit(members, 2, 'm,ana', 'mm,ana'),
            `${members}.csv, line 2, column plan_id: expected a plan_id of ${plans}.csv, got 'mm'`,
            'did you mean m?',
        ],
        [
            'a gate that is not there',
            edit(components, 2, ',accepted,', ',acepted,'),
            `line 2, column gate_id: expected a gate_id of ${gates}.csv, got 'acepted'`,
            'did you mean accepted?',
        ],
        [
            'a gate on an unknown KPI',
            edit(gates, 2, 'lead_acceptance_rate', 'lead_acceptance'),
            `${gates}.csv, line 2, column kpi: expected a KPI of the catalogue`,
            'did you mean lead_acceptance_rate?',
        ],
        [
            'a gate that ends before the component behind it',
            edit(gates, 2, '2026-01-01,', '2026-01-01,2026-07-01'),
            `${components}.csv, line 2, column gate_id: expected a gate in force from 2026-01-01 as long as the component`,
            'add the gate',
        ],
        [
            'a missed gate that pays more',
            edit(gates, 2, '0.60,0.5', '0.60,1.5'),
            "line 2, column miss_factor: expected at most 1, got '1.5'",
            '0.5 half',
        ],
        [
            'two components in one place of the statement',
            edit(components, 3, 'm2,2', 'm2,1'),
            "line 3, column component_order: expected another number than line 2, got '1'",
            'number the components',
        ],
        [
            'one component in two plans',
            edit(components, 4, 's,s1', 's,m1'),
            "line 4, column plan_id: expected 'm', as in line 2, got 's'",
            'of its own',
        ],
        [
            'a version that pays for nothing',
            edit(plans, 3, '2026-07-01,', '2026-07-01,2026-09-01'),
            'line 2, column valid_to: expected at most 2026-09-01, got an empty cell',
            'let the membership begin and end with the plan',
        ],
        [
            'a plan that changes in the middle of a month',
            edit(plans, 4, '2026-01-01', '2026-01-10'),
            "line 4, column valid_from: expected the first day of a month, such as 2026-01-01, got '2026-01-10'",
            'with a month',
        ],
        [
            'two versions by one name',
            edit(plans, 3, '2026.2', '2026.1'),
            "line 3, column plan_version: expected another name than line 2, got '2026.1'",
            'name the version',
        ],
        [
            'plan versions that overlap',
            edit(plans, 2, '2026-07-01', '2026-08-01'),
            `${plans}.csv, line 3: expected valid_from of at least 2026-08-01`,
            'end the earlier row',
        ],
        [
            'a gap between plan versions, in which a member has no plan',
            edit(plans, 2, '2026-07-01', '2026-06-01'),
            `${members}.csv, line 2, column valid_to: expected at most 2026-06-01, got an empty cell`,
            `add the missing version to ${plans}.csv`,
        ],
        [
            'a member before the plan',
            edit(members, 3, '2026-01-01', '2025-12-31'),
            "line 3, column valid_from: expected a day on which s is in force, got '2025-12-31'",
            'with the plan',
        ],
        [
            'a payee nobody knows',
            edit(members, 3, 'boris', 'boriss'),
            'line 3, column payee_id: expected a person_id of company/people.csv',
            'did you mean boris?',
        ],
        [
            'a currency that does not exist',
            edit(plans, 4, 'EUR', 'EURO'),
            "line 4, column currency_code: expected a currency of ISO 4217 such as EUR, got 'EURO'",
            'correct the cell',
        ],
        [
            'a tier that pays less for more',
            edit(tiers, 3, '1.00,,1.00', '1.00,,0.30'),
            `${tiers}.csv, line 3, column payout_rate: expected at least 0.40, as in line 2, got '0.30'`,
            'only marginal rates may fall',
        ],
        [
            'a multiplier that falls',
            edit(scales, 2, '0.80,0,', '0.80,1.2,'),
            `${scales}.csv, line 3, column multiplier: expected at least 1.2, as in line 2, got '1'`,
            'correct the rate',
        ],
        [
            'a gap between tiers',
            edit(tiers, 3, 'm2,1.00', 'm2,1.10'),
            "line 3, column tier_from: expected the end of the tier before it (line 2), 1.00, got '1.10'",
            'where the one before it ends',
        ],
        [
            'tiers that overlap',
            edit(tiers, 3, 'm2,1.00', 'm2,0.90'),
            "line 3, column tier_from: expected the end of the tier before it (line 2), 1.00, got '0.90'",
            'where the one before it ends',
        ],
        [
            'tiers that do not begin at zero',
            edit(scales, 2, 'company,0,', 'company,0.10,'),
            "line 2, column tier_from: expected 0, got '0.10'",
            'add the tier from 0',
        ],
        [
            'a first tier that is neither at zero nor at the threshold',
            edit(tiers, 2, '0.70', '0.60'),
            "line 2, column tier_from: expected 0, or the threshold (0.70), got '0.60'",
            'add the tier from 0',
        ],
        [
            'a last tier with an end',
            edit(tiers, 5, '10000.00,,', '10000.00,20000.00,'),
            "line 5, column tier_to: expected an empty cell: the last tier has no end, got '20000.00'",
            'a cap limits',
        ],
        [
            'a tier that ends before it begins',
            edit(tiers, 2, '0.70,1.00', '0.70,0.60'),
            "line 2, column tier_to: expected more than 0.70, got '0.60'",
            'write the upper end',
        ],
        [
            'a curve without tiers',
            edit(components, 2, 'linear', 'interpolated'),
            "line 2, column component_id: expected tiers in force as long as the row, got 'm1'",
            `add the tiers to ${tiers}.csv`,
        ],
        [
            'tiers of a line, which has none',
            edit(components, 3, 'step', 'linear'),
            `${tiers}.csv, line 2, column component_id: expected a component with a curve that has tiers`,
            `correct the curve in ${components}.csv, line 3`,
        ],
        [
            'a multiplier that ends inside a version',
            edit(multipliers, 2, '2026-01-01,', '2026-01-01,2026-03-01'),
            `${multipliers}.csv, line 2, column valid_to: expected a day on which a version of the plan begins, such as 2026-01-01, got '2026-03-01'`,
            `add a version to ${plans}.csv for the change`,
        ],
        [
            'pool shares that sum to 0.9',
            edit(shares, 3, '0.5', '0.4'),
            `${shares}.csv, line 3, column share: expected shares in force together that sum to 1, got '0.4'`,
            'change the shares by 0.1 in all',
        ],
        [
            'a pool that nobody shares',
            edit(shares, 2, '2026-01-01', '2026-04-01'),
            "line 3, column share: expected shares in force together that sum to 1, got '0.5'",
            'change the shares by 0.5',
        ],
        [
            'a share that nobody is paid',
            edit(poolMembers, 3, 'boris,sales', 'boris,marketing'),
            `${shares}.csv, line 3, column department_id: expected a member of sales with a weight`,
            'add the members',
        ],
        [
            'a share that nobody is paid from a quarter on',
            edit(poolMembers, 3, '2026-02-01,', '2026-02-01,2026-06-30'),
            `${shares}.csv, line 3, column department_id: expected a member of sales with a weight in incentives/pool_members.csv in the quarter from 2026-07-01`,
            'add the members',
        ],
        [
            'a share that nobody is paid before a quarter',
            edit(poolMembers, 3, '2026-02-01', '2026-04-01'),
            'in the quarter from 2026-01-01',
            'add the members',
        ],
        [
            'a pool of a number that is no money',
            edit(pools, 2, 'collected_revenue,company', 'leads,company'),
            "line 2, column kpi: expected a KPI whose unit is currency, got 'leads'",
            'choose from: spend,',
        ],
        [
            'a pool that pays more than it has',
            edit(pools, 2, '0.02', '2'),
            "line 2, column pool_share: expected at most 1: 0.02 is 2 %, got '2'",
            'divide per cents by 100',
        ],
        [
            'a pool that pays nothing',
            edit(pools, 2, '0.02', ''),
            'line 2, column pool_share: expected either pool_share or prize_amount, got an empty cell',
            'a share of the excess, or a prize',
        ],
        [
            'a pool of a share and a prize',
            edit(pools, 2, '0.02,', '0.02,500'),
            "line 2, column prize_amount: expected either pool_share or prize_amount, got '500'",
            'a share of the excess, or a prize',
        ],
        [
            'a pool that begins inside its quarter',
            edit(pools, 2, '2026-01-01', '2026-02-01'),
            "line 2, column valid_from: expected the first day of a quarter, got '2026-02-01'",
            'with its period',
        ],
    ])('are refused for %s', async (_, change, place, fix) => {
        const refusal = await refusalOf(sound, change);
        expect(refusal).toContain(place);
        expect(refusal).toContain(fix);
    });

    it('may leave a share without members inside a quarter, and after the pool', async () => {
        const member = edit(poolMembers, 3, '2026-02-01,', '2026-02-02,2026-03-02');
        const pool = edit(pools, 2, '2026-01-01,', '2026-01-01,2026-04-01');
        expect(await refusalOf(sound, member, pool)).toBeUndefined();
    });

    it('may pay a prize for reaching a threshold', async () => {
        expect(await refusalOf(sound, edit(pools, 2, '0.02,', ',500'))).toBeUndefined();
    });

    it('may change with a version, and a plan with the month', async () => {
        const changes: readonly Change[] = [
            edit(multipliers, 2, '2026-01-01,', '2026-01-01,2026-07-01'),
            edit(members, 2, '2026-01-15,', '2026-01-15,2026-02-01'),
            [members, 4, 's,ana,1000,2026-02-01,'],
        ];
        expect(await refusalOf(sound, ...changes)).toBeUndefined();
    });

    it('are refused for two plans of one payee in a month', async () => {
        const changes: readonly Change[] = [
            edit(members, 2, '2026-01-15,', '2026-01-15,2026-02-10'),
            [members, 4, 's,ana,1000,2026-02-10,'],
        ];
        expect(await refusalOf(sound, ...changes)).toContain(
            `${members}.csv, line 4, column valid_from: expected the first day of a month, as line 2 ends on 2026-02-10, got '2026-02-10'`,
        );
    });

    it('are refused for a cost that is none of contracts, or that nothing says how to spread', async () => {
        const [header = '', ...lines] = sound[components] ?? [];
        const column = (value: string, line: string) =>
            line.replace(/(,[^,]*,[^,]*)$/, `,${value}$1`);
        const deferred = (component: string, terms: string): RuleFiles => ({
            ...sound,
            [components]: [
                column('incremental_cost', header),
                ...lines.map((line) => column(line.includes(`,${component},`) ? 'true' : '', line)),
            ],
            'incentives/pay_terms': [
                'pay_day,object_within_days,object_to,amortisation_months,valid_from,valid_to',
                terms,
            ],
        });
        expect(await refusalOf(deferred('s1', '31,30,Olga,24,2020-01-01,'))).toBeUndefined();
        expect(await refusalOf(deferred('s2', ',,,36,2020-01-01,'))).toBeUndefined();
        for (const [component, terms, place, expected] of [
            ['m1', ',,,24,2020-01-01,', 'line 2, column incremental_cost', 'none of won_deals'],
            ['s1', '25,,,,2020-01-01,', 'line 4, column incremental_cost', 'amortisation_months'],
            [
                's2',
                ',,,24,2026-02-01,',
                'line 5, column incremental_cost',
                'in force from 2026-01-01',
            ],
            ['', '25,30,,24,2020-01-01,', 'line 2, column object_to', 'both object_within_days'],
            ['', '25,,Olga,24,2020-01-01,', 'line 2, column object_within_days', 'or neither'],
            ['', '32,,,,2020-01-01,', 'line 2, column pay_day', 'at most 31'],
        ] as const) {
            const refusal = await refusalOf(deferred(component, terms));
            expect(refusal, component).toContain(place);
            expect(refusal, component).toContain(expected);
        }
    });

    it('are refused for a version without components', async () => {
        const changes: readonly Change[] = [
            [components, 4, ''],
            [components, 5, ''],
            [tiers, 4, ''],
            [tiers, 5, ''],
        ];
        expect(await refusalOf(sound, ...changes)).toContain(
            `${plans}.csv, line 4, column valid_from: expected a component of s in force from 2026-01-01 to no end`,
        );
    });

    it('let marginal rates fall, of which each slice keeps its own', async () => {
        expect(await refusalOf(sound, edit(tiers, 5, '0.02', '0.01'))).toBeUndefined();
    });
});

describe('what a component is judged on', () => {
    const header = row(components, 1).replace('curve,', 'curve,judged_on,');
    /** A row of a component with what it is judged on. */
    const judged = (line: number, on: string) =>
        row(components, line).replace(/(linear|step|marginal),/, `$1,${on},`);
    const rules = (first: string, own = ''): RuleFiles => ({
        ...sound,
        [components]: [header, judged(2, first), judged(3, ''), judged(4, own), judged(5, '')],
    });

    it('may be a quarter, or the year to date where no month is capped', async () => {
        expect(await refusalOf(rules('quarter', 'year_to_date'))).toBeUndefined();
    });

    it('is refused for the year to date under a cap of each month', async () => {
        const refusal = await refusalOf(rules('year_to_date'));
        expect(refusal).toContain(
            "line 2, column judged_on: expected month or quarter, because the plan has a cap_share, got 'year_to_date'",
        );
        expect(refusal).toContain('give the component a cap of its own');
    });

    it('is refused for a quarter that begins inside one', async () => {
        const files = rules('', 'quarter');
        const late = files[components]?.[3]?.replace('2026-01-01', '2026-02-01') ?? '';
        expect(await refusalOf(files, [components, 4, late])).toContain(
            "line 4, column valid_from: expected the first day of a quarter, got '2026-02-01'",
        );
    });
});

describe('the other side of a component', () => {
    /** s1 is paid on the lower of two attainments, m1 by a table of both. */
    const sides: RuleFiles = {
        ...sound,
        [gates]: [
            'gate_id,gate_name,kpi,scope_type,scope_id,measure,effect,threshold,miss_factor,valid_from,valid_to',
            'accepted,Company,booked_revenue,company,company,attainment,table,,,2026-01-01,',
            'both,Marketing,sqls,department,marketing,attainment,weakest_link,,,2026-01-01,',
        ],
        [components]: [
            row(components, 1),
            row(components, 2).replace('linear', 'table'),
            row(components, 3),
            row(components, 4).replace('target_amount,,,,', 'target_amount,,,both,'),
            row(components, 5).replace('marginal', 'overage'),
        ],
        [tiers]: [
            'component_id,tier_from,tier_to,other_from,other_to,payout_rate,valid_from,valid_to',
            'm1,0.70,1.00,0,1.00,0.5,2026-01-01,',
            'm1,0.70,1.00,1.00,,0.8,2026-01-01,',
            'm1,1.00,,0,1.00,0.9,2026-01-01,',
            'm1,1.00,,1.00,,1.2,2026-01-01,',
            'm2,0.70,1.00,,,0.40,2026-01-01,',
            'm2,1.00,,,,1.00,2026-01-01,',
            's2,0,10000.00,,,0.02,2026-01-01,',
            's2,10000.00,,,,0.05,2026-01-01,',
        ],
    };
    const change = (file: string, line: number, from: string, to: string): Change => {
        const text = sides[file]?.[line - 1] ?? '';
        if (!text.includes(from)) throw new Error(`${file}:${line} lacks ${from}`);
        return [file, line, text.replace(from, to)];
    };

    it('may be a table or a weakest link', async () => {
        expect(await refusalOf(sides)).toBeUndefined();
    });

    it.each<Case>([
        [
            'a threshold of a weakest link',
            change(gates, 3, 'weakest_link,,', 'weakest_link,0.5,'),
            "line 3, column threshold: expected an empty cell, because effect is weakest_link, got '0.5'",
            'empty the cell',
        ],
        [
            'a gate that nothing can miss',
            change(gates, 3, 'weakest_link,,', 'gate,,0'),
            'line 3, column threshold: expected a number, got an empty cell',
            'or another effect',
        ],
        [
            'a weakest link of an attainment and a value',
            change(gates, 3, 'attainment,weakest', 'value,weakest'),
            "line 3, column measure: expected attainment, because effect is weakest_link, got 'value'",
            'write attainment',
        ],
        [
            'a weakest link before a rate on money',
            change(components, 5, 'kpi_value,,,,', 'kpi_value,,,both,'),
            "line 5, column payout_basis: expected target_amount, got 'kpi_value'",
            'take the weakest link out',
        ],
        [
            'a table without columns',
            change(components, 2, ',accepted,', ',both,'),
            "line 2, column gate_id: expected a gate whose effect is table, got 'both'",
            'go together',
        ],
        [
            'columns without a table',
            change(components, 3, 'target_amount,0.70,,,', 'target_amount,0.70,,accepted,'),
            "line 3, column curve: expected table, as the effect of its gate, got 'step'",
            'go together',
        ],
        [
            'a cell without a column',
            change(tiers, 3, '1.00,1.00,,0.8', '1.00,,,0.8'),
            'line 3, column other_from: expected where the column begins, such as 0, got an empty cell',
            'of every cell',
        ],
        [
            'a column of a curve that is no table',
            change(tiers, 6, ',,,0.40', ',0,,0.40'),
            "line 6, column other_from: expected an empty cell, got '0'",
            'empty other_from',
        ],
        [
            'a table with a hole',
            [tiers, 5, ''],
            "line 3, column tier_to: expected an empty cell: the last tier has no end, got '1.00'",
            'empty the cell',
        ],
        [
            'a table that pays less when the other side does better',
            change(tiers, 5, '1.2', '0.8'),
            "line 5, column payout_rate: expected at least 0.9, as in line 4, got '0.8'",
            'only marginal rates may fall',
        ],
        [
            'whole overage that does not begin at zero',
            change(tiers, 8, 's2,0,', 's2,5,'),
            "line 8, column tier_from: expected 0, got '5'",
            'add the tier from 0',
        ],
    ])('is refused for %s', async (_, edited, place, fix) => {
        const refusal = await refusalOf(sides, edited);
        expect(refusal).toContain(place);
        expect(refusal).toContain(fix);
    });

    it('is refused for a table without its first column', async () => {
        const changes: readonly Change[] = [
            change(tiers, 2, ',0,1.00,0.5', ',0.5,1.00,0.5'),
            change(tiers, 4, ',0,1.00,0.9', ',0.5,1.00,0.9'),
        ];
        expect(await refusalOf(sides, ...changes)).toContain(
            "line 2, column other_from: expected 0, got '0.5'",
        );
    });
});

describe('a component paid by deals', () => {
    const terms = 'incentives/commission_terms';
    const splits = 'incentives/deal_splits';
    const byDeals: RuleFiles = {
        ...sound,
        'company/product_lines': [
            'product_line_id,product_line_label,valid_from,valid_to',
            'gates,Gates,2026-01-01,',
            'parts,Parts,2026-01-01,',
        ],
        [components]: [
            ...(sound[components] ?? []).slice(0, 4),
            's,s2,2,Own deals,collected_revenue,person,payee,value,,step,deals,,,,2026-01-01,',
        ],
        [tiers]: [
            ...(sound[tiers] ?? []).slice(0, 3),
            's2,0,10000.00,0.04,2026-01-01,',
            's2,10000.00,,0.06,2026-01-01,',
        ],
        [terms]: [
            'component_id,product_line_ids,minimum_margin,closing_share,lapse_days,residual_rate,residual_months,valid_from,valid_to',
            's2,gates|parts,0.20,0.60,90,0.01,24,2026-01-01,',
        ],
        [splits]: ['deal_id,payee_id,share', 'D-1,boris,0.70', 'D-1,ana,0.30'],
    };
    const change = (file: string, line: number, from: string, to: string): Change => {
        const text = byDeals[file]?.[line - 1] ?? '';
        if (!text.includes(from)) throw new Error(`${file}:${line} lacks ${from}`);
        return [file, line, text.replace(from, to)];
    };

    it('may be filtered, held back, split and followed by a residual', async () => {
        expect(await refusalOf(byDeals)).toBeUndefined();
    });

    it.each<Case>([
        [
            'a curve that is no rate of a deal',
            change(components, 5, 'step', 'marginal'),
            "line 5, column curve: expected step, got 'marginal'",
            'choose step',
        ],
        [
            'a threshold of a month',
            change(components, 5, 'deals,,', 'deals,100,'),
            "line 5, column threshold: expected an empty cell, because payout_basis is deals, got '100'",
            'component_tiers',
        ],
        [
            'an attainment',
            change(components, 5, 'value', 'attainment'),
            "line 5, column measure: expected value, got 'attainment'",
            'component_tiers',
        ],
        [
            'deals of a whole department',
            change(components, 5, 'person,payee', 'department,sales'),
            "line 5, column scope_id: expected payee, because payout_basis is deals, got 'sales'",
            'own value',
        ],
        [
            'terms of a component that is not paid by deals',
            change(terms, 2, 's2', 's1'),
            "line 2, column component_id: expected a component whose payout_basis is deals, got 's1'",
            `line 4`,
        ],
        [
            'a product line nobody sells',
            change(terms, 2, 'gates|parts', 'gates|part'),
            'line 2, column product_line_ids: expected a product_line_id of company/product_lines.csv',
            'did you mean parts?',
        ],
        [
            'more than everything at closing',
            change(terms, 2, '0.60', '60'),
            "line 2, column closing_share: expected at most 1: 0.05 is 5 %, got '60'",
            'divide per cents',
        ],
        [
            'a residual without a term',
            change(terms, 2, '0.01,24', '0.01,'),
            'line 2, column residual_months: expected a number, because the other one is given, got an empty cell',
            'or neither',
        ],
        [
            'shares of a deal that sum to 1.1',
            change(splits, 3, '0.30', '0.40'),
            "line 3, column share: expected shares of a deal that sum to 1, got '0.40'",
            'by -0.1 in all',
        ],
        [
            'a payee of a deal nobody knows',
            change(splits, 2, 'boris', 'borris'),
            'line 2, column payee_id: expected a person_id of company/people.csv',
            'did you mean boris?',
        ],
        [
            'terms that change inside a version',
            change(terms, 2, '2026-01-01,', '2026-02-10,'),
            "line 2, column valid_from: expected a day on which a version of the plan begins, such as 2026-01-01, got '2026-02-10'",
            'add a version',
        ],
    ])('is refused for %s', async (_, edited, place, fix) => {
        const refusal = await refusalOf(byDeals, edited);
        expect(refusal).toContain(place);
        expect(refusal).toContain(fix);
    });

    it('is refused when it ends before the plan by which old deals are paid', async () => {
        const changes: readonly Change[] = [
            [plans, 4, 's,2026.1,Sales,sales,EUR,month,,2026-01-01,2026-07-01'],
            [plans, 5, 's,2026.2,Sales,sales,EUR,month,,2026-07-01,'],
            change(components, 5, '2026-01-01,', '2026-01-01,2026-07-01'),
        ];
        expect(await refusalOf(byDeals, ...changes)).toContain(
            "line 5, column valid_to: expected a row of the component on 2026-07-01, on which s is in force, got '2026-07-01'",
        );
    });
});
