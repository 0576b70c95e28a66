import type { ComputedStatement } from './computed.ts';
import { lastDayOf, monthAfter } from './periods.ts';

/** What the company states of paying a month and of objections to it; null = nothing is stated. */
export interface PayTerms {
    readonly pay_day: string | null;
    readonly object_within_days: string | null;
    readonly object_to: string | null;
}

export interface TermRules {
    readonly terms: PayTerms;
    /** Author of each plan version and pool in force in a month, by its name; null = not written down. */
    readonly authorsOf: (period: string) => ReadonlyMap<string, string | null>;
    readonly acknowledgements: readonly {
        readonly payee_id: string;
        readonly plan_id: string;
        readonly words_hash: string;
        readonly acknowledged_on: string;
    }[];
    /** SHA-256 of the printed words of each plan in force in the month, by plan. */
    readonly wordsHashes: ReadonlyMap<string, string>;
}

/** The day on which a month is paid: a day of the next month, or its last where that is shorter. */
function payDayOf(period: string, { pay_day: day }: Pick<PayTerms, 'pay_day'>) {
    if (day === null) return null;
    const next = monthAfter(period);
    const days = Math.min(Number(day), Number(lastDayOf(next).slice(-2)));
    return `${next}-${String(days).padStart(2, '0')}`;
}

/**
 * What the head of a statement says beside its numbers: who wrote the rates and whether the payee agreed
 * to them, when it is paid, and until when and to whom the payee may object.
 * @param signedOn day of the signature; without one the time to object has not begun
 */
export function termsOf(
    period: string,
    rules: TermRules,
    payee: string,
    statement: Pick<ComputedStatement, 'plan_id' | 'plan_version'> | undefined,
    signedOn?: string,
): Readonly<Record<string, string | null>> {
    const { object_within_days: days, object_to: to } = rules.terms;
    const plan = statement?.plan_id ?? null;
    const agreed = rules.acknowledgements.find(
        (one) =>
            one.payee_id === payee &&
            one.plan_id === plan &&
            one.words_hash === rules.wordsHashes.get(one.plan_id),
    );
    const until =
        signedOn === undefined || days === null
            ? null
            : new Date(Date.parse(`${signedOn}T00:00:00Z`) + Number(days) * 86_400_000);
    return {
        plan_author_id: rules.authorsOf(period).get(`${plan} ${statement?.plan_version}`) ?? null,
        agreed_on: agreed?.acknowledged_on ?? null,
        pay_on: payDayOf(period, rules.terms),
        object_within_days: days,
        object_to: to,
        object_until: until?.toISOString().slice(0, 10) ?? null,
    };
}
