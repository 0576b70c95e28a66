import type { DealConversion } from '../../../pipelines/export/conversions/conversion.ts';

export const now = Date.parse('2026-03-31T12:00:00Z');

/** A deal of which everything is known: clicked on 1 March, signed on the 10th. */
export function deal(more: Partial<DealConversion> = {}): DealConversion {
    return {
        milestone: 'closed',
        dealId: 'd1',
        reachedAt: '2026-03-10T09:30:00Z',
        settledAt: '2026-03-10T09:30:00Z',
        value: '1234.50',
        unknownValueCode: null,
        currency: 'EUR',
        click: { text: 'gclid.Cj0KCQ', at: '2026-03-01T08:00:00Z' },
        hashedEmail: null,
        ...more,
    };
}
