import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dataDirectory } from './data-set.ts';

/** The months of pay, in order. */
export const payMonths = Array.from({ length: 12 }, (_, at) => dayOf(at, 1).slice(0, 7));

/** A day of a month, counted from July 2025. */
function dayOf(month: number, day: number): string {
    return new Date(Date.UTC(2025, 6 + month, day)).toISOString().slice(0, 10);
}

/**
 * Writes a company whose salespeople are paid on their own bookings and on what the company collects,
 * from a shared pool too: a lead for each deal, four of five deals won, each paid in one or two parts.
 * The same size always gives the same files.
 * @returns path of its config
 */
export function writePayCompany(payees: number, deals: number): string {
    const directory = join(dataDirectory, `pay-company-${payees}-${deals}`);
    const write = (name: string, lines: readonly string[]) => {
        mkdirSync(dirname(join(directory, name)), { recursive: true });
        writeFileSync(join(directory, name), `${lines.join('\n')}\n`);
    };
    const people = Array.from({ length: payees }, (_, at) => `p${String(at).padStart(4, '0')}`);
    const personOf = (deal: number) => people[deal % payees];
    const ids = Array.from({ length: deals }, (_, at) => at);
    // By month, so that everybody has deals in each.
    const monthOf = (deal: number) => Math.floor(deal / payees) % payMonths.length;
    const amountOf = (deal: number) => 500 + ((deal * 7919) % 4000);
    const isWon = (deal: number) => deal % 5 !== 0;
    const startDay = (deal: number) => 1 + (deal % 24);
    write('leads.csv', [
        'lead_id,created_at,channel',
        ...ids.map(
            (deal) => `L${deal},${dayOf(monthOf(deal), startDay(deal))} 09:00:00,paid_search`,
        ),
    ]);
    write('deals.csv', [
        'deal_id,lead_id,person_id,amount,currency_code,status,created_at,closed_at',
        ...ids.map(
            (deal) =>
                `D${deal},L${deal},${personOf(deal)},${amountOf(deal)}.00,EUR,${isWon(deal) ? 'won' : 'lost'},${dayOf(monthOf(deal), startDay(deal))} 12:00:00,${dayOf(monthOf(deal), startDay(deal) + 3)} 12:00:00`,
        ),
    ]);
    const paid = (deal: number, part: number, day: number, amount: number) =>
        `P${deal}-${part},D${deal},${dayOf(monthOf(deal), day)} 12:00:00,payment,${amount}.00,EUR`;
    write('payments.csv', [
        'payment_id,deal_id,paid_at,kind,net_amount,currency_code',
        ...ids.filter(isWon).flatMap((deal) => {
            const amount = amountOf(deal);
            if (deal % 2 === 0) return [paid(deal, 1, 28, amount)];
            const first = Math.floor(amount / 2);
            return [paid(deal, 1, 28, first), paid(deal, 2, 29, amount - first)];
        }),
    ]);
    const rule = (name: string, ...lines: readonly string[]) => write(`rules/${name}.csv`, lines);
    const since = '2025-07-01,';
    rule(
        'company/people',
        'person_id,person_name,department_id,team,valid_from,valid_to',
        ...people.map((person) => `${person},Person ${person},sales,,2025-01-01,`),
    );
    rule(
        'targets/targets',
        'kpi,scope_type,scope_id,period_type,target_value,valid_from,valid_to',
        `collected_revenue,company,company,month,${Math.ceil(deals / 12) * 1900},${since}`,
        ...people.map(
            (person) =>
                `booked_revenue,person,${person},month,${Math.ceil(deals / payees / 12) * 2000},${since}`,
        ),
    );
    rule(
        'incentives/plans',
        'plan_id,plan_version,plan_name,department_id,currency_code,period_type,cap_share,author_id,valid_from,valid_to',
        `sales,1,Sales,sales,EUR,month,1.5,victor,${since}`,
    );
    rule(
        'incentives/plan_members',
        'plan_id,payee_id,target_amount,valid_from,valid_to',
        ...people.map((person) => `sales,${person},1000.00,${since}`),
    );
    rule(
        'incentives/plan_components',
        'plan_id,component_id,component_order,component_name,kpi,scope_type,scope_id,measure,weight,curve,payout_basis,threshold,cap,gate_id,valid_from,valid_to',
        `sales,own,1,Own bookings,booked_revenue,person,payee,attainment,0.6,linear,target_amount,0.5,2.00,,${since}`,
        `sales,cash,2,Collected,collected_revenue,company,company,attainment,0.4,linear,target_amount,0.5,2.00,,${since}`,
    );
    rule(
        'incentives/plan_multipliers',
        'plan_id,multiplier_id,multiplier_name,kpi,scope_type,scope_id,measure,valid_from,valid_to',
        `sales,company,Company result,collected_revenue,company,company,attainment,${since}`,
    );
    rule(
        'incentives/multiplier_tiers',
        'multiplier_id,tier_from,tier_to,multiplier,valid_from,valid_to',
        `company,0,0.8,0.5,${since}`,
        `company,0.8,,1,${since}`,
    );
    rule(
        'incentives/pools',
        'pool_id,pool_name,kpi,scope_type,scope_id,period_type,threshold_amount,pool_share,currency_code,author_id,valid_from,valid_to',
        `pool,Shared pool,collected_revenue,company,company,month,0,0.01,EUR,victor,${since}`,
    );
    rule(
        'incentives/pool_departments',
        'pool_id,department_id,share,valid_from,valid_to',
        `pool,sales,1,${since}`,
    );
    rule(
        'incentives/pool_members',
        'pool_id,payee_id,department_id,weight,valid_from,valid_to',
        ...people.map((person) => `pool,${person},sales,1,${since}`),
    );
    rule(
        'incentives/approvers',
        'person_id,person_name,valid_from,valid_to',
        `olga,Olga Stan,${since}`,
    );
    const input = (stream: string) => ({ name: stream, stream, files: [`${stream}.csv`] });
    const config = {
        company: {
            ...{ id: 'pay-company', name: 'Pay', currency: 'EUR' },
            ...{ timezone: 'Europe/Bucharest', country: 'RO' },
        },
        rules: './rules',
        ledger: './ledger',
        as_of: '2026-06-30',
        inputs: [input('leads'), input('deals'), input('payments')],
    };
    write('company.config.json', [JSON.stringify(config, null, 4)]);
    return join(directory, 'company.config.json');
}
