import { ContractError } from '../errors.ts';
import type { RuleCheck, RuleTable, RuleTables } from './rule-table.ts';

/**
 * Runs all checks in order. A file that one refuses is read by none after it: each file fails once,
 * and for its own mistake, not for what follows from that of another.
 * @returns the tables, those that were refused with their failure
 */
export function runChecks(checks: readonly RuleCheck[], tables: RuleTables): RuleTables {
    const judged = new Map<string, RuleTable>(tables);
    for (const check of checks) {
        try {
            check(judged);
        } catch (error) {
            const isTold = [...judged.values()].some((table) => table.failure === error);
            if (!isTold) refuse(judged, failureOf(error));
        }
    }
    return judged;
}

function refuse(tables: Map<string, RuleTable>, failure: ContractError): void {
    const refused = [...tables].find(([, { file }]) => file === failure.trouble.file);
    if (!refused) throw failure;
    const [name, table] = refused;
    if (!table.failure) tables.set(name, { ...table, failure });
}

/** What a file is refused for; anything else is our bug and is thrown on. */
export function failureOf(error: unknown): ContractError {
    if (error instanceof ContractError) return error;
    throw error;
}
