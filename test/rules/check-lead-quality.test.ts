import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Config, projectRoot } from '../../pipelines/config.ts';
import type { RuleContract } from '../../pipelines/contracts/rule.ts';
import {
    questions,
    ruleSets,
    ruleVersions,
    scoreBands,
    scoreRules,
} from '../../pipelines/contracts/rules/lead-quality.ts';
import { leadQualityChecks } from '../../pipelines/rules/check-lead-quality.ts';
import { checkRule } from '../../pipelines/rules/check-rule.ts';
import { composeRules } from '../../pipelines/rules/compose-rules.ts';
import { LEAD_FIELDS, SCORE_FIELDS } from '../../pipelines/rules/lead-fields.ts';
import type { RuleTable } from '../../pipelines/rules/rule-table.ts';

const contracts = {
    questions,
    rule_versions: ruleVersions,
    score_rules: scoreRules,
    score_bands: scoreBands,
};
type Name = keyof typeof contracts;

/** Rules that fit together; each test breaks one thing. The header is line 1. */
const sound: Readonly<Record<Name, readonly string[]>> = {
    questions: [
        'question_id,question_label,answer_type,bant_part',
        'budget,Budget,number,budget',
        'decides,Who decides,boolean,authority',
        'role,Your role,text,',
    ],
    rule_versions: [
        'rule_set,rule_version,change_note,valid_from,valid_to',
        'icp_fit,1,first,2026-01-01,2026-03-01',
        'icp_fit,2,second,2026-03-01,',
        'persona,1,first,2026-01-01,',
        'qualification,1,first,2026-01-01,',
        'bant,1,first,2026-01-01,',
    ],
    score_rules: [
        'rule_set,rule_id,rule_label,field,operator,value,points,outcome,valid_from,valid_to',
        'icp_fit,home,Home,country_code,one_of,RO|MD,10,,2026-01-01,2026-03-01',
        'icp_fit,home,Home,country_code,equals,RO,20,,2026-03-01,',
        'persona,boss,Boss,role,starts_with,owner,5,builder,2026-01-01,',
        'qualification,fit,Fits,icp_fit,at_least,10,1,,2026-01-01,',
        'bant,money,Money,budget,at_least,500,1,,2026-01-01,',
        'bant,says,Says,decides,is_known,,1,,2026-01-01,',
    ],
    score_bands: [
        'rule_set,band,band_label,minimum_points,work_order,supply_points,valid_from,valid_to',
        'icp_fit,good,Good,10,1,,2026-01-01,',
        'icp_fit,poor,Poor,0,2,,2026-01-01,',
        'persona,builder,Builder,5,1,,2026-01-01,',
        'qualification,qualified,Qualified,1,1,,2026-01-01,',
        'qualification,not_qualified,Not qualified,0,2,,2026-01-01,',
        'bant,passed,Passed,2,1,,2026-01-01,',
        'bant,failed,Failed,0,2,,2026-01-01,',
    ],
};

type Edit = readonly [name: Name, line: number, row?: string];

/** The rules with rows put in place of others (line counted as in the file) or taken out. */
async function check(...edits: readonly Edit[]): Promise<void> {
    const tables = new Map<string, RuleTable>();
    for (const [key, contract] of Object.entries(contracts) as [Name, RuleContract][]) {
        const lines: (string | undefined)[] = [...sound[key]];
        for (const [name, line, row] of edits) if (name === key) lines[line - 1] = row;
        const content = lines.filter((line) => line !== undefined).join('\n');
        const file = `${key}.csv`;
        tables.set(contract.file, { file, rows: await checkRule(contract, content, file) });
    }
    for (const one of leadQualityChecks) one(tables);
}

