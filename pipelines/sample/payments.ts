import { addWorkMinutes, DAY, dayOf, END, type LocalTime } from './calendar.ts';
import type { Random } from './random.ts';
import type { Deal, Payment } from './records.ts';

const INSTALMENTS: readonly (readonly number[])[] = [[100], [50, 50], [40, 30, 30]];

/** What a won deal brings in until the last exported day: instalments, late money, refunds. */
export function planPayments(random: Random, deal: Deal): readonly Payment[] {
    if (deal.status !== 'won' || deal.closedAt === undefined) return [];
    const payments = splitAmount(deal).map((netCents, index): Payment => {
        const dueAt = (deal.closedAt ?? 0) + (deal.line === 'gates' ? 7 + index * 30 : 1) * DAY;
        return {
            deal,
            paidAt: payDay(dueAt + drawDelay(random, deal) * DAY),
            kind: 'payment',
            netCents,
        };
    });
    // One client in sixty never pays the rest.
    const kept = random.chance(1 / 60) ? payments.slice(0, -1) : payments;
    const last = kept.at(-1);
    if (last === undefined) return [];
    const refund = random.chance(deal.line === 'parts' ? 0.03 : 0.02)
        ? [planRefund(random, last)]
        : [];
    return [...kept, ...refund].filter(({ paidAt }) => paidAt < END);
}

/** The payments of a client who later gets a third of the last one back. */
export function planReturn(payments: readonly Payment[]): readonly Payment[] {
    const last = payments.findLast(({ kind }) => kind === 'payment');
    if (last === undefined || payments.some(({ kind }) => kind === 'refund')) return payments;
    const paidAt = payDay(last.paidAt + 12 * DAY);
    const netCents = -Math.floor(last.netCents / 3);
    const back: Payment = { deal: last.deal, paidAt, kind: 'refund', netCents, refundOf: last };
    return paidAt < END ? [...payments, back] : payments;
}

/** Instalments in cents that add up to the amount: the last one takes the rest. */
function splitAmount({ line, amountCents }: Deal): readonly number[] {
    const count = line === 'parts' || amountCents < 400_000 ? 1 : amountCents < 800_000 ? 2 : 3;
    const shares = INSTALMENTS[count - 1] ?? [100];
    const parts = shares.map((share) => Math.floor((amountCents * share) / 100));
    const rest = amountCents - parts.reduce((sum, part) => sum + part, 0);
    return parts.map((part, index) => (index === parts.length - 1 ? part + rest : part));
}

/** Days after the due day: most are on time, one in five late, one in twenty very late. */
function drawDelay(random: Random, { line }: Deal): number {
    if (line === 'parts') return random.integer(0, 3);
    switch (random.weighted([0.75, 0.2, 0.05])) {
        case 0:
            return random.integer(-2, 4);
        case 1:
            return random.integer(8, 30);
        default:
            return random.integer(40, 90);
    }
}

/** Parts go back whole or in part; on a gate a few per cent are given back. */
function planRefund(random: Random, payment: Payment): Payment {
    const isWhole = payment.deal.line === 'parts' && random.chance(0.4);
    const share = payment.deal.line === 'parts' ? random.integer(20, 60) : random.integer(5, 15);
    const cents = isWhole ? payment.netCents : Math.floor((payment.netCents * share) / 100);
    return {
        deal: payment.deal,
        paidAt: payDay(payment.paidAt + random.integer(5, 28) * DAY),
        kind: 'refund',
        netCents: -cents,
        refundOf: payment,
    };
}

/** The bank books on working days only. */
function payDay(time: LocalTime): LocalTime {
    return dayOf(addWorkMinutes(time, 0));
}
