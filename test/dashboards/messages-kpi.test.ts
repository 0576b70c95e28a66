import { expect, test } from 'vitest';
import { messagesFile, readCatalogue } from '../../dashboards/messages/catalogue.ts';
import { createWords } from '../../dashboards/messages/words.ts';

const words = createWords(readCatalogue(messagesFile('en')), {
    language: 'en',
    number_locale: 'en-GB',
    currency: 'EUR',
});
const render = (message: unknown) => words.render(JSON.stringify(message));

test('the flag says who was green and what lay idle', () => {
    const sides = {
        key: 'kpi.reason.attainments',
        marketing: { attainment: '1.049' },
        sales: { attainment: '1.02' },
        company: { attainment: '0.9999' },
    };
    const ignored = { percent: '0.447', decimals: 0 };
    const wasted = { money: '22248.40', currency: null };
    const none = {
        ignored: { percent: null, decimals: 0 },
        wasted: { money: null, currency: null },
    };
    expect([
        render({ ...sides, ignored, wasted }),
        render({ ...sides, ignored, wasted: none.wasted }),
        render({ ...sides, ...none }),
    ]).toEqual([
        'marketing 105%, sales 102%, company just below 100%; 45% of assigned leads ignored, 22,248 EUR spent on them',
        'marketing 105%, sales 102%, company just below 100%; 45% of assigned leads ignored',
        'marketing 105%, sales 102%, company just below 100%',
    ]);
});

test('a missing number names what is missing', () => {
    expect([
        render({ key: 'kpi.reason.not_connected', stream: 'ad_spend' }),
        render({ key: 'kpi.reason.before_data', day: { day: '2026-02-03' } }),
        render({ key: 'kpi.reason.unknown_parts', parts: 'payments without a rate', count: 1234 }),
        render({ key: 'kpi.reason.zero_numerator', measure: 'spend' }),
        render({ key: 'kpi.reason.no_attainment', side: 'company' }),
    ]).toEqual([
        'source not connected: ad_spend',
        'no data delivered before 3 Feb 2026',
        'payments without a rate: 1,234',
        'no ad spend at this scope in this period',
        'the company has no attainment',
    ]);
});
