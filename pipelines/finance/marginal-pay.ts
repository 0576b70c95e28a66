import { type ComputedPay, keptAmount, statementKey } from './computed.ts';
import { amountOf, cents, rounded } from './money.ts';

/** Pay as it would be with one more unit of a KPI in every month, for whoever is paid on it. */
export interface RaisedPay {
    readonly kpi: string;
    /** What was added: 100 of money, or 1. */
    readonly unit: string;
    readonly pay: ComputedPay;
}

/** What one more unit of what a component measures pays, and what the company collects for it. */
export interface MarginalPay {
    readonly payee_id: string;
    readonly payee_name: string | null;
    readonly currency_code: string;
    /** Components that are paid on the KPI. */
    readonly components: string;
    readonly kpi: string;
    readonly unit: string;
    /** On average over the months, and in the month it pays most; null where no month is known. */
    readonly pays_amount: string | null;
    readonly highest_amount: string | null;
    readonly highest_month: string | null;
    readonly collected_amount: string;
    /** Whether it is the cheapest way of the payee to earn more without the company collecting more. */
    readonly is_played_against: boolean;
}

/** Money itself is what the company earns; anything else may bring some later, or not. */
const cash = 'collected_revenue';

/**
 * Per payee and measured KPI what one more unit pays, gates, multiplier, cap and guarantee with it: the
 * difference of what the months earn with the unit and without. Whoever earns more by what brings no
 * money plays against that rule.
 */
export function marginalPay(
    pay: ComputedPay,
    raised: readonly RaisedPay[],
    months: readonly string[],
): readonly MarginalPay[] {
    const rows = raised.flatMap(({ kpi, unit, pay: more }) => {
        const after = new Map(
            more.statements.map((one) => [`${one.period}\n${statementKey(one)}`, keptAmount(one)]),
        );
        const own = pay.statements.filter(
            ({ period, lines }) =>
                months.includes(period) &&
                lines.some((line) => line.line_type === 'component' && line.kpi === kpi),
        );
        return [...Map.groupBy(own, statementKey).values()].map((statements): MarginalPay => {
            const [first] = statements;
            if (first === undefined) throw new TypeError('a group has a statement');
            const changes = statements.flatMap((one) => {
                const now = after.get(`${one.period}\n${statementKey(one)}`);
                const before = keptAmount(one);
                if (now === undefined || now === null || before === null) return [];
                return { month: one.period, units: cents(now) - cents(before) };
            });
            const highest = changes.toSorted((one, other) => Number(other.units - one.units))[0];
            const names = statements.flatMap(({ lines }) =>
                lines
                    .filter((line) => line.line_type === 'component' && line.kpi === kpi)
                    .map(({ label }) => label),
            );
            return {
                payee_id: first.payee_id,
                payee_name: first.payee_name,
                currency_code: first.currency_code,
                components: [...new Set(names)].join(', '),
                kpi,
                unit,
                pays_amount: average(changes.map(({ units }) => units)),
                highest_amount: highest ? amountOf(highest.units) : null,
                highest_month: highest?.month ?? null,
                collected_amount: kpi === cash ? `${unit}.00` : '0.00',
                is_played_against: false,
            };
        });
    });
    const order = ({ pays_amount: amount }: MarginalPay) =>
        amount === null ? Number.NEGATIVE_INFINITY : Number(amount);
    return [...Map.groupBy(rows, statementKey).values()].flatMap((own) => {
        const sorted = own.toSorted((one, other) => order(other) - order(one));
        const cheapest = sorted.find((one) => one.kpi !== cash && order(one) > 0);
        return sorted.map((one) => ({ ...one, is_played_against: one === cheapest }));
    });
}

/** Rounded half away from zero, to cents. */
function average(amounts: readonly bigint[]): string | null {
    if (amounts.length === 0) return null;
    const sum = amounts.reduce((total, one) => total + one, 0n);
    return amountOf(rounded(sum, BigInt(amounts.length)));
}
