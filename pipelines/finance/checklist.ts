import { type Adjustment, dueAdjustments, type Uncomputed } from './adjustments.ts';
import type { ComputedCheck, ComputedPay, ComputedStatement } from './computed.ts';
import type { Waiver } from './entry.ts';
import type { Ledger } from './ledger.ts';
import { amountOf, cents } from './money.ts';
import { monthAfter, signedPeriods } from './periods.ts';
import type { Comparison } from './reconcile.ts';
import type { TermRules } from './terms.ts';

/** What the rules say of who may sign, who wrote what is paid by, and who agreed to it. */
export interface CloseRules extends TermRules {
    /** People who may sign on the day of the call. */
    readonly approvers: readonly string[];
    /** The month as its sources and the marts have it. */
    readonly comparisons: readonly Comparison[];
}

export interface CloseQuestion {
    readonly period: string;
    readonly ledger: Ledger;
    readonly pay: ComputedPay;
    readonly rules: CloseRules;
    /** Who would sign; left out, who may is not asked. */
    readonly approver?: string | undefined;
    readonly waivers: readonly Waiver[];
}

export interface CloseCheck extends ComputedCheck {
    readonly result: 'ok' | 'blocks' | 'waived' | 'nothing';
    readonly isWaivable: boolean;
}

/** Marts checks that no name and no reason can do away with. */
const neverWaived = new Set(['month_over', 'lines']);

/** An amount in the words of the company. */
type SayMoney = (amount: string, currency: string) => string;

/** Everything that must hold before a month is signed, the marts' own checks first. */
export function closeChecks(question: CloseQuestion, money: SayMoney): readonly CloseCheck[] {
    const { period, pay, rules, ledger } = question;
    const statements = pay.statements.filter((one) => one.period === period);
    const due = dueAdjustments(ledger, pay, period);
    const checks = [
        orderCheck(period, pay, ledger),
        ...(pay.checks.get(period) ?? []).flatMap(martCheck),
        ...statementChecks(statements),
        ...adjustmentChecks(due.uncomputed),
        ...renamedChecks(due.adjustments),
        acknowledgementCheck(statements, rules),
        ...rules.comparisons.map((one) => reconciliationCheck(period, one, money)),
        ...approverChecks(question, statements, due.adjustments),
    ];
    const waived = new Set(question.waivers.map(({ check }) => check));
    return checks.map((one) =>
        one.result === 'blocks' && one.isWaivable && waived.has(one.check)
            ? { ...one, result: 'waived' }
            : one,
    );
}

/** Months are signed in order: a month left out could never carry what corrects the one before. */
function orderCheck(period: string, pay: ComputedPay, ledger: Ledger): CloseCheck {
    const last = signedPeriods(ledger).at(-1);
    const next = last ? monthAfter(last.period) : period;
    const label = 'The month before is signed';
    if (!pay.months.includes(period)) {
        return blocks('order', label, `the marts have no month ${period}`);
    }
    if (last && next !== period) {
        const why = `${last.period} was signed last, so ${next} is the next to sign`;
        return { ...blocks('order', label, why), rows: 'npx jointly close' };
    }
    const first = 'this is the first month of the ledger';
    return ok('order', label, last ? `${last.period} is ${last.state}` : first);
}

function martCheck(check: ComputedCheck): readonly CloseCheck[] {
    const { result } = check;
    if (check.check === 'signature') return [];
    if (result === 'ok' || result === 'nothing') return [{ ...check, result, isWaivable: false }];
    return [{ ...check, result: 'blocks', isWaivable: !neverWaived.has(check.check) }];
}

/** What is not known cannot be signed; what may still change can be, by name and with a reason. */
function statementChecks(statements: readonly ComputedStatement[]): readonly CloseCheck[] {
    const unknown = statements.filter((one) => one.earned_amount === null || !hasAmounts(one));
    if (unknown.length === 0) return [];
    return unknown.map((one) => ({
        ...blocks(
            'unknown_pay',
            'Every statement has an amount',
            `${one.payee_name ?? one.payee_id}: ${one.reason ?? 'not known'}`,
        ),
        rows: `fct_bonus_statement_lines, payee_id ${one.payee_id}, period_start ${one.period}-01`,
    }));
}

const hasAmounts = ({ lines }: ComputedStatement) => lines.every(({ amount }) => amount !== null);

/** A month without its marts would be taken back in full; a payee can wait for the number. */
function adjustmentChecks(uncomputed: readonly Uncomputed[]): readonly CloseCheck[] {
    const label = 'Signed months can be computed again';
    if (uncomputed.length === 0) return [ok('adjustments', label, 'what changed is known')];
    return uncomputed.map(({ period, payee_id: payee, reason }) =>
        payee === undefined
            ? {
                  ...blocks(
                      'history',
                      label,
                      `the marts have no month ${period}: load its data again`,
                  ),
                  rows: 'npx jointly status',
              }
            : {
                  ...blocks('adjustments', label, `${payee}, ${period}: ${reason ?? 'not known'}`),
                  isWaivable: true,
              },
    );
}