describe('rules of lead quality', () => {
    it('pass when they fit together', async () => {
        await expect(check()).resolves.toBeUndefined();
    });

    it('may be absent altogether', () => {
        for (const one of leadQualityChecks) expect(() => one(new Map())).not.toThrow();
    });

    it.each<[string, Name, number, string, string]>([
        [
            'a field nobody knows, naming the nearest',
            'score_rules',
            2,
            'icp_fit,home,Home,contry_code,equals,RO,10,,2026-01-01,2026-03-01',
            'score_rules.csv, line 2, column field: expected one of channel, ',
        ],
        [
            'a field nobody knows, with the fix',
            'score_rules',
            2,
            'icp_fit,home,Home,contry_code,equals,RO,10,,2026-01-01,2026-03-01',
            'fix: did you mean country_code?',
        ],
        [
            'a score outside qualification',
            'score_rules',
            3,
            'icp_fit,home,Home,heat,at_least,1,20,,2026-03-01,',
            "line 3, column field: expected one of channel, campaign_id, landing_page, product_line, country_code, has_company, has_email, email_domain, visits_before, page_views_before, days_since_first_visit, created_hour, created_weekday, budget, decides, role, got 'heat'",
        ],
        [
            'an operator without its value',
            'score_rules',
            3,
            'icp_fit,home,Home,country_code,equals,,20,,2026-03-01,',
            'line 3, column value: expected a value for equals, got an empty cell',
        ],
        [
            'a value the operator does not look at',
            'score_rules',
            7,
            'bant,says,Says,decides,is_known,true,1,,2026-01-01,',
            "line 7, column value: expected an empty cell, got 'true'",
        ],
        [
            'a word where a number is compared',
            'score_rules',
            6,
            'bant,money,Money,budget,at_least,much,1,,2026-01-01,',
            "line 6, column value: expected a number with at most 6 decimals, like 12.5, got 'much'",
        ],
        [
            'text compared as a number',
            'score_rules',
            4,
            'persona,boss,Boss,role,less_than,5,5,builder,2026-01-01,',
            'line 4, column operator: expected an operator for text',
        ],
        [
            'the beginning of a number',
            'score_rules',
            6,
            'bant,money,Money,budget,starts_with,5,1,,2026-01-01,',
            'line 6, column operator: expected starts_with only for text',
        ],
        [
            'yes and no in other words',
            'score_rules',
            7,
            'bant,says,Says,decides,equals,yes,1,,2026-01-01,',
            "line 7, column value: expected true or false, got 'yes'",
        ],
        [
            'a number that no answer is written like',
            'score_rules',
            6,
            'bant,money,Money,budget,one_of,500|1000.0,1,,2026-01-01,',
            'line 6, column value: expected a number as short as it can be written',
        ],
        [
            'an empty value in a list',
            'score_rules',
            3,
            'icp_fit,home,Home,country_code,one_of,RO||MD,20,,2026-03-01,',
            'line 3, column value: expected values without spaces around them',
        ],
        [
            'a gap between versions',
            'rule_versions',
            3,
            'icp_fit,2,second,2026-03-02,',
            "rule_versions.csv, line 3, column valid_from: expected 2026-03-01, the day line 2 ends, got '2026-03-02'",
        ],
        [
            'an overlap of versions',
            'rule_versions',
            3,
            'icp_fit,2,second,2026-02-28,',
            'rule_versions.csv, line 3: expected valid_from of at least 2026-03-01',
        ],
        [
            'an overlap of two rows of a rule',
            'score_rules',
            3,
            'icp_fit,home,Home,country_code,equals,RO,20,,2026-01-01,',
            'score_rules.csv, line 3: expected valid_from of at least 2026-03-01',
        ],
        [
            'a number given to two versions',
            'rule_versions',
            3,
            'icp_fit,1,second,2026-03-01,',
            "line 3, column rule_version: expected more than 1 (line 2), got '1'",
        ],
        [
            'a rule that begins inside a version',
            'score_rules',
            3,
            'icp_fit,home,Home,country_code,equals,RO,20,,2026-03-02,',
            "line 3, column valid_from: expected a day on which a version of icp_fit begins: 2026-01-01, 2026-03-01, got '2026-03-02'",
        ],
        [
            'a rule that begins before the first version',
            'score_rules',
            4,
            'persona,boss,Boss,role,starts_with,owner,5,builder,2025-12-31,',
            'line 4, column valid_from: expected a day on which a version of persona begins: 2026-01-01',
        ],
        [
            'a rule that ends inside a version',
            'score_rules',
            2,
            'icp_fit,home,Home,country_code,equals,RO,10,,2026-01-01,2026-02-28',
            "line 2, column valid_to: expected a day on which a version of icp_fit ends: 2026-03-01, got '2026-02-28'",
        ],
        [
            'a band that ends where no version does',
            'score_bands',
            4,
            'persona,builder,Builder,5,1,,2026-01-01,2026-02-01',
            'score_bands.csv, line 4, column valid_to: expected an empty cell, because no version ends',
        ],
        [
            'rules of a set without a version',
            'score_rules',
            4,
            'heat,seen,Seen,visits_before,at_least,2,5,,2026-01-01,',
            "line 4, column rule_set: expected a version of heat in lead_quality/rule_versions.csv, got 'heat'",
        ],
        [
            'a rule of persona without the persona',
            'score_rules',
            4,
            'persona,boss,Boss,role,equals,owner,5,,2026-01-01,',
            'line 4, column outcome: expected the buyer persona the points count for, got an empty cell',
        ],
        [
            'a persona without a band',
            'score_rules',
            4,
            'persona,boss,Boss,role,equals,owner,5,bilder,2026-01-01,',
            "line 4, column outcome: expected one of builder, got 'bilder'",
        ],
        [
            'a persona outside persona',
            'score_rules',
            5,
            'qualification,fit,Fits,icp_fit,at_least,10,1,builder,2026-01-01,',
            "line 5, column outcome: expected an empty cell, got 'builder'",
        ],
        [
            'a band of qualification that nothing reads',
            'score_bands',
            5,
            'qualification,qualifed,Qualified,1,1,,2026-01-01,',
            "line 5, column band: expected one of qualified, not_qualified, got 'qualifed'",
        ],
        [
            'two bands from the same points on',
            'score_bands',
            3,
            'icp_fit,poor,Poor,10.00,2,,2026-01-01,',
            'line 3, column minimum_points: expected another minimum than line 2, band good',
        ],
        [
            'supply counted in a set other than tier',
            'score_bands',
            2,
            'icp_fit,good,Good,10,1,3,2026-01-01,',
            "line 2, column supply_points: expected an empty cell, except for bands of tier, got '3'",
        ],
        [
            'a question named like a field',
            'questions',
            4,
            'channel,Channel,text,',
            "questions.csv, line 4, column question_id: expected another name, got 'channel'",
        ],
    ])('are refused with file, line and column for %s', async (_, name, line, row, expected) => {
        await expect(check([name, line, row])).rejects.toThrow(expected);
    });

    it.each<[string, Name, number, string]>([
        [
            'a version without bands',
            'score_bands',
            4,
            'expected a row for persona in lead_quality/score_bands.csv, in force in the version',
        ],
        [
            'a version of BANT nobody can pass',
            'score_bands',
            7,
            'expected a row for passed in lead_quality/score_bands.csv',
        ],
    ])('are refused for %s', async (_, name, line, expected) => {
        await expect(check([name, line])).rejects.toThrow(expected);
    });

    it('are refused for BANT that no question asks for', async () => {
        const silent: readonly Edit[] = [
            ['questions', 2, 'budget,Budget,number,'],
            ['questions', 3, 'decides,Who decides,boolean,'],
        ];
        await expect(check(...silent)).rejects.toThrow(
            'score_rules.csv, line 6, column rule_set: expected a question with bant_part',
        );
    });
});

