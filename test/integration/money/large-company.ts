import type { ConfigInput } from '../../../pipelines/config-schema.ts';
import { csv, type TestCompany } from '../loading/company.ts';

/** What a month is paid in, sold for and spent; the last one is all that a contract takes. */
export const months = [
    { month: '2026-02', currency: 'RUB', amount: '9999999999.99', spend: '9999999999.99' },
    { month: '2026-05', currency: 'USD', amount: '9999999999.99', spend: '9999999999.99' },
    { month: '2026-08', currency: 'RUB', amount: '9999999999999999.99', spend: '999999999999.99' },
] as const;

const rules: Readonly<Record<string, readonly string[]>> = {
    'company/people': [
        'person_id,person_name,department_id,team,valid_from,valid_to',
        'eva,Eva Lupu,sales,,2026-01-01,',
    ],
    'reference/exchange_rates': [
        'currency_code,to_currency_code,rate,valid_from,valid_to',
        'USD,RUB,95.5,2026-01-01,',
    ],
    'targets/targets': [
        'kpi,scope_type,scope_id,period_type,target_value,valid_from,valid_to',
        'booked_revenue,department,sales,month,9999999999.99,2026-01-01,2026-08-01',
        'booked_revenue,department,sales,month,9999999999999999.99,2026-08-01,',
        'collected_revenue,company,company,month,9999999999.99,2026-01-01,2026-08-01',
        'collected_revenue,company,company,month,9999999999999999.99,2026-08-01,',
    ],
    'incentives/plans': [
        'plan_id,plan_version,plan_name,department_id,currency_code,period_type,cap_share,valid_from,valid_to',
        'sales,2026.1,Sales,sales,RUB,month,,2026-01-01,',
    ],
    'incentives/plan_members': [
        'plan_id,payee_id,target_amount,valid_from,valid_to',
        'sales,eva,9999999999.99,2026-01-01,',
    ],
    'incentives/plan_components': [
        'plan_id,component_id,component_order,component_name,kpi,scope_type,scope_id,measure,weight,curve,payout_basis,threshold,cap,gate_id,valid_from,valid_to',
        'sales,s1,1,Booked revenue,booked_revenue,department,sales,attainment,1.00,linear,target_amount,,2.00,,2026-01-01,',
    ],
    'incentives/plan_multipliers': [
        'plan_id,multiplier_id,multiplier_name,kpi,scope_type,scope_id,measure,valid_from,valid_to',
        'sales,company,Company result,collected_revenue,company,company,attainment,2026-01-01,',
    ],
    'incentives/multiplier_tiers': [
        'multiplier_id,tier_from,tier_to,multiplier,valid_from,valid_to',
        'company,0,1,0.5,2026-01-01,',
        'company,1,,1.2,2026-01-01,',
    ],
    'incentives/pools': [
        'pool_id,pool_name,kpi,scope_type,scope_id,period_type,threshold_amount,pool_share,currency_code,valid_from,valid_to',
        'pool,Shared pool,collected_revenue,company,company,month,0,0.01,RUB,2026-01-01,',
    ],
    'incentives/pool_departments': [
        'pool_id,department_id,share,valid_from,valid_to',
        'pool,sales,1,2026-01-01,',
    ],
    'incentives/pool_members': [
        'pool_id,payee_id,department_id,weight,valid_from,valid_to',
        'pool,eva,sales,1,2026-01-01,',
    ],
};

const input = (stream: 'deals' | 'leads' | 'payments') => ({
    name: stream,
    stream,
    files: [`${stream}.csv`],
});

const settings: Partial<ConfigInput> = {
    company: {
        id: 'large',
        name: 'Large',
        currency: 'RUB',
        timezone: 'Europe/Bucharest',
        country: 'RO',
    },
    rules: './rules',
    as_of: '2026-10-31',
};

/** Money in micros, as Google exports it, has six digits more than the money. */
const micros = (amount: string) => `${amount.replace('.', '')}0000`;

/** Two leads, a deal, a payment and an ad cost in each of three months. */
export function writeLargeCompany(company: TestCompany): void {
    for (const [file, lines] of Object.entries(rules)) {
        company.write(`rules/${file}.csv`, csv(...lines));
    }
    const each = (line: (one: (typeof months)[number], id: number) => string) => months.map(line);
    company.write(
        'ads.csv',
        csv(
            'spend_date,Cost,currency_code',
            ...each(({ month, spend, currency }) => `${month}-02,${micros(spend)},${currency}`),
            '2026-10-31,0,RUB',
        ),
    );
    company.write(
        'leads.csv',
        csv(
            'lead_id,created_at,channel,campaign_id',
            ...each(({ month }, id) => `L${id},${month}-02 09:00:00,paid_search,g1`),
            ...each(({ month }, id) => `M${id},${month}-03 09:00:00,paid_search,g1`),
        ),
    );
    company.write(
        'deals.csv',
        csv(
            'deal_id,lead_id,person_id,amount,currency_code,status,created_at,closed_at',
            ...each(
                ({ month, amount, currency }, id) =>
                    `D${id},L${id},eva,${amount},${currency},won,${month}-05 12:00:00,${month}-20 12:00:00`,
            ),
        ),
    );
    company.write(
        'payments.csv',
        csv(
            'payment_id,deal_id,paid_at,kind,net_amount,currency_code',
            ...each(
                ({ month, amount, currency }, id) =>
                    `P${id},D${id},${month}-21 12:00:00,payment,${amount},${currency}`,
            ),
        ),
    );
    company.configure(
        [
            {
                name: 'ads',
                stream: 'ad_spend',
                files: ['ads.csv'],
                columns: { spend_amount: { column: 'Cost', multiply_by: '0.000001' } },
                constants: { platform: 'google_ads', account_id: 'g', campaign_id: 'g1' },
            },
            input('leads'),
            input('deals'),
            input('payments'),
        ],
        settings,
    );
}
