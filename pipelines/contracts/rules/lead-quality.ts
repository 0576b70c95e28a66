import { z } from 'zod';
import { decimal, integer, oneOf, optional, text } from '../columns.ts';
import { defineRule } from '../rule.ts';
import { validity } from './validity.ts';

/** What leads are judged by; each set of rules has versions of its own. */
export const ruleSets = [
    'icp_fit',
    'readiness',
    'heat',
    'tier',
    'persona',
    'qualification',
    'bant',
] as const;

const ruleSet = () => oneOf(ruleSets, 'What the rule judges.');

export const questions = defineRule({
    file: 'lead_quality/questions',
    description: 'What leads are asked, in a form or on the phone.',
    key: ['question_id'],
    row: z.object({
        question_id: text('Question as the exports name it.'),
        question_label: text('Question on pages.'),
        answer_type: oneOf(['text', 'number', 'boolean'], 'What an answer is.'),
        bant_part: optional(
            oneOf(['budget', 'authority', 'need', 'timeline'], 'Part of BANT it answers.'),
        ),
    }),
});

export const ruleVersions = defineRule({
    file: 'lead_quality/rule_versions',
    description: 'Versions of the rules, one after another without a gap.',
    key: ['rule_set'],
    row: z.object({
        rule_set: ruleSet(),
        rule_version: integer('Number of the version.', { minimum: '1' }),
        change_note: text('What changed and why.'),
        ...validity,
    }),
});

export const scoreRules = defineRule({
    file: 'lead_quality/score_rules',
    description: 'What earns a lead points, by the day the lead was created.',
    key: ['rule_set', 'rule_id'],
    row: z.object({
        rule_set: ruleSet(),
        rule_id: text('Rule, unique in its set.'),
        rule_label: text('Rule on pages.'),
        field: text('Field of the lead, or a question.'),
        operator: oneOf(
            [
                'equals',
                'not_equals',
                'one_of',
                'at_least',
                'less_than',
                'starts_with',
                'is_known',
                'is_unknown',
            ],
            'How field and value are compared.',
        ),
        value: optional(text('What the field is compared with; values of one_of with |.')),
        points: decimal(18, 2, 'Points it earns; of a tier, expected value in company currency.'),
        outcome: optional(text('Buyer persona the points count for; only in persona.')),
        ...validity,
    }),
});

export const scoreBands = defineRule({
    file: 'lead_quality/score_bands',
    description: 'From how many points on a lead belongs to a band, by date.',
    key: ['rule_set', 'band'],
    row: z.object({
        rule_set: ruleSet(),
        band: text('Band: vip, standard, qualified, hot and the like; of persona, the persona.'),
        band_label: text('Band on pages.'),
        minimum_points: decimal(18, 2, 'Points from which on the band holds.'),
        work_order: integer('Which band sales works first: 1 before 2.', { minimum: '1' }),
        supply_points: optional(
            decimal(18, 2, 'What a lead of the tier counts toward the supply marketing owes.'),
        ),
        ...validity,
    }),
});
