import { describe, expect, it } from 'vitest';
import { mergeRates } from '../../pipelines/rules/merge-rates.ts';

const row = (
    valid_from: string,
    valid_to: string | null,
    rate: string,
    source: string | null = null,
) => ({
    cells: {
        currency_code: 'USD',
        to_currency_code: 'EUR',
        rate,
        valid_from,
        valid_to,
        source,
        is_carried: null,
    },
});
const merge = (more: Partial<Parameters<typeof mergeRates>[0]> = {}) => {
    const merged = mergeRates({
        rows: [],
        published: [],
        bank: 'ecb',
        to: 'EUR',
        currencies: ['USD'],
        from: '2026-08-28',
        until: '2026-09-01',
        ...more,
    });
    const shown = merged.rows.map((one) =>
        [
            one.rate,
            one.valid_from?.slice(5),
            one.valid_to?.slice(5) ?? 'open',
            one.source,
            one.is_carried ? 'carried' : '',
        ]
            .filter(Boolean)
            .join(' '),
    );
    return { ...merged, shown };
};
const published = (...days: readonly [string, string][]) =>
    days.map(([day, rate]) => ({ day, currency: 'USD', rate }));

describe('rates of a bank', () => {
    it('hold on their days, and over a weekend with a mark', () => {
        const { shown, carried } = merge({
            published: published(
                ['2026-08-28', '0.88'],
                ['2026-08-31', '0.89'],
                ['2026-09-01', '0.89'],
            ),
        });
        expect(shown).toEqual([
            '0.88 08-28 08-29 ecb',
            '0.88 08-29 08-31 ecb carried',
            '0.89 08-31 09-02 ecb',
        ]);
        expect(carried).toBe(2);
    });

    it('begin with the last one before, or not at all', () => {
        expect(merge({ published: published(['2026-08-26', '0.87']) }).shown).toEqual([
            '0.87 08-28 09-02 ecb carried',
        ]);
        expect(merge({ published: published(['2026-09-01', '0.9']) })).toMatchObject({
            unknown: 4,
            shown: ['0.9 09-01 09-02 ecb'],
        });
    });

    it('never replace what a person wrote, and say where they differ', () => {
        const { shown, kept } = merge({
            rows: [row('2026-08-29', '2026-09-01', '0.95')],
            published: published(
                ['2026-08-28', '0.88'],
                ['2026-08-31', '0.89'],
                ['2026-09-01', '0.9'],
            ),
        });
        expect(shown).toEqual(['0.95 08-29 09-01', '0.88 08-28 08-29 ecb', '0.9 09-01 09-02 ecb']);
        expect(kept).toEqual([
            { day: '2026-08-31', currency: 'USD', written: '0.95', published: '0.89' },
        ]);
    });

    it('replace what was fetched before in their days, and nothing else', () => {
        const others = { cells: { ...row('2026-08-01', null, '1').cells, currency_code: 'GBP' } };
        const { shown } = merge({
            rows: [
                others,
                row('2026-08-27', '2026-08-29', '0.5', 'ecb'),
                row('2026-08-30', '2026-09-05', '0.6', 'ecb'),
            ],
            published: published(['2026-08-28', '0.88']),
        });
        expect(shown).toEqual([
            '1 08-01 open',
            '0.5 08-27 08-28 ecb',
            '0.6 09-02 09-05 ecb',
            '0.88 08-28 08-29 ecb',
            '0.88 08-29 09-02 ecb carried',
        ]);
    });

    it('come out the same when they are fetched again', () => {
        const days = published(['2026-08-28', '0.88'], ['2026-08-31', '0.89']);
        const once = merge({ published: days });
        const twice = merge({
            published: days,
            rows: once.rows.map((cells) => ({ cells: { ...cells } as never })),
        });
        expect(twice.shown).toEqual(once.shown);
    });
});
