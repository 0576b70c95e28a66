import { BugError } from '../errors.ts';
import type { Adjustment } from './adjustments.ts';
import {
    type ComputedPay,
    type ComputedStatement,
    GUARANTEE,
    keyLines,
    settle,
    statementKey,
} from './computed.ts';
import type { LedgerLine } from './entry.ts';
import type { Ledger } from './ledger.ts';
import { amountOf, cents, sumOf } from './money.ts';
import { signedPeriods } from './periods.ts';
import { type TermRules, termsOf } from './terms.ts';
import { isEarning, yearToDate } from './year-to-date.ts';

/** Words of lines that no mart has, in the company's language. */
export interface CloseWords {
    label(lineType: string): string;
    money(amount: string, currency: string): string;
    /** Why a balance is added or taken off; `draw` is the recoverable draw that was paid, if any. */
    balance(lineType: string, draw: string | null, currency: string): string;
    explain(adjustment: Adjustment): string;
}

/** What is still owed by a payee from signed months, by payee and currency: zero or negative. */
export function ledgerBalances(ledger: Ledger): Map<string, bigint> {
    const balances = new Map<string, bigint>();
    for (const { signature } of signedPeriods(ledger)) {
        carryOver(balances, signature?.signedLines ?? []);
    }
    return balances;
}

/** Puts what the statements of a month carry in the place of what was owed before it. */
export function carryOver(balances: Map<string, bigint>, lines: readonly LedgerLine[]): void {
    for (const line of lines) {
        if (line.line_type === 'total') {
            balances.set(statementKey(line), cents(line.head?.balance_carried_amount ?? '0.00'));
        }
    }
}

/** A month that is closed, and what it is closed on. */
export interface ClosedMonth {
    readonly period: string;
    readonly pay: ComputedPay;
    readonly ledger: Ledger;
    /** What the month before carries, by payee and currency. */
    readonly balances: ReadonlyMap<string, bigint>;
    readonly rules: TermRules;
    /** Day of the signature; undefined while nobody signs. */
    readonly signedOn: string | undefined;
}

/**
 * The lines to sign for a month, payee by payee: what was earned, adjustments of earlier months and
 * balances, down to what is payable. The first month ever signed brings the balance of the marts
 * forward; from then on the months before know it.
 * @throws BugError when the lines of a statement do not sum to what it says
 */
export function statementLines(
    close: ClosedMonth,
    adjustments: readonly Adjustment[],
    words: CloseWords,
): readonly LedgerLine[] {
    const { period, pay, ledger, balances, rules, signedOn } = close;
    const statements = new Map(
        pay.statements
            .filter((one) => one.period === period)
            .map((one) => [statementKey(one), one]),
    );
    const isFirst = signedPeriods(ledger).length === 0;
    const adjusted = Map.groupBy(adjustments, statementKey);
    const yearStart = pay.yearStarts.get(period) ?? `${period.slice(0, 4)}-01`;
    const years = yearToDate(ledger, pay, yearStart, period);
    return [...new Set([...statements.keys(), ...adjusted.keys()])]
        .toSorted((one, other) => (one < other ? -1 : 1))
        .flatMap((key) => {
            const statement = statements.get(key);
            const brought = isFirst
                ? cents(statement?.balance_brought_forward_amount ?? '0.00')
                : (balances.get(key) ?? 0n);
            const own = adjusted.get(key) ?? [];
            const [payee = ''] = key.split('\n');
            const adjustment = sumOf(own.filter(isEarning).map((one) => one.amount));
            const year = years.get(key);
            const facts = {
                ...termsOf(period, rules, payee, statement, signedOn),
                year_start: `${yearStart}-01`,
                // What this month corrects is not in the ledger yet.
                year_earned_amount: plus(year ? year.year_earned_amount : '0.00', adjustment),
                year_target_amount: year ? year.year_target_amount : '0.00',
            };
            return linesOf(period, statement, own, brought, words, facts);
        });
}

const plus = (amount: string | null, units: bigint) =>
    amount === null ? null : amountOf(cents(amount) + units);

type Draft = Partial<LedgerLine> & Pick<LedgerLine, 'line_type' | 'line_key' | 'amount'>;

function linesOf(
    period: string,
    statement: ComputedStatement | undefined,
    adjustments: readonly Adjustment[],
    brought: bigint,
    words: CloseWords,
    facts: Readonly<Record<string, string | null>>,
): readonly LedgerLine[] {
    const of = statement ?? adjustments[0];
    if (of === undefined) return [];
    const own = statement ? keyLines(statement.lines) : [];
    const earned = sumOf(own.map((line) => line.amount ?? '0.00'));
    if (statement && amountOf(earned) !== statement.earned_amount) {
        throw new BugError({
            what: `The lines of ${of.payee_id} for ${period} do not sum to what was earned.`,
            expected: statement.earned_amount ?? 'an amount',
            got: amountOf(earned),
        });
    }
    const adjustment = sumOf(adjustments.map((one) => one.amount));
    const open = brought + earned + adjustment;
    const draw = cents(statement?.recoverable_draw_amount ?? '0.00');
    const { payable, carried, added } = settle(open, statement);
    const balance = (type: string, units: bigint): Draft[] =>
        units === 0n
            ? []
            : [
                  {
                      line_type: type,
                      line_key: type,
                      label: words.label(type),
                      explanation: words.balance(
                          type,
                          draw > 0n ? amountOf(draw) : null,
                          of.currency_code,
                      ),
                      amount: amountOf(units),
                  },
              ];
    const drafts: Draft[] = [
        ...own.map((line) => ({ ...line, amount: line.amount ?? '0.00' })),
        ...adjustments.map(({ was_amount, was_value, plan_version, ...one }) => ({
            ...one,
            line_type: 'adjustment',
            explanation: words.explain({ was_amount, was_value, plan_version, ...one }),
        })),
        ...balance('balance_brought_forward', brought),
        ...balance('balance_carried', -carried),
        ...balance(GUARANTEE, added),
        {
            line_type: 'total',
            line_key: 'total',
            label: words.label('total'),
            amount: amountOf(payable),
            head: {
                ...statement?.head,
                ...facts,
                plan_id: statement?.plan_id ?? null,
                plan_version: statement?.plan_version ?? null,
                earned_amount: amountOf(earned),
                adjustment_amount: amountOf(adjustment),
                balance_brought_forward_amount: amountOf(brought),
                balance_carried_amount: amountOf(carried),
            },
        },
    ];
    return drafts.map((draft, index) => ({
        ...EMPTY,
        ...draft,
        payee_id: of.payee_id,
        payee_name: of.payee_name,
        department_id: of.department_id,
        currency_code: of.currency_code,
        line_number: index + 1,
    }));
}

const EMPTY = {
    label: null,
    explanation: null,
    kpi: null,
    scope_type: null,
    scope_id: null,
    value: null,
    target: null,
    attainment: null,
    factor: null,
    corrects_period: null,
    cause: null,
    head: null,
} satisfies Partial<LedgerLine>;
