import type { CloseQuestion, CloseRules } from '../../pipelines/finance/checklist.ts';
import type { Actor } from '../../pipelines/finance/close.ts';
import type { ComputedPay, ComputedStatement } from '../../pipelines/finance/computed.ts';
import type { Disk } from '../../pipelines/finance/disk.ts';
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
    explain: (one) => `adjusts ${one.corrects_period}: ${one.was_value} to ${one.value}`,
};

export const rules: CloseRules = {
    approvers: ['olga'],
    authors: new Map([['joint 2026.1', 'head_of_sales']]),
    acknowledgements: ['ana', 'boris'].map((payee_id) => ({
        payee_id,
        plan_id: 'joint',
        words_hash: 'agreed',
    })),
    wordsHashes: new Map([['joint', 'agreed']]),
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
    return { dataAsOf: '2026-12-31', months, statements, checks: new Map() };
}

export function question(
    period: string,
    ledger: Ledger,
    pay: ComputedPay,
    more: Partial<CloseQuestion> = {},
): CloseQuestion & { readonly approver: string } {
    return { period, ledger, pay, rules, waivers: [], approver: 'olga', ...more } as never;
}

class PowerCut extends Error {}

/**
 * A folder in memory that can lose power after any step. What was not flushed by then is lost or is
 * not, as a disk would have it: `keeps` decides for each change.
 */
export function memoryDisk(files = new Map<string, string>()) {
    let steps = Number.POSITIVE_INFINITY;
    let safe = new Map(files);
    const flushed = new Set(files.keys());
    const step = () => {
        if (steps-- <= 0) throw new PowerCut();
    };
    const at = (name: string) => {
        const text = files.get(name);
        if (text === undefined) throw new Error(`no file ${name}`);
        return text;
    };
    const disk: Disk = {
        path: '/ledger',
        list: () => [...files.keys()],
        read: at,
        write: (name, text) => {
            step();
            // Half of the file, then all of it: a kill can come between.
            files.set(name, text.slice(0, text.length / 2));
            flushed.delete(name);
            step();
            files.set(name, text);
        },
        flush: (name) => {
            step();
            flushed.add(name);
        },
        rename: (from, to) => {
            step();
            files.set(to, at(from));
            files.delete(from);
            if (flushed.delete(from)) flushed.add(to);
        },
        remove: (name) => {
            step();
            files.delete(name);
        },
        flushFolder: () => {
            step();
            safe = new Map([...files].map(([name, text]) => [name, flushed.has(name) ? text : '']));
        },
    };
    return {
        disk,
        files,
        cutAfter: (count: number) => {
            steps = count;
        },
        /** What is found after the power is back: names since the last flush of the folder may be lost. */
        afterPowerCut: (keepsNames: boolean) => {
            const left = keepsNames
                ? new Map([...files].map(([name, text]) => [name, flushed.has(name) ? text : '']))
                : safe;
            return memoryDisk(new Map(left));
        },
        afterKill: () => memoryDisk(new Map(files)),
    };
}
