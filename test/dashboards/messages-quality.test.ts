import { describe, expect, it } from 'vitest';
import { messagesFile, readCatalogue } from '../../dashboards/messages/catalogue.ts';
import { createWords } from '../../dashboards/messages/words.ts';

const settings = { language: 'en', number_locale: 'en-GB', currency: 'EUR' };
const words = createWords(readCatalogue(messagesFile('en')), settings);
const render = (message: unknown) => words.render(JSON.stringify(message));
const percent = (value: string | null) => ({ percent: value, decimals: 0 });
const money = (value: string | null) => ({ money: value, currency: null });

describe('lead quality', () => {
    const key = 'lead_quality.headline';
    const lift = (kpi: string, target: string | null) => ({
        kpi,
        unit: 'ratio',
        target,
        attainment: target !== null && kpi < target ? '0' : null,
    });

    it('compares the version in force with the one before', () => {
        const sentence = render([
            {
                key: `${key}.verdict`,
                version: 2,
                is_current: true,
                verdict: 'better',
                precision: percent('0.336'),
                base: percent('0.12'),
                lift: lift('2.8', '2.1'),
            },
            {
                key: `${key}.comparison`,
                comparison: 'more',
                version: 1,
                lift: lift('2.1', '2.8'),
            },
            {
                key: `${key}.recall`,
                recall: percent('0.805'),
                version: 1,
                before: percent('0.85'),
            },
        ]);
        expect(sentence).toBe(
            'Version 2 of the rules picks leads that pay: 34% of the leads it qualified have paid, against 12% of all leads, 2.80 times as many. That is more than version 1 managed (2.10 times). Of the leads that paid, it had qualified 81% (version 1: 85%).',
        );
    });

    it('shows as many digits as the difference of two lifts needs', () => {
        const comparison = (mine: string, before: string) =>
            render([
                {
                    key: `${key}.verdict`,
                    version: 5,
                    is_current: false,
                    verdict: 'hardly',
                    precision: percent('0.124'),
                    base: percent('0.12'),
                    lift: lift(mine, before),
                },
                {
                    key: `${key}.comparison`,
                    comparison: 'less',
                    version: 4,
                    lift: lift(before, mine),
                },
            ]);
        expect(comparison('1.0389', '1.0412')).toBe(
            'Version 5, the last one that can be evaluated, picked hardly better than chance: 12% of the leads it qualified have paid, against 12% of all leads, 1.0389 times as many. That is less than version 4 managed (1.04 times).',
        );
    });

    it('says from which day a young version can be evaluated', () => {
        const state = {
            code: 'young',
            day: { day: '2026-11-27' },
            state: { message: null },
            version: 3,
        };
        expect(render({ key: `${key}.unknown`, ...state })).toBe(
            'Whether the qualification rules pick leads that pay is not known yet: version 3 can be evaluated from 27 Nov 2026.',
        );
        expect(render({ key: `${key}.current`, since: { day: '2026-05-01' }, ...state })).toBe(
            'Version 3 has been in force since 1 May 2026 and can be evaluated from 27 Nov 2026.',
        );
    });

    it('reads a rule as a condition and the points it earns', () => {
        const condition = (
            field: string,
            question: string | null,
            operator: string,
            value: string,
        ) =>
            render({
                key: 'lead_quality.condition',
                field: {
                    message: JSON.stringify({ key: 'lead_quality.field', field, question }),
                },
                operator,
                value,
            });
        expect([
            condition('country_code', null, 'one_of', 'RO, MD'),
            condition('has_budget', 'Is there a budget?', 'flag', 'false'),
            condition('visits_before', null, 'at_least', '3'),
        ]).toEqual([
            'country is one of RO, MD',
            '“Is there a budget?”: no',
            'visits before is at least 3',
        ]);
        const points = { exact_money: '1200.00', currency: null };
        expect(
            render({ key: 'lead_quality.rule_points', sign: 'plus', points, persona: 'Builder' }),
        ).toBe('+1,200.00 EUR for Builder');
        const parts = ['budget', 'need'].map((part) => ({
            message: JSON.stringify({ key: 'lead_quality.bant_part', part }),
        }));
        expect(
            render({ key: 'lead_quality.unanswered', parts: { list: [parts[0], null, parts[1]] } }),
        ).toBe('not answered: budget and need');
    });
});

describe('audits', () => {
    const waiting = (leads: number, overdue: number, tooOld = 0) => {
        const share = overdue === 0 ? 'none' : overdue === leads ? 'all' : 'some';
        return render({
            key: 'qa.headline.waiting',
            waiting: leads,
            too_old: tooOld,
            overdue,
            share,
        });
    };

    it('count who waits, and what is overdue', () => {
        expect([
            waiting(12, 3),
            waiting(2, 2),
            waiting(1, 0),
            waiting(1, 1),
            waiting(0, 0, 9),
        ]).toEqual([
            '12 rejected leads are waiting for an audit, 3 of them overdue.',
            '2 rejected leads are waiting for an audit, all of them overdue.',
            '1 rejected lead is waiting for an audit.',
            '1 rejected lead is waiting for an audit and is overdue.',
            'No recently rejected lead is waiting for an audit.',
        ]);
    });

    it('say what they found, brought and cost', () => {
        const audits = (
            overturned: number,
            all: number,
            share: string | null,
            own: string | null,
        ) =>
            render({
                key: 'qa.headline.audits',
                period: { period: 'quarter', start: '2026-04-01' },
                audits: all,
                overturned,
                share: percent(share),
                amount: money(own),
            });
        const recovered = (amount: string, all: number, cost: string | null) =>
            render({
                key: 'qa.headline.recovered',
                amount: money(amount),
                audits: all,
                cost: money(cost),
            });
        expect(audits(9, 60, '0.15', '30000')).toBe(
            'In Q2 2026, 9 of 60 audited rejections were overturned (15%), bringing in 30,000 EUR so far.',
        );
        expect(audits(1, 1, '1', null)).toBe(
            'In Q2 2026, 1 of 1 audited rejection was overturned (100%).',
        );
        expect(audits(0, 0, null, null)).toBe('In Q2 2026, no rejection was audited.');
        expect(recovered('41200.4', 60, '3100')).toBe(
            '41,200 EUR was recovered in that time from these and earlier audits, against 3,100 EUR of analyst time.',
        );
        expect(recovered('500', 0, null)).toBe(
            '500 EUR was recovered in that time from earlier audits.',
        );
    });
});
