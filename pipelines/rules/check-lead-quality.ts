import { checkRuleVersions, checkVersionPeriod } from './check-rule-versions.ts';
import { checkOutcome, checkScoreBands } from './check-score-bands.ts';
import { checkScoreRule } from './check-score-rule.ts';
import { type FieldType, LEAD_FIELDS, SCORE_FIELDS } from './lead-fields.ts';
import {
    filled,
    type RuleRow,
    type RuleTable,
    type RuleTables,
    refuseCell,
    tableOf,
} from './rule-table.ts';

/**
 * Checks that the files of lead quality fit together: versions follow each other without a gap,
 * rules and bands change only with a version, and everything a rule names exists.
 * @throws ContractError for the first cell that does not fit
 */
export function checkLeadQuality(tables: RuleTables): void {
    const of = (name: string) => tableOf(tables, `lead_quality/${name}`);
    const [questions, versions] = [of('questions'), of('rule_versions')];
    const [rules, bands] = [of('score_rules'), of('score_bands')];
    const answerTypes = checkQuestions(questions);
    checkRuleVersions(versions);
    for (const table of [rules, bands]) {
        for (const row of table.rows) checkVersionPeriod(table, row, versions);
    }
    checkScoreBands(bands, versions);
    for (const row of rules.rows) {
        checkScoreRule(rules, row, answerTypes);
        checkOutcome(rules, row, bands);
        checkBant(rules, row, questions);
    }
}

function checkQuestions(table: RuleTable): ReadonlyMap<string, FieldType> {
    for (const row of table.rows) {
        const name = filled(row, 'question_id');
        if (!LEAD_FIELDS.has(name) && !SCORE_FIELDS.has(name)) continue;
        throw refuseCell(table, row, 'question_id', {
            what: `${table.file} gives a question the name of a field every lead has.`,
            expected: 'another name',
            fix: `rename the question, for example ${name}_asked, and map it in the input`,
        });
    }
    return new Map(
        table.rows.map((row) => [
            filled(row, 'question_id'),
            filled(row, 'answer_type') as FieldType,
        ]),
    );
}

/** Without a question for a part of BANT a lead would pass or fail by what nobody asked. */
function checkBant(table: RuleTable, row: RuleRow, questions: RuleTable): void {
    if (row.cells.rule_set !== 'bant') return;
    if (questions.rows.some((question) => question.cells.bant_part)) return;
    throw refuseCell(table, row, 'rule_set', {
        what: `${table.file} judges BANT, but no question asks for a part of it.`,
        expected: 'a question with bant_part in lead_quality/questions.csv',
        fix: 'say which question asks for budget, authority, need and timeline',
    });
}
