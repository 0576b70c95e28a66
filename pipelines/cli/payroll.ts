import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { count } from '../count.ts';
import { folderDisk } from '../disk.ts';
import { ConfigError } from '../errors.ts';
import { type PayrollRow, payrollCsv, payrollManifest } from '../export/payroll-file.ts';
import { writeFileWhole } from '../export/write-out.ts';
import { type Entry, readLedger } from '../finance/ledger.ts';
import { signatureOf } from '../finance/periods.ts';
import { keepStatePrivate } from '../run/private-state.ts';
import type { Context } from './context.ts';

/**
 * Writes what payroll imports for a signed month, and a manifest with its hash, into a folder.
 * @returns what to print
 * @throws ConfigError for a month that is not signed
 */
export async function writePayroll(
    { config, paths }: Context,
    month: string,
    folder: string,
): Promise<string> {
    const signature = signatureOf(readLedger(folderDisk(config.ledger)), month);
    if (signature === undefined) {
        throw new ConfigError({
            what: `${month} is not signed, so there is nothing to hand to payroll.`,
            fix: `npx jointly close ${month} shows what is in the way`,
        });
    }
    const rows = payrollRows(signature);
    const content = payrollCsv(rows, config.payroll);
    const file = `payroll-${month}.csv`;
    const manifest = payrollManifest({
        period: month,
        entry: signature.hash,
        totals: signature.totals,
        file,
        content,
        rowCount: rows.length,
    });
    keepStatePrivate(paths);
    mkdirSync(folder, { recursive: true });
    await writeFileWhole(once(content), join(folder, file));
    await writeFileWhole(once(manifest), join(folder, `payroll-${month}.manifest.json`));
    const totals = signature.totals.map((one) => `${one.payable_amount} ${one.currency_code}`);
    return `${join(folder, file)}: ${count(rows.length, 'statement')}, ${totals.join(', ') || '0.00'}\n`;
}

/** A row for each statement of a signature. */
export function payrollRows({ period, signedLines }: Entry): readonly PayrollRow[] {
    return signedLines
        .filter((line) => line.line_type === 'total')
        .map((line) => {
            const head = (name: string) => line.head?.[name] ?? null;
            return {
                period,
                payee_id: line.payee_id,
                payee_name: line.payee_name,
                department_id: line.department_id,
                plan_id: head('plan_id'),
                plan_version: head('plan_version'),
                currency_code: line.currency_code,
                earned_amount: head('earned_amount'),
                adjustment_amount: head('adjustment_amount'),
                balance_brought_forward_amount: head('balance_brought_forward_amount'),
                payable_amount: line.amount,
                balance_carried_amount: head('balance_carried_amount'),
            };
        });
}

async function* once(text: string) {
    yield text;
}
