import { sqlName, sqlText } from '../contracts/batch.ts';
import { describeExpected, isTotalled, reservedIds } from '../contracts/columns.ts';
import type { StreamContract } from '../contracts/stream.ts';
import { sqlInstant } from './instant.ts';

/** What a row of a stream that replaces windows breaks when another has its key. */
export function oneRowPerKey(contract: StreamContract): string {
    return `one row per ${contract.key.join(', ')}`;
}

export interface ContractCheck {
    readonly column: string;
    readonly expected: string;
    readonly broken: string;
    readonly got: string;
}

/** The promises of a contract as conditions over typed columns, true for a broken row. */
export function contractChecks(
    contract: StreamContract,
    startedAt: Date,
): readonly ContractCheck[] {
    const checks = contract.columns.flatMap((column) => {
        const name = sqlName(column.name);
        const found: ContractCheck[] = [];
        const expected = describeExpected(column);
        const add = (broken: string, words = expected) => {
            const got = `cast(${name} as varchar)`;
            found.push({ column: column.name, expected: words, broken, got });
        };
        if (column.required) add(`${name} is null`, `${expected}; the column is required`);
        if (column.values) add(`${name} not in (${column.values.map(sqlText).join(', ')})`);
        if (isTotalled(column)) {
            const reserved = reservedIds.map(sqlText).join(', ');
            add(
                `lower(${name}) in (${reserved})`,
                `a name other than ${reservedIds.join(' and ')}, as pages call their totals; give it another in values of the column`,
            );
        }
        if (column.minimum !== undefined) add(`${name} < ${column.minimum}`);
        if (column.above !== undefined) add(`${name} <= ${column.above}`);
        return found;
    });
    const rules = contract.rules.map((rule) => ({
        ...rule,
        got: `cast(${sqlName(rule.column)} as varchar)`,
    }));
    return [...checks, ...rules, ...cursorChecks(contract, startedAt)];
}

const dayMs = 24 * 60 * 60 * 1000;

/** Text of the instant up to which a row can have been changed: no time zone is a day ahead. */
export function latestChange(startedAt: Date): string {
    return sqlInstant(new Date(startedAt.getTime() + dayMs)).slice(0, 19);
}

/** A row that was changed in the year 2199 could not be corrected before. */
function cursorChecks({ strategy }: StreamContract, startedAt: Date): readonly ContractCheck[] {
    if (strategy.kind !== 'merge' || strategy.cursor === undefined) return [];
    const name = sqlName(strategy.cursor);
    const limit = latestChange(startedAt);
    return [
        {
            column: strategy.cursor,
            expected: `an instant no later than ${limit}, a day after this load by the clock of the machine`,
            broken: `${name} > timestamp ${sqlText(limit)}`,
            got: `cast(${name} as varchar)`,
        },
    ];
}

/** Condition that is true for a row that breaks its contract or cannot be read. */
export function brokenSql(contract: StreamContract, startedAt: Date): string {
    const conditions = contractChecks(contract, startedAt).map((check) => `(${check.broken})`);
    return `coalesce(${['_unreadable', ...conditions].join(' or ')}, false)`;
}
