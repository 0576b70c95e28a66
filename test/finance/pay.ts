import type { CloseQuestion, CloseRules } from '../../pipelines/finance/checklist.ts';
import type { Actor } from '../../pipelines/finance/close.ts';
import type { ComputedPay, ComputedStatement } from '../../pipelines/finance/computed.ts';
import type { Ledger } from '../../pipelines/finance/ledger.ts';
import type { CloseWords } from '../../pipelines/finance/statements.ts';

export const actor: Actor = {
    company: 'gates-and-parts',
    by: 'olga',
    account: 'olga@office',
    at: '2026-10-03T08:00:00.000Z',
};

export const words: CloseWords = {
    label: (type) => type,
    money: (amount, currency) => `${currency} ${amount}`,
    balance: (type, draw, currency) => `${type} of ${draw} ${currency}`,
    explain: (one) => `adjusts ${one.corrects_period}: ${one.was_value} to ${one.value}`,
};

export const rules: CloseRules = {
    approvers: ['olga'],
    authorsOf: () => new Map([['joint 2026.1', 'head_of_sales']]),
    acknowledgements: ['ana', 'boris'].map((payee_id) => ({
        payee_id,
        plan_id: 'joint',
        words_hash: 'agreed',
        acknowledged_on: '2026-01-05',
    })),
    terms: { pay_day: '25', object_within_days: '30', object_to: 'Olga, Finance' },
    wordsHashes: new Map([['joint', 'agreed']]),
    comparisons: [],
};

/** A statement of one line per amount: the first is paid on collected revenue of that value. */
export function statement(
    payee_id: string,
    period: string,
    amounts: readonly string[],
    more: Partial<ComputedStatement> & { value?: string } = {},
): ComputedStatement {
    const { value = amounts[0] ?? null, ...rest } = more;
    const total = amounts.reduce((sum, one) => sum + Math.round(Number(one) * 100), 0);
    return {
        period,
        payee_id,
        payee_name: payee_id.toUpperCase(),
        department_id: 'sales',
        currency_code: 'EUR',
        plan_id: 'joint',
        plan_version: '2026.1',
        earned_amount: (total / 100).toFixed(2),
        balance_brought_forward_amount: '0.00',
        recoverable_draw_amount: '0.00',
        guaranteed_amount: '0.00',
        status: 'complete',
        reason: null,
        head: { target_amount: '2000.00' },
        lines: amounts.map((amount, index) => ({
            line_type: index === 0 ? 'component' : 'multiplier',
            label: index === 0 ? 'Booked revenue' : 'Company',
            explanation: 'as computed',
            kpi: 'collected_revenue',
            scope_type: 'company',
            scope_id: 'company',
            value,
            target: '1000',
            attainment: '1',
            factor: '1',
            amount,
        })),
        ...rest,
    };
}

export function payOf(...statements: readonly ComputedStatement[]): ComputedPay {
    const months = [...new Set(statements.map(({ period }) => period))].toSorted();
    return { dataAsOf: '2026-12-31', months, yearStarts: new Map(), statements, checks: new Map() };
}

export function question(
    period: string,
    ledger: Ledger,
    pay: ComputedPay,
    more: Partial<CloseQuestion> = {},
): CloseQuestion & { readonly approver: string } {
    return { period, ledger, pay, rules, waivers: [], approver: 'olga', ...more } as never;
}
