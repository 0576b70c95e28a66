import { Decimal } from 'decimal.js';
import type { TextRow } from '../end-to-end/support/duckdb.ts';
import {
    type Commission,
    isInForce,
    monthsAfter,
    number,
    optional,
    type Rules,
    sum,
    text,
    zero,
} from './pay-by-hand.ts';

/** Deals, payments and owners of clients, as the marts of core have them; payments without doubles. */
export interface CoreFacts {
    readonly deals: readonly TextRow[];
    readonly payments: readonly TextRow[];
    readonly owners: readonly TextRow[];
    /** The last day the data speaks for. */
    readonly asOf: string;
}

interface Event {
    readonly day: string;
    readonly exact: Decimal;
}

const later = (one: string, other: string) => (one > other ? one : other);
const daysAfter = (day: string, days: number) =>
    new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
const monthsLater = (day: string, months: number) =>
    `${monthsAfter(`${day.slice(0, 7)}-01`, months).slice(0, 7)}${day.slice(7)}`;

/** What deals pay, one event after another, as an accountant would write them down. */
export function commissionByHand(rules: Rules, facts: CoreFacts): Commission {
    const on = (file: string, day: string) => rules(file).filter((one) => isInForce(one, day));
    return (component, payee, month, currency) => {
        const id = text(component, 'component_id');
        const amounts: Decimal[] = [];
        for (const deal of facts.deals) {
            if (deal.status !== 'won') continue;
            const splits = rules('incentives/deal_splits').filter(
                (one) => one.deal_id === deal.deal_id,
            );
            const own = splits.find((one) => one.payee_id === payee);
            const share = own
                ? number(own, 'share')
                : splits.length === 0 && deal.person_id === payee
                  ? new Decimal(1)
                  : zero;
            const closed = text(deal, 'closed_date');
            const isMember = on('incentives/plan_members', closed).some(
                (one) => one.payee_id === payee && one.plan_id === component.plan_id,
            );
            const isPaid = on('incentives/plan_components', closed).some(
                (one) => one.component_id === id,
            );
            if (share.isZero() || !isMember || !isPaid) continue;
            const exchange = on('reference/exchange_rates', closed).find(
                (one) => one.currency_code === 'EUR' && one.to_currency_code === currency,
            );
            if (currency !== 'EUR' && !exchange) throw new Error(`no rate into ${currency}`);
            const times = exchange ? number(exchange, 'rate') : new Decimal(1);
            for (const { day, exact } of eventsOf(deal)) {
                if (day.slice(0, 7) !== month.slice(0, 7)) continue;
                amounts.push(exact.times(share).times(times).toDecimalPlaces(14));
            }
        }
        return sum(amounts);

        function eventsOf(deal: TextRow): readonly Event[] {
            const closed = text(deal, 'closed_date');
            const booked = number(deal, 'booked_amount');
            const terms = on('incentives/commission_terms', closed).find(
                (one) => one.component_id === id,
            );
            const isFiltered =
                (terms?.product_line_ids &&
                    !terms.product_line_ids.split('|').includes(deal.product_line_id ?? '')) ||
                (terms?.minimum_margin && number(deal, 'margin_share').lt(terms.minimum_margin));
            const tier = on('incentives/component_tiers', closed)
                .filter((one) => one.component_id === id)
                .findLast((one) => Decimal.max(booked, 0).gte(number(one, 'tier_from')));
            const rate = isFiltered || !tier ? zero : number(tier, 'payout_rate');
            const atClosing = (terms && optional(terms, 'closing_share')) ?? zero;
            const lapse = terms?.lapse_days
                ? daysAfter(closed, Number(terms.lapse_days))
                : undefined;
            const handover = facts.owners
                .filter((one) => one.client_id === deal.client_id)
                .filter((one) => one.person_id && one.person_id !== deal.person_id)
                .filter((one) => text(one, 'owned_from') > text(deal, 'closed_at'))
                .map((one) => text(one, 'owned_from_date'))
                .toSorted()[0];
            const payments = facts.payments
                .filter((one) => one.deal_id === deal.deal_id)
                .toSorted((one, other) => {
                    const order = (row: TextRow) => `${row.paid_date} ${row.payment_id}`;
                    return order(one) < order(other) ? -1 : 1;
                });
            // Money of the client's next owner, or that came too late, releases nothing of the deal.
            const withinDeal = (amount: Decimal) =>
                booked.lt(0) ? Decimal.max(amount, booked) : Decimal.min(amount, booked);
            const events: Event[] = [];
            if (atClosing.gt(0)) {
                events.push({ day: closed, exact: booked.times(rate).times(atClosing) });
            }
            let collected = zero;
            let inTime = zero;
            for (const payment of payments) {
                const amount = number(payment, 'collected_amount');
                const paid = text(payment, 'paid_date');
                const original = payments.find(
                    (one) => one.payment_id === payment.refund_of_payment_id,
                );
                const priced = original ? text(original, 'paid_date') : paid;
                const isLater =
                    (handover && priced >= handover) || (lapse && priced > lapse) || false;
                const held = withinDeal(collected);
                if (!isLater) collected = collected.plus(amount);
                const released = withinDeal(collected).minus(held);
                if (lapse && paid <= lapse) inTime = inTime.plus(amount);
                events.push({ day: later(paid, closed), exact: commissionOn() });

                function commissionOn(): Decimal {
                    if (handover && priced >= handover) {
                        const residual = on('incentives/commission_terms', priced).find(
                            (one) => one.component_id === id,
                        );
                        const months = Number(residual?.residual_months ?? 0);
                        if (!residual?.residual_rate) return zero;
                        if (priced >= monthsLater(handover, months)) return zero;
                        return amount.times(residual.residual_rate);
                    }
                    if (lapse && priced > lapse) return zero;
                    const part = lapse && paid > lapse ? 1 : new Decimal(1).minus(atClosing);
                    return (atClosing.gt(0) ? released : amount).times(rate).times(part);
                }
            }
            if (lapse && lapse <= facts.asOf && atClosing.gt(0)) {
                const unpaid = booked.minus(Decimal.min(inTime, booked));
                events.push({ day: lapse, exact: unpaid.times(rate).times(atClosing).negated() });
            }
            return events;
        }
    };
}
