import { expect, test } from 'vitest';
import { messagesFile, readCatalogue } from '../../dashboards/messages/catalogue.ts';
import { createWords } from '../../dashboards/messages/words.ts';

const words = createWords(readCatalogue(messagesFile('en')), {
    language: 'en',
    number_locale: 'en-GB',
    currency: 'EUR',
});
const render = (message: unknown) => words.render(JSON.stringify(message));
const inner = (message: unknown) => ({ message: JSON.stringify(message) });

test('a term says how much time there is', () => {
    const time = (term: string, unit: string, count: number) =>
        render({ key: 'definitions.term_time', term, unit, count });
    expect([
        time('first_response', 'business_minutes', 480),
        time('ignored_after', 'business_days', 1),
        time('feedback_after', 'days', 14),
    ]).toEqual(['within 480 business minutes', 'after 1 business day', 'within 14 days']);
});

test('a model says who gets what, and what it leaves out', () => {
    const rule = {
        key: 'definitions.credit_rule',
        rule: 'position',
        first: { percent: '0.4', decimals: 1 },
        last: { percent: '0.4', decimals: 1 },
    };
    const linear = { ...rule, rule: 'linear', first: { percent: null }, last: { percent: null } };
    const described = { key: 'attribution.description', days: 90 };
    expect([
        render({ ...described, model: 'Position', rule: inner(rule), excluded: null }),
        render({ ...described, model: 'Linear', rule: inner(linear), excluded: 'direct' }),
    ]).toEqual([
        'Position: the first touch gets 40%, the last 40%, and those in between share the rest; touches count up to 90 days before the deal.',
        'Linear: every touch gets the same share; touches count up to 90 days before the deal; direct counts only where there is nothing else.',
    ]);
});

test('conditions, scopes and stale sources are lists of a sentence', () => {
    const condition = (field: string, pattern: string) =>
        inner({ key: 'attribution.condition', field, pattern });
    const conditions = [condition('utm_source', 'google'), null, condition('click_id', '…')];
    const stale = inner({
        key: 'freshness.stale_source',
        stream: 'ad_spend',
        day: { day: '2026-06-01' },
    });
    expect([
        render({ key: 'attribution.conditions', conditions: { list: conditions } }),
        render({
            key: 'definitions.scopes',
            scopes: { codes: 'company|product_line', names: 'definitions.scope' },
        }),
        render({ key: 'freshness.stale', sources: { list: [stale] } }),
    ]).toEqual([
        'utm_source is google and click id is …',
        'company and product line',
        'ad spend (last row 1 Jun 2026)',
    ]);
});
