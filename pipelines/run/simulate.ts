import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, type StatePaths, statePaths } from '../config.ts';
import { ConfigError } from '../errors.ts';
import type { ComputedPay } from '../finance/computed.ts';
import type { RaisedPay } from '../finance/marginal-pay.ts';
import { composeRules } from '../rules/compose-rules.ts';
import { openWarehouseForReading } from '../warehouse/connection.ts';
import { readComputedPay } from './computed-pay.ts';
import { raiseKpis } from './raise-kpis.ts';
import { readRulesOfMarts, type TransformOptions, transform } from './transform.ts';
import { addWords } from './words-of-marts.ts';

export interface Simulation {
    /** Those asked for. */
    readonly months: readonly string[];
    readonly before: ComputedPay;
    readonly after: ComputedPay;
    /** Pay under the other rules with one more unit of each KPI that somebody is paid on. */
    readonly raised: readonly RaisedPay[];
}

/**
 * Computes pay as it is and as it would be under other rules, in a copy of the warehouse that is gone
 * afterwards: warehouse, rules and ledger of the company are only read.
 * @param plan folder of rule files that take the place of the company's own; the others stay
 * @param period first and last of the months in which one more unit is tried, both as `2026-03`
 * @throws ConfigError for a folder that is not there or without rules, for months that the marts do not
 * have, for broken rules, and while the marts are older than rules or loads
 */
export async function simulatePlan(
    config: Config,
    paths: StatePaths,
    plan: string,
    { from, to }: { readonly from: string; readonly to: string },
    onLine?: TransformOptions['onLine'],
): Promise<Simulation> {
    if (!existsSync(plan)) {
        throw new ConfigError({
            what: `There is no folder ${plan}.`,
            fix: 'name a folder of rule files, such as incentives/plan_components.csv in it',
        });
    }
    const before = await readPay(config, paths);
    const months = before.months.filter((month) => from <= month && month <= to);
    if (!months.includes(from) || !months.includes(to)) {
        const period = from === to ? from : `${from}..${to}`;
        throw new ConfigError({
            what: `The marts do not have all months of ${period}.`,
            expected: `months from ${before.months[0]} to ${before.months.at(-1)}`,
            got: period,
            fix: 'choose among these',
        });
    }
    const { isCurrent } = await readRulesOfMarts(config, paths);
    if (!isCurrent) {
        throw new ConfigError({
            what: 'The marts are older than the rules or the loaded data.',
            file: paths.warehouse,
            fix: 'build them, then simulate: npx jointly transform',
        });
    }
    const folder = join(paths.directory, 'simulation');
    // One that was killed left its copy.
    rmSync(folder, { recursive: true, force: true });
    try {
        const own = statePaths(config.company.id, join(folder, 'warehouse.duckdb'));
        mkdirSync(own.directory, { recursive: true });
        copyFileSync(paths.warehouse, own.warehouse);
        cpSync(paths.dbt, own.dbt, { recursive: true });
        const rules = join(folder, 'rules');
        if (config.rules) cpSync(config.rules, rules, { recursive: true });
        cpSync(plan, rules, { recursive: true });
        const other = { ...config, rules };
        const isFullRefresh = false;
        const upTo = 'fct_bonus_statement_lines';
        const { status } = await transform(other, own, { isFullRefresh, upTo, onLine });
        if (status === 'unchanged') {
            throw new ConfigError({
                what: `The rules in ${plan} are those of the company.`,
                fix: 'change what is to be tried, or name another folder',
            });
        }
        const read = () => readPay(config, own);
        const after = await read();
        const tables = await composeRules(other, own.seeds);
        const raised = await raiseKpis(other, own, tables, months, upTo, read, onLine);
        return { months, before, after, raised };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

async function readPay({ company }: Config, { warehouse: file }: StatePaths): Promise<ComputedPay> {
    const warehouse = await openWarehouseForReading(file);
    try {
        await addWords(warehouse, company);
        return await readComputedPay(warehouse);
    } finally {
        await warehouse.close();
    }
}