/** Under another id somebody would be paid once more, and owe the first pay for good. */
function renamedChecks(adjustments: readonly Adjustment[]): readonly CloseCheck[] {
    const of = (cause: Adjustment['cause']) => [
        ...Map.groupBy(
            adjustments.filter((one) => one.cause === cause),
            (one) => one.payee_id,
        ),
    ];
    const opposite = (own: readonly Adjustment[]) =>
        own.map((one) => ({ ...one, amount: amountOf(-cents(one.amount)) }));
    const added = of('payee_added').map(([payee, own]) => ({ payee, pay: payOf(own) }));
    return of('payee_removed').flatMap(([payee, own]) => {
        const pay = payOf(opposite(own));
        const other = added.find((one) => one.pay === pay);
        if (other === undefined) return [];
        const months = [...new Set(own.map((one) => one.corrects_period))].toSorted().join(', ');
        const why = `${other.payee} is paid what ${payee} was paid for ${months}: is that one person by another id?`;
        return { ...blocks('payee_ids', 'Payees have kept their ids', why), isWaivable: true };
    });
}

/** What adjustments come to for each month and KPI, as a text that is the same for the same; keys of lines name people. */
const payOf = (own: readonly Adjustment[]) =>
    own
        .map((one) => [one.corrects_period, one.currency_code, one.kpi, one.amount].join(' '))
        .toSorted()
        .join('\n');

function acknowledgementCheck(
    statements: readonly ComputedStatement[],
    rules: CloseRules,
): CloseCheck {
    const label = 'Payees agreed to their plan';
    const agreed = new Set(
        rules.acknowledgements.map((one) => `${one.payee_id} ${one.plan_id} ${one.words_hash}`),
    );
    const missing = statements.filter(({ payee_id: payee, plan_id: plan }) => {
        return plan !== null && !agreed.has(`${payee} ${plan} ${rules.wordsHashes.get(plan)}`);
    });
    if (missing.length === 0) return ok('acknowledgements', label, 'to the words in force');
    const names = missing.map((one) => `${one.payee_id} (${one.plan_id} ${one.plan_version})`);
    return {
        ...blocks('acknowledgements', label, `not to the words in force: ${names.join(', ')}`),
        rows: 'incentives/plan_acknowledgements.csv; jointly close plans prints words and hashes',
        isWaivable: true,
    };
}

const reconciled = {
    deal: ['crm_won', 'Won deals are those of the CRM'],
    payment: ['accounting', 'Payments are those of accounting'],
} as const;

/** Every record agrees to the cent, or somebody has said why it does not. */
function reconciliationCheck(period: string, comparison: Comparison, money: SayMoney): CloseCheck {
    const [check, label] = reconciled[comparison.kind];
    const { source_count: count, warehouse_amount: amount, currency_code: currency } = comparison;
    const open = comparison.differences.filter(({ explanation }) => explanation === null);
    if (open.length === 0) {
        const explained = comparison.differences.length;
        return ok(
            check,
            label,
            `${count} in the source, ${money(amount, currency)}${explained > 0 ? `, ${explained} explained` : ''}`,
        );
    }
    const names = open.slice(0, 5).map(({ id }) => id);
    return {
        ...blocks(check, label, `${open.length} not explained: ${names.join(', ')}`),
        rows: `npx jointly close reconcile ${period}`,
        isWaivable: true,
    };
}

/** Nobody signs their own pay, and nobody signs what they set. */
function approverChecks(
    { approver, rules, period }: CloseQuestion,
    statements: readonly ComputedStatement[],
    adjustments: readonly Adjustment[],
): readonly CloseCheck[] {
    const label = 'The approver is independent';
    // What a month corrects is paid by the rates of the month it corrects, as they are now.
    const months = new Set([period, ...adjustments.map((one) => one.corrects_period)]);
    const rates = [...months].flatMap((month) => [...rules.authorsOf(month)]);
    const names = [...new Set(rates.map(([, author]) => author))];
    const nameless = [...new Set(rates.flatMap(([name, by]) => (by === null ? [name] : [])))];
    const authors: CloseCheck =
        nameless.length === 0
            ? ok('authors', 'Who wrote the rates is known', names.join(', '))
            : {
                  ...blocks(
                      'authors',
                      'Who wrote the rates is known',
                      `no author_id: ${nameless.join(', ')}`,
                  ),
                  rows: 'incentives/plans.csv, incentives/pools.csv',
                  isWaivable: true,
              };
    if (approver === undefined) return [authors];
    const payees = new Set([...statements, ...adjustments].map((one) => one.payee_id));
    const faults = [
        rules.approvers.includes(approver)
            ? []
            : [
                  `is not in incentives/approvers.csv today (${rules.approvers.join(', ') || 'empty'})`,
              ],
        payees.has(approver) ? ['is paid by this run'] : [],
        names.includes(approver) ? ['wrote rates in force'] : [],
    ].flat();
    if (faults.length === 0) return [authors, ok('approver', label, approver)];
    const refused = blocks('approver', label, `${approver} ${faults.join(', and ')}`);
    return [authors, { ...refused, rows: 'incentives/approvers.csv, incentives/plans.csv' }];
}

const ok = (check: string, label: string, explanation: string): CloseCheck => ({
    check,
    label,
    result: 'ok',
    explanation,
    isWaivable: false,
});

const blocks = (check: string, label: string, explanation: string): CloseCheck => ({
    ...ok(check, label, explanation),
    result: 'blocks',
});
