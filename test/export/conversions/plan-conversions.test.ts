import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type {
    ConversionLine,
    DealConversion,
} from '../../../pipelines/export/conversions/conversion.ts';
import { planConversions } from '../../../pipelines/export/conversions/plan-conversions.ts';
import { type PlatformName, platforms } from '../../../pipelines/export/conversions/registry.ts';
import { deal, now } from './deal.ts';

const both = { closed: 'Deal won', collected: 'Deal paid' };

function plan(
    deals: readonly DealConversion[],
    told: readonly ConversionLine[] = [],
    platform: PlatformName = 'google',
    names: Partial<typeof both> = both,
) {
    return planConversions(deals, told, { platform: platforms[platform], names, now });
}
const told = (...deals: readonly DealConversion[]) => plan(deals).lines;
const said = (lines: readonly ConversionLine[]) =>
    lines.map(({ action, orderId, value }) => [action, orderId, value]);

describe('what a platform is told of a deal', () => {
    it('is told once', () => {
        const first = plan([deal()]);
        expect(said(first.lines)).toEqual([['conversion', 'd1:closed', '1234.50']]);
        expect(plan([deal()], first.lines).lines).toEqual([]);
    });

    it.each([
        ['a refund of a part', [deal({ value: '200.25' })], ['restatement', 'd1:closed', '200.25']],
        ['a later payment', [deal({ value: '2000.00' })], ['restatement', 'd1:closed', '2000.00']],
        ['a refund of all', [deal({ value: '0.00' })], ['retraction', 'd1:closed', '0.00']],
        ['more back than came', [deal({ value: '-5.00' })], ['retraction', 'd1:closed', '0.00']],
        ['a deal that is lost again', [], ['retraction', 'd1:closed', '0.00']],
    ])('is corrected after %s, once', (_, present, expected) => {
        const before = told(deal());
        const { lines } = plan(present, before);
        expect(said(lines)).toEqual([expected]);
        expect(lines[0]).toMatchObject({ name: 'Deal won', click: { value: 'Cj0KCQ' } });
        expect(plan(present, [...before, ...lines]).lines).toEqual([]);
    });

    it('is another conversion when a deal comes back, because a retraction is for good', () => {
        const first = told(deal());
        const gone = plan([], first).lines;
        const again = plan([deal()], [...first, ...gone]).lines;
        expect(said(again)).toEqual([['conversion', 'd1:closed:2', '1234.50']]);
        const all = [...first, ...gone, ...again];
        expect(said(plan([], all).lines)).toEqual([['retraction', 'd1:closed:2', '0.00']]);
    });

    it('keeps the name it was told under, whatever the config says later', () => {
        const { lines } = plan([deal({ value: '1.00' })], told(deal()), 'google', {});
        expect(lines).toMatchObject([{ action: 'restatement', name: 'Deal won' }]);
    });

    it('is not taken back because its value is unknown today, or its click is', () => {
        const unknown = plan(
            [deal({ value: null, unknownValueCode: 'no_exchange_rate' })],
            told(deal()),
        );
        expect(unknown.lines).toEqual([]);
        expect(unknown.uncorrected).toMatchObject([{ value: null, told: { value: '1234.50' } }]);
        expect(plan([deal({ click: null })], told(deal())).lines).toEqual([]);
    });

    it('tells amounts beyond what a float holds', () => {
        const large = told(deal({ value: '90071992547409931.01' }));
        const { lines } = plan([deal({ value: '90071992547409931.02' })], large);
        expect(lines).toMatchObject([{ action: 'restatement', value: '90071992547409931.02' }]);
    });
});

