import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messagesFile, readCatalogue } from '../../../dashboards/messages/catalogue.ts';
import { createWords } from '../../../dashboards/messages/words.ts';
import { projectRoot } from '../../../pipelines/config.ts';
import { readRows } from '../incentives/scratch-warehouse.ts';
import { type BuiltCompany, buildCompany } from './company.ts';

/*
 * One lead that was rejected, audited, overturned, re-assigned, won, paid and refunded, and whose
 * client was handed over twice and bought again (test/fixtures/one-lead). Beside it one lead that
 * was rejected rightly, one that nobody worked, and one lost deal. Company time is Europe/Bucharest; the instants
 * below are UTC: two hours earlier until 29 March, three hours from then on.
 */

let company: BuiltCompany;

beforeAll(async () => {
    company = await buildCompany(
        resolve(projectRoot, 'test/fixtures/one-lead/one-lead.config.json'),
        [
            'fct_lead_history',
            'fct_audit_queue',
            'fct_client_owners',
            'fct_complaints',
            'fct_campaign_readiness',
            'fct_lost_deals',
            'fct_kpi_values',
        ],
    );
});

afterAll(() => company?.remove());

const words = createWords(readCatalogue(messagesFile('en')), {
    language: 'en',
    number_locale: 'en-GB',
    currency: 'EUR',
});

/** A message as readers see it, anything else as it is. */
const inWords = (cell: string | null | undefined) =>
    cell?.startsWith('{') ? words.render(cell) : cell;

const rows = (sql: string) => readRows(company.warehouse, sql);

/** Value of a KPI, or the code of why there is none; the scope written as `person eva`. */
async function kpi(name: string, period: string, start: string, scope = 'company company') {
    const found = await rows(
        `select coalesce(rtrim(rtrim(cast(value as varchar), '0'), '.'), reason_code)
        from marts.fct_kpi_values
        where kpi = '${name}' and period_type = '${period}' and period_start = '${start}'
            and scope_type || ' ' || scope_id = '${scope}'`,
    );
    expect(found, `${name} of ${scope}`).toHaveLength(1);
    return found[0]?.[0];
}

const february = ['month', '2026-02-01'] as const;
const march = ['month', '2026-03-01'] as const;
const june = ['month', '2026-06-01'] as const;
const quarter = ['quarter', '2026-01-01'] as const;

