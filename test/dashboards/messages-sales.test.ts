import { describe, expect, it } from 'vitest';
import { messagesFile, readCatalogue } from '../../dashboards/messages/catalogue.ts';
import { createWords } from '../../dashboards/messages/words.ts';

const words = createWords(readCatalogue(messagesFile('en')), {
    language: 'en',
    number_locale: 'en-GB',
    currency: 'EUR',
});
const render = (key: string, values: Record<string, unknown>) =>
    words.render(JSON.stringify({ key, ...values }));

describe('the answer of the sales page', () => {
    const none = { percent: null };
    const quiet = {
        calls: 0,
        overdue: 0,
        period: { period: 'quarter', start: '2026-04-01' },
        person: null,
        sla: { kpi: null, unit: 'percent', target: null, attainment: null },
        sla_target: none,
        ignored: null,
        judged: null,
        booked: { money: null, currency: null },
        attainment: { attainment: null },
        won: { number: null, decimals: 0 },
        won_count: null,
    };
    const busy = {
        ...quiet,
        sla: { kpi: '0.81', unit: 'percent', target: '0.9', attainment: '0.9' },
        sla_target: { percent: '0.9' },
        ignored: 1234,
        judged: 5000,
        booked: { money: '51230.40', currency: null },
        attainment: { attainment: '0.9996' },
    };

    it('says who waits for a call before the result', () => {
        expect(render('sales.headline', { ...busy, calls: 2, overdue: 1 })).toBe(
            '2 leads are waiting for a first call, 1 of them overdue. In Q2 2026, sales answered 81% of leads in time (target 90%), neglected 1,234 of 5,000 and booked 51,230 EUR, just below 100% of target.',
        );
        expect(
            render('sales.headline', { ...busy, calls: 1, person: 'Eva Lupu', ignored: null }),
        ).toBe(
            '1 lead is waiting for a first call. In Q2 2026, Eva Lupu answered 81% of leads in time (target 90%) and booked 51,230 EUR, just below 100% of target.',
        );
    });

    it('says what is not known', () => {
        expect(
            render('sales.headline', {
                ...quiet,
                period: { period: 'last_12_months', start: '2025-07-01' },
                won: { number: '1.0000', decimals: 0 },
                won_count: 1,
            }),
        ).toBe('In the last 12 months, sales has no response times to show and won 1 deal.');
    });
});

describe('commitments', () => {
    it('say how they stand, to the minute', () => {
        const due = { time: '2026-03-10 14:30:00' };
        const states = [
            { status: 'met', minutes: 1 },
            { status: 'met', minutes: null },
            { status: 'late', minutes: 700 },
            { status: 'pending', minutes: null },
        ];
        expect(
            states.map((one) => render('lead.commitment', { ...one, due, reason: null })),
        ).toEqual([
            'met, 1 business minute',
            'met',
            'late, was due 10 Mar 2026, 14:30',
            'due 10 Mar 2026, 14:30',
        ]);
        const reason = JSON.stringify({
            key: 'service.unknown_status',
            code: 'not_agreed',
            kind: 'feedback',
            leads: null,
        });
        expect(
            render('lead.commitment', {
                status: null,
                minutes: null,
                due: { time: null },
                reason: { message: reason },
            }),
        ).toBe('no time for feedback is agreed for the day of the handover');
    });

    it('name what they are about', () => {
        const about = { lead: null, line: null, month: null, request: null, topic: null };
        expect([
            render('sales.commitment_about', {
                ...about,
                kind: 'lead_supply',
                month: { period: 'month', start: '2026-02-01' },
            }),
            render('sales.commitment_about', {
                ...about,
                kind: 'internal_request',
                request: 'Materials',
                topic: 'leaflet',
            }),
            render('sales.commitment_about', { ...about, kind: 'feedback', lead: 'l 1' }),
        ]).toEqual(['All product lines, Feb 2026', 'Materials: leaflet', 'Lead l 1']);
    });
});

describe('the next step with a lead', () => {
    const step = (name: string, values: Record<string, unknown> = {}) =>
        render('lead.next_step', {
            ...{ step: name, due: null, side: null, complained: null, stage: null },
            ...{ audit: null, days: null, gaps: null },
            ...values,
        });

    it('says what to do and by when', () => {
        expect([
            step('call_late', { due: { time: '2026-03-10 14:30:00' } }),
            step('settle_dispute', { side: 'product' }),
            step('move_deal', { stage: 'Offer sent' }),
            step('move_deal'),
            step('ask', { gaps: 'not answered: budget' }),
            step('offer'),
        ]).toEqual([
            'Call now: the first response was due 10 Mar 2026, 14:30',
            'Agree who is responsible for the lost deal: it is disputed and attributed to product and price',
            'Move the open deal forward; it is at “Offer sent”',
            'Move the open deal forward',
            'Ask for what is not answered: budget',
            'Make an offer',
        ]);
    });

    it('counts the leads to call beside the cards', () => {
        const headline = (values: Record<string, unknown>) => render('lead.headline', values);
        expect(headline({ cards: 3, calls: 2, late: 1, days: 90 })).toBe(
            '2 leads are waiting for a first call, 1 of them overdue. 3 leads have a card: open leads, leads that need attention, clients, and leads with activity in the last 90 days.',
        );
        expect(headline({ cards: 0, calls: 0, late: 0, days: null })).toBe(
            'No lead is open and nothing happened to any lead lately, so there are no cards.',
        );
    });
});

describe('the history of a lead', () => {
    it('has a title for everything that can happen', () => {
        const title = (kind: string, subject: string | null) =>
            render('history.event', { kind, subject });
        expect([
            title('stage', 'mql'),
            title('activity', 'site visit'),
            title('verdict', 'too_weak'),
            title('client_handover', null),
            title('complaint_resolved', 'review'),
            title('deal_stage', 'Delivery'),
        ]).toEqual([
            'Qualified by marketing (MQL)',
            'site visit',
            'Feedback from sales: too weak',
            'Client handed over',
            'Review answered',
            'Delivery',
        ]);
    });

    it('leaves out what is not known', () => {
        const by = { channel: null, campaign: null, page: '/gates', number: '3' };
        expect([
            render('history.visited_by', { ...by, kind: 'last_visit' }),
            render('history.visited_by', { ...by, kind: 'first_visit', channel: 'Direct' }),
            render('history.deal_closed', { reason: null, unknown: 'no_amount' }),
            render('history.handed_over', { person: 'Eva Lupu', reason: null }),
        ]).toEqual([
            'Unknown channel, /gates, visit 3',
            'Direct, /gates',
            'amount unknown: none given',
            'from Eva Lupu',
        ]);
    });
});
