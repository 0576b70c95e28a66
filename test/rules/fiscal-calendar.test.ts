import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Config } from '../../pipelines/config.ts';
import { composeRules } from '../../pipelines/rules/compose-rules.ts';
import { type Change, type RuleFiles, refusalOf } from './rules-folder.ts';

const calendar = 'company/fiscal_calendar';
const pools = 'incentives/pools';
const sound: RuleFiles = {
    [calendar]: [
        'fiscal_year_starts,pattern,valid_from,valid_to',
        '02,calendar,2020-02-01,2027-07-01',
        '7,calendar,2027-07-01,',
    ],
    'company/people': [
        'person_id,person_name,department_id,team,valid_from,valid_to',
        'ana,Ana,sales,,2020-01-01,',
    ],
    [pools]: [
        'pool_id,pool_name,kpi,scope_type,scope_id,period_type,threshold_amount,pool_share,currency_code,valid_from,valid_to',
        'pool,Pool,collected_revenue,company,company,quarter,0,0.02,EUR,2026-05-01,2027-07-01',
    ],
    'incentives/pool_departments': [
        'pool_id,department_id,share,valid_from,valid_to',
        'pool,sales,1,2020-01-01,',
    ],
    'incentives/pool_members': [
        'pool_id,payee_id,department_id,weight,valid_from,valid_to',
        'pool,ana,sales,1,2020-01-01,',
    ],
};

describe('a fiscal calendar', () => {
    it('is accepted where years follow each other and pools begin with a fiscal quarter', async () => {
        expect(await refusalOf(sound)).toBeUndefined();
    });

    it.each<[string, Change, string, string]>([
        [
            'a thirteenth month',
            [calendar, 3, '13,calendar,2027-07-01,'],
            `${calendar}.csv, line 3, column fiscal_year_starts: expected a whole number of at most 12, got '13'`,
            'correct the cell',
        ],
        [
            'weeks',
            [calendar, 3, '7,4-4-5,2027-07-01,'],
            `${calendar}.csv, line 3, column pattern: expected calendar, got '4-4-5'`,
            'write calendar',
        ],
        [
            'a row that begins inside its own year',
            [calendar, 3, '8,calendar,2027-07-01,'],
            `line 3, column valid_from: expected the first day of a fiscal year, such as 2027-08-01, got '2027-07-01'`,
            'cut short where the row begins',
        ],
        [
            'a year after which nothing is said',
            [calendar, 3, ''],
            `line 2, column valid_to: expected an empty cell, or a row with valid_from 2027-07-01, got '2027-07-01'`,
            'leave valid_to empty',
        ],
        [
            'two years at a time',
            [calendar, 2, '2,calendar,2020-02-01,'],
            `${calendar}.csv says two things at the same time.`,
            'end the earlier row',
        ],
        [
            'a pool that begins with a quarter of the calendar',
            [pools, 2, sound[pools]?.[1]?.replace('2026-05-01', '2026-04-01') ?? ''],
            `line 2, column valid_from: expected the first day of a fiscal quarter, got '2026-04-01'`,
            'with its period',
        ],
    ])('is refused for %s', async (_, change, place, fix) => {
        const refusal = await refusalOf(sound, change);
        expect(refusal).toContain(place);
        expect(refusal).toContain(fix);
    });
});

describe('the month of the config', () => {
    let directory: string;
    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), 'jointly-fiscal-'));
    });
    afterEach(() => rmSync(directory, { recursive: true, force: true }));

    const compose = (rules?: string) =>
        composeRules(
            {
                file: 'company.config.ts',
                company: { fiscal_year_starts: '02' },
                ...(rules ? { rules } : {}),
            } as Config,
            join(directory, 'written'),
        );

    it('is the row of a fiscal year that has always started in it', async () => {
        await compose();
        const written = readFileSync(join(directory, 'written', `${calendar}.csv`), 'utf8');
        expect(written).toBe(
            'fiscal_year_starts,pattern,valid_from,valid_to\n2,calendar,2000-02-01,\n',
        );
    });

    it('is refused beside a file that says it, not beside one without rows', async () => {
        const rules = join(directory, 'rules');
        const file = join(rules, `${calendar}.csv`);
        const lines = sound[calendar] ?? [];
        mkdirSync(join(rules, 'company'), { recursive: true });
        writeFileSync(file, `${lines[0]}\n`);
        await expect(compose(rules)).resolves.toBeDefined();
        writeFileSync(file, `${lines.join('\n')}\n`);
        await expect(compose(rules)).rejects.toThrow(
            `The fiscal year is given twice.\n  at: company.config.ts, column company.fiscal_year_starts: expected nothing, because ${file} says it, got '02'`,
        );
    });
});
