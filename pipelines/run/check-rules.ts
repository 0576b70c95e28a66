import type { Config } from '../config.ts';
import { folderDisk } from '../disk.ts';
import { type Dispute, type DisputedLine, disputedLines } from '../finance/disputes.ts';
import { readLedger } from '../finance/ledger.ts';
import { composeRules } from '../rules/compose-rules.ts';
import { type RuleTables, tableOf } from '../rules/rule-table.ts';

/**
 * Checks the rules of a company by themselves and against its ledger, and writes the folder dbt seeds
 * from.
 * @returns the rules by the name of their file
 * @throws ConfigError that names file, line and column of the first mistake of each file
 */
export async function checkRules(config: Config, directory: string): Promise<RuleTables> {
    const tables = await composeRules(config, directory);
    disputesOf(config, tables, '');
    return tables;
}

/**
 * Objections of the rules beside the signed lines they are about.
 * @param today day by which an open one is overdue
 * @throws ConfigError for one about a statement or line that was not signed
 */
export function disputesOf(
    { ledger }: Pick<Config, 'ledger'>,
    tables: RuleTables,
    today: string,
): readonly DisputedLine[] {
    const { file, rows } = tableOf(tables, 'incentives/disputes');
    // A ledger is read only for somebody who asks something of it.
    if (rows.length === 0) return [];
    const disputes = rows.map(
        ({ line, cells }) => ({ file, line, ...cells }) as unknown as Dispute,
    );
    return disputedLines(readLedger(folderDisk(ledger)), disputes, today);
}