describe('a deal that is left out', () => {
    const click = (text: string, at = '2026-03-01T08:00:00Z') => ({ text, at });
    it.each([
        ['no_click', { click: null }],
        ['odd_click', { click: click('gclid.=HYPERLINK("x")') }],
        ['odd_click', { click: click('-1+2') }],
        ['nothing_left', { value: '0.00' }],
        ['no_amount', { value: null, unknownValueCode: 'no_amount' }],
        ['no_exchange_rate', { value: null, unknownValueCode: 'no_exchange_rate' }],
        ['too_old', { click: click('gclid.A1', '2025-12-31T11:59:59Z') }],
    ] as const)('%s: %o', (reason, more) => {
        const { lines, leftOut } = plan([deal(more)]);
        expect(lines).toEqual([]);
        expect([...leftOut]).toEqual([[reason, 1]]);
    });

    it('is told on the last day of the platform', () => {
        expect(
            plan([deal({ click: click('gclid.A1', '2025-12-31T12:00:00Z') })]).lines,
        ).toHaveLength(1);
        const paid = deal({ click: click('fbclid.Iw', '2025-01-01T00:00:00Z') });
        const at = (reachedAt: string) => plan([{ ...paid, reachedAt }], [], 'meta');
        expect(at('2026-01-28T12:00:00Z').lines).toHaveLength(1);
        expect([...at('2026-01-28T11:59:59Z').leftOut]).toEqual([['too_old', 1]]);
    });

    it('has a milestone that the config does not name', () => {
        expect(plan([deal()], [], 'google', { collected: 'Deal paid' }).lines).toEqual([]);
    });
});

describe('a platform that takes no corrections', () => {
    const part = deal({ milestone: 'collected', settledAt: null, value: '100.00' });
    const yandex = (one: DealConversion) => ({
        ...one,
        click: { text: 'yclid.77', at: '2026-03-20T00:00:00Z' },
    });

    it('hears of a payment once all of the deal is paid', () => {
        const { leftOut, lines } = plan([yandex(part)], [], 'yandex');
        expect(lines).toEqual([]);
        expect([...leftOut]).toEqual([['not_settled', 1]]);
        const whole = { ...part, settledAt: '2026-03-15T00:00:00Z', value: '1234.50' };
        expect(said(plan([yandex(whole)], [], 'yandex').lines)).toEqual([
            ['conversion', 'd1:collected', '1234.50'],
        ]);
        // Google is told of the first payment, and corrected with each that follows.
        expect(said(plan([part]).lines)).toEqual([['conversion', 'd1:collected', '100.00']]);
    });

    it.each(['meta', 'linkedin', 'yandex'] as const)('shows a refund instead: %s', (platform) => {
        const clicked = deal({ click: { text: 'x1', at: '2026-03-20T00:00:00Z' } });
        const before = plan([clicked], [], platform).lines;
        expect(before).toHaveLength(1);
        const after = plan([{ ...clicked, value: '200.00' }], before, platform);
        expect(after.lines).toEqual([]);
        expect(after.uncorrected).toMatchObject([{ value: '200.00', told: { value: '1234.50' } }]);
        expect(plan([], before, platform).uncorrected).toMatchObject([{ value: '0.00' }]);
    });

    it('is Google for clicks of an app', () => {
        const app = deal({ click: { text: 'wbraid.Cl8', at: '2026-03-01T08:00:00Z' } });
        const before = plan([app]).lines;
        expect(plan([{ ...app, value: '2.00' }], before)).toMatchObject({
            lines: [],
            uncorrected: [{ value: '2.00' }],
        });
    });
});

it('leaves a platform with what the marts say, whatever happened on the way', () => {
    const value = fc.option(fc.constantFrom('0.00', '1.00', '2.50'), { nil: undefined });
    const state = fc.record({ a: value, b: value, c: value });
    fc.assert(
        fc.property(fc.array(state, { maxLength: 8 }), (states) => {
            const lines: ConversionLine[] = [];
            for (const one of states) {
                const deals = Object.entries(one).flatMap(([dealId, worth]) =>
                    worth === undefined ? [] : [deal({ dealId, value: worth })],
                );
                lines.push(...plan(deals, lines).lines);
                // As Google counts: by order id, the last value, nothing after a retraction.
                const counted = new Map<string, string>();
                const retracted = new Set<string>();
                for (const { action, orderId, value: worth } of lines) {
                    expect(retracted.has(orderId)).toBe(false);
                    if (action === 'conversion') expect(counted.has(orderId)).toBe(false);
                    if (action === 'retraction') {
                        counted.delete(orderId);
                        retracted.add(orderId);
                    } else counted.set(orderId, worth);
                }
                const expected = Object.entries(one).filter(
                    ([, v]) => v !== undefined && v !== '0.00',
                );
                expect([...counted].map(([id, v]) => [id.split(':')[0], v]).toSorted()).toEqual(
                    expected.toSorted(),
                );
            }
        }),
    );
});
