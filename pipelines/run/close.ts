import type { Config, StatePaths } from '../config.ts';
import { ConfigError } from '../errors.ts';
import type { CloseRules } from '../finance/checklist.ts';
import type { ComputedPay } from '../finance/computed.ts';
import type { CloseWords } from '../finance/statements.ts';
import { openWarehouseForReading } from '../warehouse/connection.ts';
import { readStep } from '../warehouse/step-state.ts';
import { closeRules, type PlanWords, readComputedPay, readPlanWords } from './computed-pay.ts';
import { reconcileMonth } from './reconcile.ts';
import { readRulesOfMarts } from './transform.ts';
import { addWords } from './words-of-marts.ts';

/** What a close is judged on: the marts, the rules and the words of both. */
export interface CloseMatter {
    readonly pay: ComputedPay;
    readonly rules: CloseRules;
    readonly plans: readonly PlanWords[];
    readonly words: CloseWords;
}

/**
 * Reads what a close of `period` is judged on.
 * @param today day by which approvers are in force
 * @throws ConfigError while the marts are older than rules or loads, or show a day in the past
 */
export async function readCloseMatter(
    config: Config,
    paths: StatePaths,
    period: string,
    today: string,
): Promise<CloseMatter> {
    // Opened for reading first: a warehouse that is not there must not be made.
    await (await openWarehouseForReading(paths.warehouse)).close();
    const { tables, isCurrent } = await readRulesOfMarts(config, paths);
    if (!isCurrent) {
        throw new ConfigError({
            what: 'The marts are older than the rules or the loaded data.',
            file: paths.warehouse,
            fix: 'build them, look at the statements, then close: npx jointly transform',
        });
    }
    const warehouse = await openWarehouseForReading(paths.warehouse);
    try {
        const asOf = await readStep(warehouse, 'as_of');
        if (asOf !== undefined) {
            throw new ConfigError({
                what: `This warehouse holds what was known on ${asOf}.`,
                file: paths.warehouse,
                fix: 'close on the warehouse of the company: leave --warehouse out',
            });
        }
        const words = await addWords(warehouse, config.company);
        const pay = await readComputedPay(warehouse);
        const plans = await readPlanWords(warehouse, words, period);
        return {
            pay,
            plans,
            rules: {
                ...closeRules(tables, plans, period, today),
                comparisons: await reconcileMonth(warehouse, config.company, tables, period),
            },
            words: {
                money: words.formats.exactMoney,
                label: (type) =>
                    type === 'total'
                        ? words.say('pay.total')
                        : words.say('pay.line', { type, name: null, gate: null }),
                balance: (line, draw, currency) =>
                    words.say('pay.balance', {
                        line,
                        draw: draw === null ? null : { exact_money: draw, currency },
                    }),
                explain: (one) =>
                    words.say('pay.adjustment', {
                        cause: one.cause,
                        month: { period: 'month', start: `${one.corrects_period}-01` },
                        was: { number: one.was_value, decimals: 2 },
                        now: { number: one.value, decimals: 2 },
                        version: one.plan_version,
                    }),
            },
        };
    } finally {
        await warehouse.close();
    }
}
