import { describe, expect, it } from 'vitest';
import { messagesFile, readCatalogue } from '../../dashboards/messages/catalogue.ts';
import { calendarNames } from '../../dashboards/messages/formats.ts';
import { createWords } from '../../dashboards/messages/words.ts';

const settings = { language: 'en', number_locale: 'en-GB', currency: 'EUR' };
const texts = {
    'test.leads': '{count, plural, one {# lead} other {# leads}} for {cost}',
    'test.rate': '{rate}{target, select, none {} other { (target {target})}}',
    'test.inner': 'because {reason}',
};
const words = createWords(
    new Map([...readCatalogue(messagesFile('en')), ...Object.entries(texts)]),
    settings,
);
const render = (message: unknown) => words.render(JSON.stringify(message));

describe('a message', () => {
    it('has a plural and an amount with every digit', () => {
        const cost = { exact_money: '9999999999999999.99', currency: null };
        expect(render({ key: 'test.leads', count: 1, cost })).toBe(
            '1 lead for 9,999,999,999,999,999.99 EUR',
        );
        expect(
            render({ key: 'test.leads', count: 0, cost: { money: '-0.5', currency: 'RON' } }),
        ).toBe('0 leads for -1 RON');
    });

    it('leaves out what is not known', () => {
        const rate = { percent: '0.045', decimals: 0 };
        expect(render({ key: 'test.rate', rate, target: null })).toBe('5%');
        expect(render({ key: 'test.rate', rate, target: { percent: null, decimals: 0 } })).toBe(
            '5%',
        );
    });

    it('stands inside another one, or after it', () => {
        const inner = JSON.stringify({ key: 'test.rate', rate: 'nothing', target: null });
        expect(render({ key: 'test.inner', reason: { message: inner } })).toBe('because nothing');
        expect(render([{ key: 'plain', text: 'One.' }, null, { key: 'plain', text: 'Two.' }])).toBe(
            'One. Two.',
        );
        const two = [{ key: 'plain', text: 'Two.' }, null, [{ key: 'plain', text: 'Three.' }]];
        expect(render([{ key: 'plain', text: 'One.' }, two])).toBe('One. Two. Three.');
        expect(render([[]])).toBe('');
    });

    it('is refused when its key, a value or a kind is not there', () => {
        expect(() => render({ key: 'test.nothing' })).toThrow('there is no message test.nothing');
        expect(() => render({ key: 'test.inner' })).toThrow('message test.inner: ');
        expect(() => render({ key: 'test.inner', reason: { color: 'red' } })).toThrow(
            'there is no kind of value color',
        );
    });

    it('takes text from outside as text', () => {
        const hostile = '{"key":"plain"} {count, plural, other {#}} <b>';
        expect(render({ key: 'test.inner', reason: hostile })).toBe(`because ${hostile}`);
    });
});

