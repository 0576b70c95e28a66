import { count } from '../count.ts';
import { folderDisk } from '../disk.ts';
import { ConfigError } from '../errors.ts';
import { amountCsv, amountXlsx } from '../export/amount-tables.ts';
import { payManifest } from '../export/pay-manifest.ts';
import { accrualRows, deferralRows } from '../finance/accruals.ts';
import { previewPeriods } from '../finance/close.ts';
import type { PayMonth } from '../finance/component-costs.ts';
import { type Ledger, readLedger } from '../finance/ledger.ts';
import { signatureOf, signedPeriods } from '../finance/periods.ts';
import { composeRules } from '../rules/compose-rules.ts';
import { readCloseMatter } from '../run/close.ts';
import { costRules } from '../run/cost-rules.ts';
import { accrualTable, deferralTable } from './accrual-tables.ts';
import type { Context } from './context.ts';
import { writePayFiles } from './payroll.ts';

/**
 * Writes what is earned and not paid at the end of a month, and the schedule of incremental costs that
 * are deferred, as CSV and as a workbook, with a manifest of their hashes.
 * @returns what to print
 * @throws ConfigError for a month that is not signed, unless provisional figures are asked for
 */
export async function writeAccruals(
    context: Context,
    month: string,
    { out, provisional = false }: { readonly out: string; readonly provisional?: boolean },
): Promise<string> {
    const { config, paths } = context;
    const ledger = readLedger(folderDisk(config.ledger));
    const signature = signatureOf(ledger, month);
    if (signature === undefined && !provisional) {
        throw new ConfigError({
            what: `${month} is not signed, so what is owed for it can still change.`,
            fix: `npx jointly close ${month} shows what is in the way; --provisional takes what is computed`,
        });
    }
    const months = [
        ...signedMonths(ledger),
        ...(signature ? [] : await computedMonths(context, ledger, month)),
    ];
    const rules = costRules(await composeRules(config, paths.seeds));
    const accruals = accrualRows(months, month, rules);
    const deferral = deferralRows(months, month, rules);
    const kind = signature ? '' : 'provisional-';
    const at = new Date(signature?.at ?? `${month}-01T00:00:00Z`);
    const tables = [accrualTable(accruals), deferralTable(deferral)] as const;
    const files = [
        {
            name: `${kind}accruals-${month}.csv`,
            content: amountCsv(tables[0]),
            rows: accruals.length,
        },
        {
            name: `${kind}deferral-${month}.csv`,
            content: amountCsv(tables[1]),
            rows: deferral.length,
        },
        {
            name: `${kind}accruals-${month}.xlsx`,
            content: await amountXlsx(at, ...tables),
            rows: accruals.length + deferral.length,
        },
    ];
    const manifest = payManifest({
        period: month,
        entry: signature?.hash ?? null,
        totals: [...tables[0].totals].map(([currency, sums]) => ({
            currency_code: currency,
            accrued_amount: sums.closing_amount ?? '0.00',
            deferred_amount: tables[1].totals.get(currency)?.closing_amount ?? '0.00',
        })),
        files,
    });
    const manifestName = `${kind}accruals-${month}.manifest.json`;
    await writePayFiles(context, out, files, manifestName, manifest);
    const unruled = accruals.filter((row) => row.incremental_cost === null).length;
    return [
        `${count(accruals.length, 'accrual')} and ${count(deferral.length, 'deferral')}${signature ? '' : ', provisional'}`,
        ...(unruled > 0
            ? [`${unruled} of them belong to no component in force (pools, balances): not deferred`]
            : []),
        `files and ${manifestName} are in ${out}`,
        '',
    ].join('\n');
}

const signedMonths = (ledger: Ledger): readonly PayMonth[] =>
    signedPeriods(ledger).map(({ period, signature, last }) => ({
        period,
        lines: signature?.signedLines ?? [],
        paid_on: last?.paid_on ?? null,
    }));

/**
 * Months that nobody has signed yet, as they are computed: all since the last signature, or without
 * one the month itself, because what became of the others is written nowhere.
 */
async function computedMonths(
    { config, paths }: Context,
    ledger: Ledger,
    month: string,
): Promise<readonly PayMonth[]> {
    const last = signedPeriods(ledger).at(-1)?.period;
    const today = new Date().toISOString().slice(0, 10);
    const { pay, rules, words } = await readCloseMatter(config, paths, month, today);
    const open = pay.months.filter((one) => one <= month && (last ? one > last : one === month));
    const unknown = pay.statements.find(
        (one) => open.includes(one.period) && one.earned_amount === null,
    );
    if (unknown || !open.includes(month)) {
        throw new ConfigError({
            what: unknown
                ? `${unknown.payee_name ?? unknown.payee_id} has no amount for ${unknown.period}: ${unknown.reason ?? 'not known'}`
                : `The marts have no month ${month}.`,
            fix: `npx jointly close ${unknown?.period ?? month} shows what is missing`,
        });
    }
    return previewPeriods(open, { ledger, pay, rules }, words);
}
