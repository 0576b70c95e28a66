import { describe, expect, it } from 'vitest';
import { builtIn, type RuleFiles, refusalOf } from './rules-folder.ts';

const catalogue = 'reference/kpi_catalogue';
const header = builtIn(catalogue)[0] ?? '';

/** The row of a KPI with one column changed. */
function kpiWith(kpi: string, column: string, value: string): RuleFiles {
    const index = header.split(',').indexOf(column);
    const row = builtIn(catalogue).find((line) => line.startsWith(`${kpi},`)) ?? '';
    const cells = row.split(',');
    return { [catalogue]: [header, cells.with(index, value).join(',')] };
}

describe('the KPI catalogue is refused for', () => {
    it.each([
        [
            'a misspelt unit',
            'unit',
            'ratoi',
            "line 2, column unit: expected one of currency, count, ratio, percent, minutes, flag, got 'ratoi'",
            'did you mean ratio?',
        ],
        [
            'a misspelt aggregation',
            'aggregation',
            'aditive',
            'column aggregation: expected one of additive, ratio, derived',
            'did you mean additive?',
        ],
        [
            'a direction that is none',
            'direction',
            'upp',
            'column direction: expected one of up, down, neutral',
            'did you mean up?',
        ],
        [
            'a department that owns nothing',
            'owner_department',
            'finance',
            'column owner_department: expected one of marketing, sales, company',
            'correct the cell',
        ],
        [
            'a scope nobody computes',
            'scopes',
            'company|chanel',
            'column scopes: expected words of company, department, channel, campaign, product_line, person, with | between them',
            'did you mean channel?',
        ],
        ['a scope that is named twice', 'scopes', 'company|company', 'expected each word once', ''],
        [
            'a stream nothing loads',
            'required_streams',
            'lead',
            'column required_streams',
            'did you mean leads?',
        ],
    ])('%s', async (_, column, value, place, fix) => {
        const refusal = await refusalOf(kpiWith('leads', column, value));
        expect(refusal).toContain(place);
        expect(refusal).toContain(fix);
    });
});

const models = 'reference/attribution_models';
const modelHeader = builtIn(models)[0] ?? '';
const people = {
    'company/people': [
        'person_id,person_name,department_id,team,valid_from,valid_to',
        'ana,Ana,marketing,,2026-01-01,',
        'boris,Boris,sales,,2026-01-01,',
    ],
};
const supplyHeader = 'product_line_id,measure,owed_per_month,valid_from,valid_to';

