import type { Disk } from '../disk.ts';
import { ConfigError, ContractError } from '../errors.ts';
import { type Adjustment, dueAdjustments } from './adjustments.ts';
import { type CloseCheck, type CloseQuestion, closeChecks } from './checklist.ts';
import type { PayMonth } from './component-costs.ts';
import { GUARANTEE } from './computed.ts';
import { appendEntry, type Entry, type Ledger, readLedger } from './ledger.ts';
import { signatureOf, signedPeriods } from './periods.ts';
import { type CloseWords, carryOver, ledgerBalances, statementLines } from './statements.ts';

/** Who does it, where and when. */
export interface Actor {
    readonly company: string;
    readonly by: string;
    readonly account: string;
    readonly at: string;
}

export interface Outcome {
    readonly entry: Entry;
    /** Whether it had been done before, and nothing was written. */
    readonly isDone: boolean;
}

/**
 * What a month would be signed with.
 * @param signedOn day of the signature, from which payees have time to object
 */
export function previewPeriod(question: CloseQuestion, words: CloseWords, signedOn?: string) {
    const { period, pay, ledger, rules } = question;
    const balances = ledgerBalances(ledger);
    return {
        checks: closeChecks(question, words.money),
        adjustments: adjustmentsOf(question, words),
        lines: (due: readonly Adjustment[]) =>
            statementLines({ period, pay, ledger, balances, rules, signedOn }, due, words),
    };
}

/**
 * What the months after the last signature would be signed with one after the other: each brings
 * forward what the one before carries.
 * @param periods in order
 */
export function previewPeriods(
    periods: readonly string[],
    question: Pick<CloseQuestion, 'ledger' | 'pay' | 'rules'>,
    words: CloseWords,
): readonly PayMonth[] {
    const balances = ledgerBalances(question.ledger);
    return periods.map((period, index) => {
        const month = { ...question, period, balances, signedOn: undefined };
        // The first open month corrects the signed ones, and no later one does so again.
        const lines = statementLines(month, index === 0 ? adjustmentsOf(month, words) : [], words);
        carryOver(balances, lines);
        return { period, lines, paid_on: null };
    });
}

/** What a month corrects of earlier ones, in the order of the ledger. */
function adjustmentsOf(
    { ledger, pay, period }: Pick<CloseQuestion, 'ledger' | 'pay' | 'period'>,
    words: CloseWords,
) {
    const { adjustments } = dueAdjustments(ledger, pay, period);
    return adjustments
        .map((one) => ({
            ...one,
            label: one.line_key === GUARANTEE ? words.label(GUARANTEE) : one.label,
        }))
        .toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
}

const orderOf = ({ payee_id, currency_code, corrects_period, line_key }: Adjustment) =>
    [payee_id, currency_code, corrects_period, line_key].join('\n');

/**
 * Signs a month: every line as it stands, with what earlier months are owed. A month that is signed
 * stays as it is, however often it is signed again.
 * @throws ContractError naming everything that stands in the way
 */
export function signPeriod(
    disk: Disk,
    question: CloseQuestion & { readonly approver: string },
    words: CloseWords,
    actor: Actor,
): Outcome {
    const { period, ledger } = question;
    const known = signatureOf(ledger, period);
    if (known) return { entry: known, isDone: true };
    const { checks, adjustments, lines } = previewPeriod(question, words, actor.at.slice(0, 10));
    refuseBlocked(period, checks);
    const waived = checks.filter(({ result }) => result === 'waived').map(({ check }) => check);
    const idle = question.waivers.find(({ check }) => !waived.includes(check));
    if (idle) {
        throw new ConfigError({
            what: `There is nothing to waive in the check ${idle.check} of ${period}.`,
            expected: `one of ${waived.join(', ') || 'no check, because none blocks'}`,
            got: idle.check,
            fix: 'leave it out of --waive',
        });
    }
    const signed = appendEntry(disk, ledger, {
        action: 'signed',
        period,
        ...actor,
        reason: null,
        paid_on: null,
        waivers: question.waivers.map((one) => ({ ...one })),
        data_as_of: question.pay.dataAsOf,
        signedLines: lines(adjustments),
    });
    return outcome(signed);
}

function refuseBlocked(period: string, checks: readonly CloseCheck[]): void {
    const blockers = checks.filter(({ result }) => result === 'blocks');
    if (blockers.length === 0) return;
    const names = [...new Set(blockers.filter((one) => one.isWaivable).map((one) => one.check))];
    throw new ContractError({
        what: [
            `${period} cannot be signed:`,
            ...blockers.map((one) => `  ${one.check}: ${one.label}? ${one.explanation}`),
        ].join('\n'),
        fix: [
            `correct what is named (npx jointly close ${period} shows the rows)`,
            ...(names.length > 0
                ? [`or answer for it by name: --waive ${names.join(',')} --reason "..."`]
                : []),
        ].join(', '),
    });
}

/** Notes that a signed month was paid out. @throws ConfigError for one that is not signed, or a day before it */
export function payPeriod(disk: Disk, period: string, paidOn: string, actor: Actor): Outcome {
    const ledger = readLedger(disk);
    const known = signedPeriods(ledger).find((one) => one.period === period);
    if (known?.state === 'paid' && known.last) return { entry: known.last, isDone: true };
    if (!known?.signature) {
        throw new ConfigError({
            what: `${period} is not signed, so it cannot be paid.`,
            fix: `npx jointly close ${period} --sign --by NAME`,
        });
    }
    // What is noted is noted for good: a year mistyped would move the payment in every accrual.
    if (paidOn < `${period}-01`) {
        throw new ConfigError({
            what: `${period} cannot have been paid before it began.`,
            expected: `a day from ${period}-01 on`,
            got: paidOn,
            fix: 'correct --on',
        });
    }
    const paid = appendEntry(disk, ledger, {
        action: 'paid',
        period,
        ...actor,
        reason: null,
        paid_on: paidOn,
        waivers: [],
        data_as_of: null,
        signedLines: [],
    });
    return outcome(paid);
}

/**
 * Takes the last signature back; it stays in the ledger with the reason. A month that was paid, or has
 * a signed month after it, is corrected by adjustments instead.
 * @throws ConfigError for such a month, or one that is not signed
 */
export function reopenPeriod(disk: Disk, period: string, reason: string, actor: Actor): Outcome {
    const ledger = readLedger(disk);
    const signed = signedPeriods(ledger);
    const known = signed.find((one) => one.period === period);
    const last = ledger.entries.findLast((one) => one.period === period);
    if (!known && last?.action === 'reopened') return { entry: last, isDone: true };
    const after = signed.find((one) => one.period > period);
    if (!known || known.state === 'paid' || after) {
        const why = known?.state === 'paid' ? 'is paid' : `is followed by ${after?.period}`;
        throw new ConfigError({
            what: `${period} ${known ? why : 'is not signed'}, so it cannot be reopened.`,
            fix: known
                ? 'correct the data or the rule: the difference becomes an adjustment in the first open month'
                : `npx jointly close ${period} shows its state`,
        });
    }
    const reopened = appendEntry(disk, ledger, {
        action: 'reopened',
        period,
        ...actor,
        reason,
        paid_on: null,
        waivers: [],
        data_as_of: null,
        signedLines: [],
    });
    return outcome(reopened);
}

function outcome({ entries }: Ledger): Outcome {
    const entry = entries.at(-1);
    if (!entry) throw new TypeError('an entry was added');
    return { entry, isDone: false };
}
