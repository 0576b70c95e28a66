import { dueAdjustments } from './adjustments.ts';
import type { ComputedPay } from './computed.ts';
import type { Ledger } from './ledger.ts';
import { amountOf, cents, sumOf } from './money.ts';
import { signatureOf } from './periods.ts';

/** One record as two sides have it that should agree. */
export interface Difference {
    readonly kind: 'deal' | 'payment';
    readonly id: string;
    /** What the CRM or accounting says; null where it has no such record. */
    readonly source_amount: string | null;
    /** What the warehouse says. */
    readonly warehouse_amount: string | null;
    readonly currency_code: string;
    /** Why they differ; null where nobody has said. */
    readonly explanation: string | null;
}

/** What the records of a month say on one side, and why one may differ from the other side. */
export interface SourceRecord {
    readonly id: string;
    readonly amount: string | null;
    readonly explanation: string | null;
    /** Whether the amount is in another currency than the company's. */
    readonly isForeign?: boolean;
}

/** One kind of record of a month, compared. */
export interface Comparison {
    readonly kind: Difference['kind'];
    readonly source_count: number;
    readonly warehouse_count: number;
    /** Null where it would be a sum of several currencies. */
    readonly source_amount: string | null;
    readonly warehouse_amount: string;
    readonly currency_code: string;
    readonly differences: readonly Difference[];
}

/** What is not a record but the sum of all of them. */
export const wholeMonth = '';

/**
 * Compares the records of a month on both sides, one by one; a source that knows only their sum has the
 * one record `wholeMonth`. Whatever they agree on to the cent is left out.
 */
export function compareRecords(
    kind: Difference['kind'],
    currency: string,
    source: readonly SourceRecord[],
    warehouse: ReadonlyMap<string, string | null>,
): Comparison {
    const total = amountOf(sumOf([...warehouse.values()].map((amount) => amount ?? '0.00')));
    const isSum = source.some(({ id }) => id === wholeMonth);
    const ours = isSum ? new Map([[wholeMonth, total]]) : warehouse;
    const theirs = new Map(source.map((one) => [one.id, one]));
    const differences = [...new Set([...theirs.keys(), ...ours.keys()])]
        .toSorted()
        .flatMap((id): Difference[] => {
            const [own, other] = [ours.get(id), theirs.get(id)];
            const isSame =
                ours.has(id) === (other !== undefined) && (own ?? null) === (other?.amount ?? null);
            if (isSame) return [];
            return [
                {
                    kind,
                    id: id === wholeMonth ? 'the whole month' : id,
                    source_amount: other?.amount ?? null,
                    warehouse_amount: own ?? null,
                    currency_code: currency,
                    explanation: other?.explanation ?? null,
                },
            ];
        });
    return {
        kind,
        source_count: source.length,
        warehouse_count: warehouse.size,
        source_amount: source.some(({ isForeign }) => isForeign)
            ? null
            : amountOf(sumOf(source.map(({ amount }) => amount ?? '0.00'))),
        warehouse_amount: total,
        currency_code: currency,
        differences,
    };
}

/** A KPI that somebody was paid on, as it was signed and as it is now. */
export interface SignedValue {
    readonly kpi: string;
    readonly scope: string;
    readonly signed: string | null;
    readonly now: string | null;
    /** What becomes of the difference. */
    readonly explanation: string;
}

/** KPIs whose value has moved since a month was signed; none while it is not. */
export function movedValues(
    ledger: Ledger,
    pay: ComputedPay,
    period: string,
): readonly SignedValue[] {
    const signed = signatureOf(ledger, period)?.signedLines ?? [];
    const computed = pay.statements.filter((one) => one.period === period);
    const keyOf = (line: {
        kpi: string | null;
        scope_type: string | null;
        scope_id: string | null;
    }) => `${line.kpi} ${line.scope_type} ${line.scope_id}`;
    const now = new Map(
        computed.flatMap(({ lines }) => lines.map((line) => [keyOf(line), line.value] as const)),
    );
    const due = new Set(
        dueAdjustments(ledger, pay, '9999-12')
            .adjustments.filter((one) => one.corrects_period === period)
            .map(keyOf),
    );
    const lines = new Map(
        signed
            .filter((line) => line.kpi !== null && line.line_type !== 'adjustment')
            .map((line) => [keyOf(line), line]),
    );
    return [...lines].flatMap(([key, line]): SignedValue[] => {
        const value = now.get(key) ?? null;
        if (value === line.value) return [];
        return [
            {
                kpi: line.kpi ?? '',
                scope: `${line.scope_type} ${line.scope_id}`,
                signed: line.value,
                now: value,
                explanation: due.has(key)
                    ? 'the next month that is signed adjusts it'
                    : 'it changes no amount that is not adjusted already',
            },
        ];
    });
}

/** Cents of two amounts apart; null where one side has none. */
export function apart({ source_amount: one, warehouse_amount: other }: Difference): string | null {
    return one === null || other === null ? null : amountOf(cents(other) - cents(one));
}