describe('the history of the lead', () => {
    test('is one line of time from the first visit to the last payment', async () => {
        const history = await rows(
            `select
                history_number, strftime(occurred_at, '%m-%d %H:%M'), event_kind, person_id,
                department_id, title_message, detail_message, amount
            from marts.fct_lead_history
            where lead_id = 'L1'
            order by history_number`,
        );
        const ad = 'Paid search, Gates search, /gates';
        const none = [null, null];
        const eva = ['eva', 'sales'];
        const tom = ['tom', 'sales'];
        const ada = ['ada', 'sales'];
        const mia = ['mia', 'marketing'];
        const ion = ['ion', 'sales'];
        expect(
            history.map(([number, ...cells]) => [Number(number), ...cells.map(inWords)]),
        ).toEqual(
            [
                ['02-02 06:30', 'first_visit', ...none, 'First visit', ad, null],
                // A visit ten minutes before the inquiry.
                [
                    ...['02-03 06:50', 'last_visit', ...none, 'Last visit before the inquiry'],
                    ...['Direct, /contact, visit 2', null],
                ],
                ['02-03 07:00', 'inquiry', ...none, 'Inquiry', ad, null],
                ['02-03 07:00', 'answer', ...none, 'Your budget', '5000', null],
                ['02-03 07:30', 'stage', ...none, 'Qualified by marketing (MQL)', null, null],
                ['02-03 08:00', 'assignment', ...eva, 'Assigned', null, null],
                ['02-03 09:00', 'activity', ...eva, 'Call', 'to the client', null],
                ['02-05 10:00', 'stage', ...eva, 'Rejected by sales', 'No budget', null],
                ['02-05 10:00', 'verdict', ...eva, 'Feedback from sales: too weak', null, null],
                [
                    ...['02-06 08:00', 'audit', ...mia, 'Audit: rejection overturned'],
                    ...['The budget is there from March on', null],
                ],
                ['02-06 12:00', 'assignment', ...tom, 'Assigned', null, null],
                // The automatic e-mail five minutes later is no work of a human.
                ['02-06 13:00', 'activity', ...tom, 'Call', 'to the client', null],
                ['02-06 13:30', 'stage', ...tom, 'Accepted by sales (SAL)', null, null],
                [
                    ...['02-09 08:00', 'audit', ...mia, 'Audit: rejection upheld'],
                    'Looked at the wrong lead; does not count: the rejection had been audited before',
                    null,
                ],
                ['02-10 10:00', 'stage', ...tom, 'Qualified by sales (SQL)', null, null],
                ['02-10 10:00', 'stage', ...tom, 'Opportunity', null, null],
                ['02-10 10:00', 'deal_opened', ...tom, 'Deal opened', 'Gates', null],
                ['02-10 10:00', 'deal_stage', ...tom, 'Proposal', 'before the sale', null],
                ['02-20 14:00', 'deal_won', ...tom, 'Deal won', null, '10000.00'],
                ['02-20 14:00', 'stage', ...tom, 'Customer', null, null],
                ['02-20 15:00', 'verdict', ...tom, 'Feedback from sales: customer', null, null],
                ['02-25 08:00', 'payment', ...tom, 'Payment', null, '4000.00'],
                [
                    ...['03-02 07:00', 'client_handover', ...ada, 'Client handed over'],
                    ...['from Tom Rusu: account management', null],
                ],
                // From here on the money comes to who has the client now, not to who won it.
                ['03-10 08:00', 'payment', ...ada, 'Payment', null, '6000.00'],
                [
                    ...['03-18 08:00', 'complaint', ...none, 'Complaint'],
                    ...['delivery time; promised: delivered in two weeks', null],
                ],
                [
                    ...['03-20 07:00', 'complaint_resolved', ...none, 'Complaint resolved'],
                    ...['after 2 days', null],
                ],
                ['03-20 08:00', 'refund', ...ada, 'Refund', 'of payment P2', '-500.00'],
                [
                    ...['04-15 17:00', 'return_visit', ...none, 'Back on the website'],
                    ...['Direct, /parts, visit 1 since the inquiry', null],
                ],
                ['04-20 07:00', 'deal_stage', ...ada, 'Delivery', 'after the sale', null],
                // Ion came over from marketing on this day.
                [
                    ...['05-04 06:00', 'client_handover', ...ion, 'Client handed over'],
                    ...['from Ada Dan: Ada left', null],
                ],
                // The second deal names no lead: the customer does not start over.
                [
                    ...['05-11 07:00', 'deal_opened', ...ion, 'Deal opened'],
                    ...['Spare parts, the client’s next deal', null],
                ],
                ['05-12 07:00', 'deal_won', ...ion, 'Deal won', null, '300.00'],
                ['05-20 07:00', 'payment', ...ion, 'Payment', null, '300.00'],
            ].map((line, index) => [index + 1, ...line]),
        );
    });
});

describe('the audit', () => {
    test('of 6 February settles the rejection and brought back 4,000 + 6,000 - 500', async () => {
        const queue = await rows(
            `select
                rejection_id, rejected_by_person_id, status, waiting_days, due_date, is_in_time,
                verdict, reclaimed_amount
            from marts.fct_audit_queue
            order by rejected_at`,
        );
        expect(queue).toEqual([
            ['E3', 'eva', 'audited', '1', '2026-02-12', 'true', 'overturned', '9500.00'],
            ['E12', 'eva', 'audited', '1', '2026-02-12', 'true', 'upheld', '0.00'],
            // Rejected on 20 June; on the 30th nobody had looked for ten days.
            ['E15', 'eva', 'overdue', '10', '2026-06-27', 'false', null, null],
        ]);
    });

    test('costs its minutes of 10,800 in February, the one that judges nothing too', async () => {
        // 20 days of 9 hours. 30 x 2,000 / 10,800 = 5.5555..., 10 x: 1.8518..., 24 x: 4.4444...
        const audits = await rows(
            `select audit_id, rejection_id, is_judging, cost_amount
            from marts.fct_lead_audits
            order by audit_id`,
        );
        expect(audits).toEqual([
            ['Q1', 'E3', 'true', '5.56'],
            ['Q2', 'E3', 'false', '1.85'],
            ['Q3', 'E12', 'true', '4.44'],
        ]);
    });
});