describe('numbers for people', () => {
    const { attainment, kpi, percent, period, range } = words.formats;

    it('are rounded half away from zero', () => {
        expect([percent('0.125', 0), percent('-0.125', 0), percent('0.9995')]).toEqual([
            '13%',
            '-13%',
            '100%',
        ]);
    });

    it('never show a missed target as met', () => {
        expect([
            attainment('0.994'),
            attainment('0.99993'),
            attainment('1'),
            attainment('1.3659'),
        ]).toEqual(['99%', 'just below 100%', '100%', '137%']);
        expect([
            words.formats.tagged('1.3575', 'attainment2'),
            words.formats.tagged('0.9999', 'attainment2'),
            words.formats.tagged('0.99999', 'attainment2'),
            words.formats.tagged('1', 'attainment2'),
        ]).toEqual(['135.75%', '99.99%', 'just below 100.00%', '100.00%']);
        const missed = (value: string, target: string) =>
            kpi(value, 'ratio', { target, attainment: '0.999' });
        expect([missed('4.2', '5'), missed('4.9996', '5'), missed('4.9999996', '5')]).toEqual([
            '4.20',
            '4.9996',
            'just below 5.00',
        ]);
        expect(missed('5.0000004', '5')).toBe('just above 5.00');
        const onCard = (value: string) =>
            words.formats.card(value, 'currency', { target: '30', attainment: '0.99' });
        expect([onCard('41'), onCard('30.25')]).toEqual(['€41', '€30.25']);
    });

    it('write a change by the unit of what changed', () => {
        const { change } = words.formats;
        expect([
            change('0.14', 'currency'),
            change('-0.05', 'percent'),
            change('-0.495', 'ratio'),
            change('0', 'count'),
        ]).toEqual(['+14.0%', '-5.0 pts', '-0.50', 'no change']);
    });

    it('name periods and days', () => {
        expect([
            period('quarter', '2026-04-01'),
            period('month', '2026-06-01'),
            period('week', '2020-12-28'),
            period('year', '2026-01-01'),
            range('2023-07-01', '2025-06-30'),
            range('2025-07-01', null),
        ]).toEqual([
            'Q2 2026',
            'Jun 2026',
            'week 53 of 2020',
            '2026',
            '1 Jul 2023 to 30 Jun 2025',
            'since 1 Jul 2025',
        ]);
    });

    it('name fiscal quarters and years, with their months where they are cut short', () => {
        const { formats } = createWords(readCatalogue(messagesFile('en')), {
            ...settings,
            fiscal_periods: {
                'quarter 2026-02-01': { year: 2027, quarter: 1, end: '2026-05-01' },
                'year 2026-02-01': { year: 2027, quarter: null, end: '2027-02-01' },
                'quarter 2026-01-01': { year: 2026, quarter: 3, end: '2026-02-01' },
                'year 2025-07-01': { year: 2026, quarter: null, end: '2026-02-01' },
            },
        });
        expect([
            formats.period('quarter', '2026-02-01'),
            formats.period('year', '2026-02-01'),
            formats.period('quarter', '2026-01-01'),
            formats.period('year', '2025-07-01'),
            formats.period('month', '2026-02-01'),
        ]).toEqual([
            'Q1 FY27',
            'FY27',
            'Q3 FY26 (Jan 2026)',
            'FY26 (Jul 2025 to Jan 2026)',
            'Feb 2026',
        ]);
    });

    it('are written by the tags of pages and marts', () => {
        const { tagged } = words.formats;
        expect([
            tagged(-1234.5, 'money'),
            tagged(-0.2, 'money'),
            tagged('1234.5', 'money_exact'),
            tagged(12_345_678, 'money_short'),
            tagged(0.5, 'pct0'),
            tagged(0.12345, 'pct3'),
            tagged(1234.5, 'num0'),
            tagged(2, 'num2'),
            tagged(0.7, 'pct'),
            tagged(0.9999, 'pct'),
            tagged(4999.99, 'num'),
            tagged(20_261, 'id'),
        ]).toEqual([
            '-€1,235',
            '€0',
            '€1,234.50',
            '€12.3m',
            '50%',
            '12.345%',
            '1,235',
            '2.00',
            '70%',
            '99.99%',
            '4,999.99',
            '20261',
        ]);
        expect(() => tagged(1, 'mony')).toThrow('there is no number format mony');
    });

    it('follow the locale of the company', () => {
        const { formats, say } = createWords(
            new Map([...readCatalogue(messagesFile('en')), ...Object.entries(texts)]),
            { ...settings, number_locale: 'de-DE' },
        );
        expect([
            formats.exactMoney('1391.19'),
            formats.percent('0.542'),
            formats.tagged(1234.5, 'money_exact'),
            formats.tagged(0.5, 'pct1'),
            formats.day('2026-05-30'),
            say('test.leads', { count: 1200, cost: 'nothing' }),
            calendarNames({ number_locale: 'de-DE' }).monthAbbr[4],
        ]).toEqual([
            '1.391,19 EUR',
            '54,2\u00a0%',
            '1.234,50\u00a0€',
            '50,0\u00a0%',
            '30. Mai 2026',
            '1.200 leads for nothing',
            'Mai',
        ]);
    });
});
