import type { z } from 'zod';
import { type Column, columnsOf } from './columns.ts';

export interface RuleContract<Row extends z.ZodObject = z.ZodObject> {
    /** File below the rules folder, without `.csv`: `company/people`. */
    readonly file: string;
    readonly description: string;
    readonly row: Row;
    /** What one row is about, if not the company; dated rules may have it several times, one after another. */
    readonly key: readonly string[];
    /** What repairs two rows of one key in force on the same day, where ending one is not all. */
    readonly overlapFix?: string;
    /** Whether rows carry valid_from (first day) and valid_to (first day no more; empty = open). */
    readonly isDated: boolean;
    readonly columns: readonly Column[];
}

type RuleDeclaration<Row extends z.ZodObject> = Omit<RuleContract<Row>, 'columns' | 'isDated'>;

/**
 * Declares one rule file. A row with `valid_from` and `valid_to` is dated.
 * @throws TypeError when the key names a column the row lacks
 */
export function defineRule<Row extends z.ZodObject>(
    declaration: RuleDeclaration<Row>,
): RuleContract<Row> {
    const columns = columnsOf(declaration.row);
    const has = (name: string) => columns.some((column) => column.name === name);
    for (const name of declaration.key) {
        if (!has(name)) throw new TypeError(`${declaration.file}: ${name} is not a column`);
    }
    return Object.freeze({
        ...declaration,
        columns,
        isDated: has('valid_from') && has('valid_to'),
    });
}

/** What one row of a rule file is, in words: `kpi, scope_id and period of validity`. */
export function grainOf({ key, isDated }: RuleContract): string {
    const parts = [key.join(', '), isDated ? 'period of validity' : ''];
    return parts.filter((part) => part !== '').join(' and ');
}

/** Whether the product brings a default for a rule file; the others are a company's own. */
export const isReference = (contract: RuleContract) => contract.file.startsWith('reference/');