describe('the client', () => {
    test('pays each owner what came in while they had it', async () => {
        const owners = await rows(
            `select
                period_number, person_id, department_id, source, owned_from_date, owned_to_date,
                collected_amount
            from marts.fct_client_owners
            where client_id = 'C1'
            order by period_number`,
        );
        expect(owners).toEqual([
            ['1', 'tom', 'sales', 'won_deal', '2026-02-20', '2026-03-02', '4000.00'],
            ['2', 'ada', 'sales', 'hand_over', '2026-03-02', '2026-05-04', '5500.00'],
            ['3', 'ion', 'sales', 'hand_over', '2026-05-04', null, '300.00'],
        ]);
    });

    test('complained of a promise of the campaign that had brought it', async () => {
        const complaints = await rows(
            `select lead_id, product_line_id, channel_id, campaign_id, promise, days_to_resolve
            from marts.fct_complaints`,
        );
        expect(complaints).toEqual([
            ['L1', 'gates', 'paid_search', 'g1', 'delivered in two weeks', '2'],
        ]);
    });

    test('came from a flight that was briefed and presented and whose leads sales threw out', async () => {
        const flights = await rows(
            `select is_briefed, is_presented, leads, judged_leads, accepted_leads
            from marts.fct_campaign_readiness`,
        );
        expect(flights).toEqual([['true', 'true', '3', '3', '0']]);
    });
});

describe('the deal that was lost', () => {
    test('answers to the side of the published reason, the dispute stands beside it', async () => {
        const lost = await rows(
            `select deal_id, responsible_side, disputed_side, is_disputed, amount
            from marts.fct_lost_deals`,
        );
        expect(lost).toEqual([['D3', 'marketing', 'sales', 'true', '500.00']]);
    });
});

describe('the KPIs of February', () => {
    test('count three leads, three MQLs and the one SQL of whoever had the lead first', async () => {
        expect(await kpi('leads', ...february)).toBe('3');
        expect(await kpi('mqls', ...february)).toBe('3');
        expect(await kpi('sqls', ...february)).toBe('1');
        expect(await kpi('sqls', ...february, 'person eva')).toBe('1');
    });

    test('keep the first judgement: an overturned rejection does not become an acceptance', async () => {
        expect(await kpi('lead_acceptance_rate', ...february)).toBe('0');
        expect(await kpi('rejection_overturn_rate', ...february)).toBe('0.5');
        expect(await kpi('rejection_overturn_rate', ...february, 'person eva')).toBe('0.5');
        expect(await kpi('rejection_overturn_rate', ...march)).toBe('zero_denominator');
        // The lead that was thrown out in June was judged in June.
        expect(await kpi('lead_acceptance_rate', ...june)).toBe('0');
    });

    test('call one lead in three ignored, with a third of the 90.00 spent', async () => {
        expect(await kpi('ignored_lead_rate', ...february)).toBe('0.3333333333');
        expect(await kpi('wasted_spend', ...february)).toBe('30');
        expect(await kpi('feedback_completeness', ...february)).toBe('0.6666666666');
    });

    test('book the deal for who won it, and one lost beside it', async () => {
        expect(await kpi('won_deals', ...february, 'person tom')).toBe('1');
        expect(await kpi('booked_revenue', ...february, 'person tom')).toBe('10000');
        expect(await kpi('win_rate_count', ...february)).toBe('0.5');
    });
});

describe('the money', () => {
    test('is collected when it comes and taken off when it goes back', async () => {
        expect(await kpi('collected_revenue', ...february)).toBe('4000');
        expect(await kpi('collected_revenue', ...march)).toBe('5500');
        expect(await kpi('collected_revenue', ...quarter, 'channel paid_search')).toBe('9500');
        expect(await kpi('collected_revenue', 'month', '2026-05-01')).toBe('300');
    });

    test('is reclaimed by the audit, but not what the client bought later', async () => {
        expect(await kpi('reclaimed_revenue', ...february)).toBe('4000');
        expect(await kpi('reclaimed_revenue', ...march, 'person mia')).toBe('5500');
        expect(await kpi('reclaimed_revenue', ...quarter, 'department marketing')).toBe('9500');
        expect(await kpi('reclaimed_revenue', 'month', '2026-05-01')).toBe('0');
    });

    test('pays for the analyst: 4,000 and then 9,500 for 11.85 of working time', async () => {
        // 4,000 / 11.85 = 337.55274261603...; 9,500 / 11.85 = 801.68776371308...
        expect(await kpi('qa_return', ...february)).toBe('337.552742616');
        expect(await kpi('qa_return', ...quarter)).toBe('801.687763713');
        expect(await kpi('qa_return', ...march)).toBe('zero_denominator');
    });
});
