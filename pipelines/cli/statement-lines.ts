import { folderDisk } from '../disk.ts';
import { ConfigError } from '../errors.ts';
import { previewPeriod } from '../finance/close.ts';
import type { LedgerLine } from '../finance/entry.ts';
import { type Entry, readLedger } from '../finance/ledger.ts';
import { signatureOf, signedPeriods } from '../finance/periods.ts';
import { readCloseMatter } from '../run/close.ts';
import type { Context } from './context.ts';

/** The lines of a month, and who has none because a number is missing. */
export interface StatementMonth {
    readonly lines: readonly LedgerLine[];
    /** Months with a statement before it and their lines, the latest first. */
    readonly before: readonly EarlierMonth[];
    readonly signature?: Entry | undefined;
    readonly dataAsOf: string | null;
    readonly leftOut: readonly { readonly payee_id: string; readonly reason: string }[];
}

export interface EarlierMonth {
    readonly period: string;
    readonly lines: readonly LedgerLine[];
}

/**
 * The statements of a month as they were signed, else, where that is enough, as they stand.
 * @throws ConfigError for a month that is not signed
 */
export async function readStatementLines(
    { config, paths }: Pick<Context, 'config' | 'paths'>,
    month: string,
    isProvisional = false,
): Promise<StatementMonth> {
    const ledger = readLedger(folderDisk(config.ledger));
    const signature = signatureOf(ledger, month);
    const before = signedPeriods(ledger)
        .filter(({ period }) => period < month)
        .map((one) => ({ period: one.period, lines: one.signature?.signedLines ?? [] }))
        .toReversed();
    if (signature) {
        const { signedLines: lines, data_as_of: dataAsOf } = signature;
        return { lines, before, signature, dataAsOf, leftOut: [] };
    }
    if (!isProvisional) {
        throw new ConfigError({
            what: `${month} is not signed, so its statements can still change.`,
            fix: `npx jointly close ${month} shows what is in the way; --provisional writes them as they stand, marked as such`,
        });
    }
    const today = new Date().toISOString().slice(0, 10);
    const { pay, rules, words } = await readCloseMatter(config, paths, month, today);
    const isUnknown = (one: (typeof pay.statements)[number], period: string) =>
        one.period === period &&
        (one.earned_amount === null || one.lines.some(({ amount }) => amount === null));
    const preview = (period: string) => {
        const statements = pay.statements.filter((one) => !isUnknown(one, period));
        const question = { period, ledger, pay: { ...pay, statements }, rules, waivers: [] };
        const { adjustments, lines } = previewPeriod(question, words);
        return lines(adjustments);
    };
    // A month before it that is not signed either is taken as it is computed, as on the page.
    const open = pay.months.filter(
        (period) => period < month && period > (before[0]?.period ?? ''),
    );
    const last = open.at(-1);
    return {
        lines: preview(month),
        before: last === undefined ? before : [{ period: last, lines: preview(last) }, ...before],
        dataAsOf: pay.dataAsOf,
        leftOut: pay.statements
            .filter((one) => isUnknown(one, month))
            .map(({ payee_id, reason }) => ({
                payee_id,
                reason: reason ?? 'its amount is not known',
            })),
    };
}