describe('a rule file is refused for', () => {
    it.each<readonly [string, RuleFiles, string]>([
        [
            'a channel rule that leads nowhere',
            {
                'reference/channel_rules': [
                    builtIn('reference/channel_rules')[0] ?? '',
                    'r1,1,unattributed,x,,,,,,2026-01-01,',
                    'r2,2,paid-search,y,,,,,,2026-01-01,',
                ],
            },
            "line 3, column channel_id: expected a channel_id of reference/channels.csv or unattributed or as_recorded, got 'paid-search'",
        ],
        [
            'a platform of an unknown channel',
            { 'reference/platform_channels': ['platform,channel_id', 'google_ads,paid'] },
            "line 2, column channel_id: expected a channel_id of reference/channels.csv, got 'paid'",
        ],
        [
            'an excluded channel that is not there',
            { [models]: [modelHeader, 'last,Last,90,0,1,drect,true,2000-01-01,'] },
            "line 2, column excluded_channels: expected a channel_id of reference/channels.csv, got 'drect'",
        ],
        [
            'two default models at once',
            {
                [models]: [
                    modelHeader,
                    'first,First,90,1,0,,true,2000-01-01,',
                    'last,Last,90,0,1,,true,2026-01-01,',
                ],
            },
            'line 3, column is_default: expected false, or a beginning after line 2 (first) has ended',
        ],
        [
            'days without a default model',
            {
                [models]: [
                    modelHeader,
                    'first,First,90,1,0,,true,2000-01-01,2026-01-01',
                    'last,Last,90,0,1,,true,2026-02-01,',
                ],
            },
            "line 3, column valid_from: expected 2026-01-01, got '2026-02-01'",
        ],
        [
            'no default model at all',
            { [models]: [modelHeader, 'first,First,90,1,0,,false,2000-01-01,'] },
            "line 2, column is_default: expected true in one row, got 'false'",
        ],
        [
            'a model that credits more than the deal',
            { [models]: [modelHeader, 'u,U,90,0.6,0.5,,true,2000-01-01,'] },
            "line 2, column last_share: expected at most 1 together with first_share 0.6, got '0.5'",
        ],
        [
            'a model with one share of two',
            { [models]: [modelHeader, 'u,U,90,0.6,,,true,2000-01-01,'] },
            'line 2, column last_share: expected both shares, or none for equal shares, got an empty cell',
        ],
        [
            'a term nobody reads',
            {
                'reference/sla_terms': [
                    'term,value,unit,valid_from,valid_to',
                    'first_respone,480,business_minutes,2000-01-01,',
                ],
            },
            'line 2, column term: expected one of first_response',
        ],
        [
            'a term in a unit it is not counted in',
            {
                'reference/sla_terms': [
                    'term,value,unit,valid_from,valid_to',
                    'first_response,8,days,2000-01-01,',
                ],
            },
            "line 2, column unit: expected business_minutes or business_hours, got 'days'",
        ],
        [
            'a day that closes before it opens',
            {
                'reference/work_hours': [
                    'country,weekday,opens_at,closes_at,valid_from,valid_to',
                    'RO,1,18:00,09:00,2000-01-01,',
                ],
            },
            "line 2, column closes_at: expected a time after 18:00, got '09:00'",
        ],
        [
            'an eighth day of the week',
            {
                'reference/work_hours': [
                    'country,weekday,opens_at,closes_at,valid_from,valid_to',
                    'RO,8,09:00,18:00,2000-01-01,',
                ],
            },
            "line 2, column weekday: expected a whole number of at most 7, got '8'",
        ],
        [
            'a volume of leads that is too low and too high at once',
            {
                'reference/capacity_bounds': [
                    'bound,share,valid_from,valid_to',
                    'low_below,1.2,2000-01-01,',
                    'high_above,1.1,2026-01-01,',
                ],
            },
            "line 3, column share: expected more than 1.2, the share of low_below in line 2, got '1.1'",
        ],
        [
            'a rate of a currency that does not exist',
            {
                'reference/exchange_rates': [
                    'currency_code,to_currency_code,rate,valid_from,valid_to',
                    'US$,EUR,0.9,2026-01-01,',
                ],
            },
            "line 2, column currency_code: expected a currency of ISO 4217 such as EUR, got 'US$'",
        ],
        [
            'a currency converted into itself',
            {
                'reference/exchange_rates': [
                    'currency_code,to_currency_code,rate,valid_from,valid_to',
                    'EUR,EUR,0.9,2026-01-01,',
                ],
            },
            "line 2, column to_currency_code: expected another currency, got 'EUR'",
        ],
        [
            'a share of rejected rows that no source can reach',
            {
                'reference/report_limits': [
                    'limit_name,limit_value,meaning',
                    'blocking_rejected_share,5,five per cent',
                ],
            },
            "line 2, column limit_value: expected at most 1, got '5'",
        ],
        [
            'a limit that is missing',
            { 'reference/report_limits': builtIn('reference/report_limits').slice(0, -1) },
            "line 5, column limit_name: expected a row of blocking_rejected_share, too, got 'fewest_qualified_leads'",
        ],
        [
            'capacity of somebody who is not in sales',
            {
                ...people,
                'company/sales_capacity': [
                    'person_id,leads_per_week,valid_from,valid_to',
                    'ana,10,2026-01-01,',
                ],
            },
            "line 2, column person_id: expected a person of the department sales in company/people.csv, got 'ana'",
        ],
        [
            'an absence of an unknown person',
            {
                ...people,
                'company/absences': ['person_id,absent_from,absent_to', 'bo,2026-01-01,2026-01-02'],
            },
            "line 2, column person_id: expected a person_id of company/people.csv, got 'bo'",
        ],
        [
            'an absence that ends before it begins',
            {
                ...people,
                'company/absences': [
                    'person_id,absent_from,absent_to',
                    'ana,2026-01-02,2026-01-01',
                ],
            },
            'line 2, column absent_to: expected 2026-01-02 or later',
        ],
        [
            'two absences on the same days',
            {
                ...people,
                'company/absences': [
                    'person_id,absent_from,absent_to',
                    'ana,2026-01-01,2026-01-05',
                    'ana,2026-01-05,2026-01-06',
                ],
            },
            'line 3, column absent_from: expected a day after 2026-01-05 (line 2)',
        ],
        [
            'two stages in one place',
            {
                'company/pipeline_stages': [
                    'stage,stage_label,phase,stage_order',
                    'A,A,before_sale,1',
                    'B,B,before_sale,1',
                ],
            },
            "line 3, column stage_order: expected another number than line 2 (A), got '1'",
        ],
        [
            'SQLs and points owed at the same time',
            {
                'targets/supply_terms': [
                    supplyHeader,
                    'a,sqls,5,2026-01-01,',
                    'b,points,5,2026-02-01,',
                ],
            },
            "line 3, column measure: expected sqls, as in line 2, got 'points'",
        ],
        [
            'leads of one line and of all owed at the same time',
            {
                'targets/supply_terms': [
                    supplyHeader,
                    'a,sqls,5,2026-01-01,',
                    '*,sqls,5,2026-02-01,',
                ],
            },
            'line 3, column product_line_id: expected product lines only, as in line 2',
        ],
        [
            'a campaign of an unknown product line',
            {
                'company/product_lines': [
                    'product_line_id,product_line_label,valid_from,valid_to',
                    'gates,Gates,2026-01-01,',
                ],
                'company/campaigns': ['campaign_id,product_line_id', 'g1,gate'],
            },
            "line 2, column product_line_id: expected a product_line_id of company/product_lines.csv, got 'gate'",
        ],
        [
            'a target of the payee, who is nobody outside a plan',
            {
                ...people,
                'targets/targets': [
                    'kpi,scope_type,scope_id,period_type,target_value,valid_from,valid_to',
                    'booked_revenue,person,payee,month,1000,2026-01-01,',
                ],
            },
            "line 2, column scope_id: expected a person_id of company/people.csv, got 'payee'",
        ],
    ])('%s', async (_, files, place) => {
        const refusal = await refusalOf(files);
        expect(refusal).toContain(place);
        expect(refusal).toMatch(/\n {2}fix: \S/);
    });
});
