import { folderDisk } from '../disk.ts';
import { readLedger } from '../finance/ledger.ts';
import { apart, movedValues } from '../finance/reconcile.ts';
import { readCloseMatter } from '../run/close.ts';
import { asTable } from './as-table.ts';
import type { Context } from './context.ts';

/**
 * Compares a month with CRM, accounting and ledger, record by record. A difference that nobody has
 * explained ends the command with exit code 1.
 * @returns what to print
 */
export async function describeReconciliation(
    { config, paths }: Context,
    month: string,
    isJson = false,
): Promise<string> {
    const ledger = readLedger(folderDisk(config.ledger));
    const today = new Date().toISOString().slice(0, 10);
    const { pay, rules } = await readCloseMatter(config, paths, month, today);
    const { comparisons } = rules;
    const moved = movedValues(ledger, pay, month);
    const differences = comparisons.flatMap((one) => one.differences);
    if (differences.some(({ explanation }) => explanation === null)) process.exitCode = 1;
    if (isJson) {
        return `${JSON.stringify({ schema_version: 1, period: month, comparisons, moved }, null, 2)}\n`;
    }
    const names = { deal: 'won deals, CRM', payment: 'payments, accounting' };
    return [
        asTable([
            ['records', 'source', 'warehouse', 'source sum', 'warehouse sum', 'currency'],
            ...comparisons.map((one) => [
                names[one.kind],
                String(one.source_count),
                String(one.warehouse_count),
                one.source_amount ?? 'several currencies',
                one.warehouse_amount,
                one.currency_code,
            ]),
        ]),
        ...(comparisons.length < 2
            ? [
                  `accounting has handed nothing over: incentives/accounting_payments.csv has no row of ${month}\n`,
              ]
            : []),
        ...(differences.length === 0
            ? ['no difference\n']
            : [
                  '\n',
                  asTable([
                      ['record', 'id', 'source', 'warehouse', 'difference', 'why'],
                      ...differences.map((one) => [
                          one.kind,
                          one.id,
                          one.source_amount ?? 'none',
                          one.warehouse_amount ?? 'none',
                          apart(one) ?? '',
                          one.explanation ?? 'NOT EXPLAINED',
                      ]),
                  ]),
              ]),
        ...(moved.length === 0
            ? []
            : [
                  '\nmoved since it was signed\n',
                  asTable([
                      ['KPI', 'of', 'signed', 'now', 'what becomes of it'],
                      ...moved.map((one) => [
                          one.kpi,
                          one.scope,
                          one.signed ?? 'none',
                          one.now ?? 'none',
                          one.explanation,
                      ]),
                  ]),
              ]),
    ].join('');
}
