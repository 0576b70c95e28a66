import type { Config } from '../config.ts';
import { waivers as waiverRules } from '../contracts/rules/company.ts';
import { readRuleRows } from '../rules/compose-rules.ts';
import { filled } from '../rules/rule-table.ts';
import type { Waiver } from '../warehouse/load-request.ts';

/** Days of which somebody has said that rows may be lacking, by stream. */
export type Waivers = (stream: string) => readonly Waiver[];

/** The waivers of a company. */
export async function readWaivers(config: Config): Promise<Waivers> {
    const rows = await readRuleRows(config, waiverRules);
    return (stream) =>
        rows
            .filter(({ cells }) => cells.stream === stream)
            .map((row) => ({
                input: filled(row, 'input'),
                account: row.cells.account ?? null,
                fromDay: filled(row, 'from_day'),
                toDay: filled(row, 'to_day'),
            }));
}