describe('the fields that rules may name', () => {
    const macro = readFileSync(join(projectRoot, 'macros/lead_quality/lead_fields.sql'), 'utf8');
    const body = (name: string) => macro.split(`macro ${name}()`)[1]?.split('endmacro')[0] ?? '';
    const words = (text: string, pattern: RegExp) =>
        [...text.matchAll(pattern)].map(([, word]) => word);

    it('are those the models make', () => {
        expect(words(body('lead_fields'), /'(\w+)'/g)).toEqual([...LEAD_FIELDS.keys()]);
        expect(words(body('score_fields'), /: '(\w+)'/g)).toEqual([...SCORE_FIELDS.keys()]);
    });

    it('are judged in the sets the contract lists', () => {
        expect(words(body('rule_sets'), /'(\w+)'/g)).toEqual([...ruleSets]);
    });
});

describe('the rules of a company', () => {
    let folder = '';
    beforeAll(async () => {
        folder = await mkdtemp(join(tmpdir(), 'jointly-lead-quality-'));
        mkdirSync(join(folder, 'rules', 'lead_quality'), { recursive: true });
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    it('are refused before anything is written, with the path of the file', async () => {
        const file = join(folder, 'rules', 'lead_quality', 'score_rules.csv');
        writeFileSync(file, `${sound.score_rules.slice(0, 2).join('\n')}\n`);
        const config = { company: {}, rules: join(folder, 'rules') } as Config;
        const written = join(folder, 'seeds');
        await expect(composeRules(config, written)).rejects.toThrow(
            `${file}, line 2, column rule_set: expected a version of icp_fit`,
        );
        expect(existsSync(written)).toBe(false);
    });
});
