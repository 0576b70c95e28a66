import { resolve } from 'node:path';
import { ConfigError } from '../errors.ts';
import { comparePlans, type PlanComparison } from '../finance/compare-plans.ts';
import { marginalPay } from '../finance/marginal-pay.ts';
import { withLock } from '../run/lock.ts';
import { keepStatePrivate } from '../run/private-state.ts';
import { simulatePlan } from '../run/simulate.ts';
import { asTable } from './as-table.ts';
import type { Context } from './context.ts';

export interface SimulateOptions {
    readonly plan: string;
    readonly period: string;
    readonly json?: true;
    readonly wait: number;
}

/**
 * Says what everybody would have earned in past months under other rules. Nothing of the company is
 * written.
 * @returns what to print
 * @throws ConfigError for what is no stretch of months, and as `simulatePlan` does
 */
export async function describeSimulation(
    { config, paths, reporter }: Context,
    { plan, period, json, wait }: SimulateOptions,
): Promise<string> {
    const [from = '', to = from, ...more] = period.split('..');
    const isMonth = (one: string) => /^\d{4}-(0[1-9]|1[0-2])$/.test(one);
    if (![from, to].every(isMonth) || from > to || more.length > 0) {
        throw new ConfigError({
            what: `${period} is no month and no stretch of months.`,
            expected: 'a month like 2026-03, or the first and the last one like 2025-07..2026-06',
            got: period,
            fix: 'write it as --period 2025-07..2026-06',
        });
    }
    keepStatePrivate(paths);
    const { months, before, after, raised } = await withLock(paths, wait, () =>
        simulatePlan(config, paths, resolve(plan), { from, to }, reporter.detail),
    );
    const { payees, totals } = comparePlans(before, after, months);
    const marginal = marginalPay(after, raised, months);
    if (json) {
        const shown = { schema_version: 1, months, payees, totals, marginal };
        return `${JSON.stringify(shown, null, 2)}\n`;
    }
    const row = (name: string, one: PlanComparison) => [
        name,
        one.before ?? 'not known',
        one.after ?? 'not known',
        one.difference ?? 'not known',
        one.currency_code,
        one.reason ?? '',
    ];
    const known = (amount: string | null) => amount ?? 'not known';
    const earned = asTable([
        ['earned by', 'as it is', 'simulated', 'difference', 'currency', 'why not known'],
        ...payees.map((one) => row(one.payee_name ?? one.payee_id ?? '', one)),
        ...totals.map((one) => row('everybody', one)),
    ]);
    return [
        earned,
        '\none more unit of what a component measures, on average of the months\n',
        asTable([
            ['payee', 'component', 'one more', 'pays', 'most', 'in', 'company collects', ''],
            ...marginal.map((one) => [
                one.payee_name ?? one.payee_id,
                one.components,
                `${one.unit} ${one.kpi}`,
                `${known(one.pays_amount)} ${one.currency_code}`,
                known(one.highest_amount),
                one.highest_month ?? '',
                one.collected_amount,
                one.is_played_against ? 'cheapest without money for the company' : '',
            ]),
        ]),
    ].join('');
}
