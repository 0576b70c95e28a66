import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { count } from '../count.ts';
import { folderDisk } from '../disk.ts';
import { ConfigError } from '../errors.ts';
import { type PayFile, payManifest } from '../export/pay-manifest.ts';
import { type PayrollRow, payrollCsv, payrollXlsx } from '../export/payroll-file.ts';
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
    context: Context,
    month: string,
    folder: string,
): Promise<string> {
    const { config } = context;
    const signature = signatureOf(readLedger(folderDisk(config.ledger)), month);
    if (signature === undefined) {
        throw new ConfigError({
            what: `${month} is not signed, so there is nothing to hand to payroll.`,
            fix: `npx jointly close ${month} shows what is in the way`,
        });
    }
    const rows = payrollRows(signature);
    const file = (ending: string, content: PayFile['content']): PayFile => ({
        name: `payroll-${month}.${ending}`,
        content,
        rows: rows.length,
    });
    const files = [
        file('csv', payrollCsv(rows, config.payroll)),
        file('xlsx', await payrollXlsx(rows, config.payroll, new Date(signature.at))),
    ];
    const { hash: entry, totals } = signature;
    const manifest = payManifest({ period: month, entry, totals, files });
    await writePayFiles(context, folder, files, `payroll-${month}.manifest.json`, manifest);
    const sums = totals.map((one) => `${one.payable_amount} ${one.currency_code}`);
    const paths = files.map(({ name }) => join(folder, name)).join(', ');
    return `${paths}: ${count(rows.length, 'statement')}, ${sums.join(', ') || '0.00'}\n`;
}

/** Writes files of pay into a folder, for their owner's eyes only, and the manifest when all are there. */
export async function writePayFiles(
    { paths }: Pick<Context, 'paths'>,
    folder: string,
    files: readonly PayFile[],
    manifestName: string,
    manifest: string,
): Promise<void> {
    keepStatePrivate(paths);
    mkdirSync(folder, { recursive: true });
    for (const { name, content } of files) await writeFileWhole(content, join(folder, name));
    await writeFileWhole(manifest, join(folder, manifestName));
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
