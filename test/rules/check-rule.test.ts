import { describe, expect, it } from 'vitest';
import type { RuleContract } from '../../pipelines/contracts/rule.ts';
import { people } from '../../pipelines/contracts/rules/company.ts';
import { exchangeRates } from '../../pipelines/contracts/rules/reference.ts';
import { holidays, slaTerms } from '../../pipelines/contracts/rules/service.ts';
import { targets } from '../../pipelines/contracts/rules/targets.ts';
import { checkRule } from '../../pipelines/rules/check-rule.ts';

const header = 'person_id,person_name,department_id,team,valid_from,valid_to';
const check = (content: string, contract: RuleContract = people) =>
    checkRule(contract, content, 'rules.csv');
const checkTargets = (...rows: readonly string[]) =>
    check(
        `kpi,scope_type,scope_id,period_type,target_value,valid_from,valid_to\n${rows.join('\n')}\n`,
        targets,
    );

describe('a row with another number of cells than the header', () => {
    it('has a comma too many, or cells too few', async () => {
        const row = (name: string) => check(`${header}\nana,${name},marketing,,2023-07-01`);
        await expect(row('Marin, Ana,x')).rejects.toThrow(
            'line 2: expected 6 columns, got 7\n  fix: quote the cell that holds a comma',
        );
        await expect(row('Ana')).rejects.toThrow(
            'line 2: expected 6 columns, got 5\n  fix: add the cells that are missing; an empty one needs its comma, too',
        );
    });
});

describe('a number that would make money or time nothing', () => {
    it('is no exchange rate: 10.00 USD at 0 would cost nothing', async () => {
        const content = `currency_code,to_currency_code,rate,valid_from,valid_to
USD,EUR,0.9,2026-01-01,2026-02-01
USD,EUR,0.0000,2026-02-01,
`;
        await expect(check(content, exchangeRates)).rejects.toThrow(
            "line 3, column rate: expected a number above 0, got '0.0000'",
        );
    });

    it('is no term: every lead would be late', async () => {
        const content =
            'term,value,unit,valid_from,valid_to\nfirst_response,0,business_minutes,2026-01-01,\n';
        await expect(check(content, slaTerms)).rejects.toThrow(
            "line 2, column value: expected a number above 0, got '0'",
        );
    });

    it('is a legal target where less is better', async () => {
        const target = 'ignored_lead_rate,company,company,month,0,2026-01-01,';
        await expect(checkTargets(target)).resolves.toHaveLength(1);
        await expect(checkTargets(target.replace(',0,', ',-1,'))).rejects.toThrow(
            "line 2, column target_value: expected a number of at least 0, got '-1'",
        );
    });
});

describe('a rule file', () => {
    it('passes with a byte order mark, CRLF, quotes and rows that follow each other', async () => {
        const rows = [
            'ana,"Ana, M.",marketing,,2026-02-01,',
            'ana,Ana,sales,x,2026-01-01,2026-02-01',
        ];
        await expect(check(`\uFEFF${[header, ...rows].join('\r\n')}`)).resolves.toHaveLength(2);
    });

    it.each([
        [
            'a word outside the list',
            'ana,Ana,marketin,,2026-01-01,',
            "line 2, column department_id: expected one of marketing, sales, got 'marketin'",
        ],
        [
            'an empty required cell',
            'ana,,sales,,2026-01-01,',
            'line 2, column person_name: expected text, got an empty cell',
        ],
        [
            'a date in another order',
            'ana,Ana,sales,,01.02.2026,',
            'line 2, column valid_from: expected a date like 2026-06-30',
        ],
        ['a comma too many', 'ana,Ana,M.,sales,,2026-01-01,', 'line 2: expected 6 columns, got 7'],
        [
            'an end before the start',
            'ana,Ana,sales,,2026-02-01,2026-02-01',
            'line 2, column valid_to: expected a day after 2026-02-01',
        ],
        [
            'an overlap',
            'ana,Ana,sales,,2026-01-01,2026-03-01\nana,Ana,sales,,2026-02-01,',
            'line 3: expected valid_from of at least 2026-03-01, got line 2 and line 3',
        ],
        [
            'an open row before another',
            'ana,Ana,sales,,2026-01-01,\nana,Ana,sales,,2026-02-01,',
            'line 3',
        ],
    ])('is refused with line and column for %s', async (_, rows, expected) => {
        await expect(check(`${header}\n${rows}\n`)).rejects.toThrow(expected);
    });

    it('counts lines past a quoted line break', async () => {
        const rows = 'ana,"Ana\nM.",sales,,2026-01-01,\nbo,Bo,none,,2026-01-01,';
        await expect(check(`${header}\n${rows}\n`)).rejects.toThrow('line 4, column department_id');
    });

    it('is refused for a column it lacks, naming the nearest', async () => {
        const renamed = header.replace('valid_from', 'valid from');
        await expect(check(`${renamed}\n`)).rejects.toThrow('rename valid from to valid_from');
        for (const delimiter of [';', '\t']) {
            await expect(check(`${renamed.replaceAll(',', delimiter)}\n`)).rejects.toThrow(
                'rules are comma-separated',
            );
        }
    });

    it('without dates is refused for a key that stands twice', async () => {
        const content = 'country,holiday_date,holiday_name\nRO,2026-01-01,A\nRO,2026-01-01,B\n';
        await expect(check(content, holidays)).rejects.toThrow('got line 2 and line 3');
    });

    it('refuses a target that is no exact number', async () => {
        await expect(checkTargets('leads,company,company,month,1e3,2026-01-01,')).rejects.toThrow(
            "got '1e3'",
        );
    });

    it('refuses a target for the month beside one for the quarter', async () => {
        const month = 'booked_revenue,company,company,month,1000,2026-01-01,';
        const quarter = 'booked_revenue,company,company,quarter,3000,2026-01-01,';
        const refused = expect(checkTargets(month, quarter)).rejects;
        await refused.toThrow('rules.csv says two things about kpi booked_revenue');
        await refused.toThrow('got line 2 and line 3');
        await refused.toThrow('keep one target per KPI and scope at a time, in one period_type');
    });

    it('lets a target change from months to quarters, and stand for two scopes', async () => {
        const month = 'booked_revenue,company,company,month,1000,2026-01-01,2026-04-01';
        const quarter = 'booked_revenue,company,company,quarter,3000,2026-04-01,';
        const person = 'booked_revenue,person,eva,quarter,3000,2026-01-01,';
        await expect(checkTargets(month, quarter, person)).resolves.toHaveLength(3);
    });
});
