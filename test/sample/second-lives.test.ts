import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createContact } from '../../pipelines/sample/contacts.ts';
import { planDelivery } from '../../pipelines/sample/deliveries.ts';
import { openRecord } from '../../pipelines/sample/lead-record.ts';
import { planPayments, planReturn } from '../../pipelines/sample/payments.ts';
import { createRandom } from '../../pipelines/sample/random.ts';
import type { Deal, Lead } from '../../pipelines/sample/records.ts';
import { LEAD_SOURCES } from '../../pipelines/sample/sources.ts';
import { drawTalk } from '../../pipelines/sample/talk-answers.ts';

const AT = Date.UTC(2025, 8, 3, 11);

function someLead(line: Lead['line']): Lead {
    const source = LEAD_SOURCES.find((one) => one.line === line);
    if (source === undefined) throw new RangeError(`no source of ${line}`);
    return {
        id: 'L-1',
        createdAt: AT,
        updatedAt: AT,
        source,
        line,
        visitorId: 'v1',
        landingPage: '/parts/remotes',
        contact: createContact(createRandom('contact'), line, 1),
    };
}

function wonDeal(id: string, line: Deal['line']): Deal {
    return {
        id,
        leadId: 'L-1',
        clientId: 'C-1',
        personId: 'elena',
        line,
        amountCents: 640_000,
        status: 'won',
        stage: 'Closed won',
        origin: 'inbound',
        lostReason: '',
        createdAt: AT,
        closedAt: AT,
        updatedAt: AT,
        stages: [],
    };
}

const isGood = ({ questionId, answer }: { questionId: string; answer: string }): boolean => {
    switch (questionId) {
        case 'bant_budget':
            return Number(answer) >= 100;
        case 'bant_authority':
            return answer !== 'Asks for others';
        case 'bant_need':
            return answer === 'yes';
        default:
            return Number(answer) < 7;
    }
};

describe('the talk about budget, authority, need and timing', () => {
    test('a lead that is not sales qualified after it never has all four', () => {
        fc.assert(
            fc.property(fc.integer(), fc.constantFrom('gates', 'parts'), (key, line) => {
                const accepted = { at: AT, by: 'elena' };
                const record = openRecord(someLead(line));
                const { answers } = drawTalk(createRandom(key), record, accepted, undefined);
                expect(answers.filter(isGood).length).toBeLessThan(4);
            }),
        );
    });

    test('nine in ten that are qualified have all four, asked before they were', () => {
        const random = createRandom('talks');
        const qualifiedAt = AT + 40 * 60_000;
        const talks = Array.from({ length: 400 }, () => {
            const accepted = { at: AT, by: 'elena' };
            return drawTalk(random, openRecord(someLead('parts')), accepted, qualifiedAt).answers;
        });
        const passed = talks.filter((answers) => answers.filter(isGood).length === 4);
        expect(passed.length).toBeGreaterThan(330);
        expect(passed.length).toBeLessThan(390);
        for (const { answeredAt } of talks.flat()) {
            expect(answeredAt).toBeGreaterThanOrEqual(AT);
            expect(answeredAt).toBeLessThanOrEqual(qualifiedAt);
        }
    });
});

describe('after the signature', () => {
    test('a deal passes its stages in order, a part without production and installation', () => {
        fc.assert(
            fc.property(fc.integer(), fc.constantFrom('gates', 'parts'), (id, line) => {
                const delivery = planDelivery(1, wonDeal(String(id), line));
                const stages = delivery?.stages ?? [];
                expect(stages.map(({ stage }) => stage)).toEqual(
                    line === 'gates'
                        ? ['Contract', 'Production', 'Delivery', 'Installation', 'Warranty']
                        : ['Contract', 'Delivery', 'Warranty'],
                );
                const times = stages.map(({ enteredAt }) => enteredAt);
                expect(times).toEqual(times.toSorted((a, b) => a - b));
                expect(new Set(times).size).toBe(times.length);
                expect(times[0]).toBeGreaterThan(AT);
            }),
        );
    });

    test('a lost deal is never delivered', () => {
        expect(planDelivery(1, { ...wonDeal('D-1', 'gates'), status: 'lost' })).toBeUndefined();
    });

    test('a client who gives a part back gets a third of the last payment, once', () => {
        fc.assert(
            fc.property(fc.integer(), (key) => {
                const paid = planPayments(createRandom(key), wonDeal('D-1', 'gates'));
                const returned = planReturn(paid);
                const refunds = returned.filter(({ kind }) => kind === 'refund');
                expect(refunds).toHaveLength(1);
                const [refund] = refunds;
                expect(-(refund?.netCents ?? 0)).toBeLessThanOrEqual(
                    refund?.refundOf?.netCents ?? 0,
                );
                expect(planReturn(returned)).toEqual(returned);
            }),
        );
    });
});
