import { checkRuleVersions, checkVersionPeriod } from './check-rule-versions.ts';
import { checkBandsOfVersion, checkOutcome, checkScoreBand } from './check-score-bands.ts';
import { checkScoreRule } from './check-score-rule.ts';
import { type FieldType, LEAD_FIELDS, SCORE_FIELDS } from './lead-fields.ts';
import {
    checkFile,
    checkRows,
    filled,
    type RuleCheck,
    type RuleRow,
    type RuleTable,
    refuseCell,
    tableOf,
} from './rule-table.ts';

const questions = 'lead_quality/questions';
const versions = 'lead_quality/rule_versions';
const rules = 'lead_quality/score_rules';
const bands = 'lead_quality/score_bands';

/**
 * The files of lead quality fit together: versions follow each other without a gap, rules and bands
 * change only with a version, and everything a rule names exists.
 */
export const leadQualityChecks: readonly RuleCheck[] = [
    checkFile(questions, checkQuestions),
    checkFile(versions, checkRuleVersions),
    ...[rules, bands].map((file) =>
        checkRows(file, (table, row, tables) =>
            checkVersionPeriod(table, row, tableOf(tables, versions)),
        ),
    ),
    checkRows(bands, checkScoreBand),
    checkRows(versions, (table, row, tables) =>
        checkBandsOfVersion(table, row, tableOf(tables, bands)),
    ),
    checkFile(rules, (table, tables) => {
        const [asked, allBands] = [tableOf(tables, questions), tableOf(tables, bands)];
        const types = answerTypes(asked);
        for (const row of table.rows) {
            checkScoreRule(table, row, types);
            checkOutcome(table, row, allBands);
            checkBant(table, row, asked);
        }
    }),
];

function checkQuestions(table: RuleTable): void {
    for (const row of table.rows) {
        const name = filled(row, 'question_id');
        if (!LEAD_FIELDS.has(name) && !SCORE_FIELDS.has(name)) continue;
        throw refuseCell(table, row, 'question_id', {
            what: `${table.file} gives a question the name of a field every lead has.`,
            expected: 'another name',
            fix: `rename the question, for example ${name}_asked, and map it in the input`,
        });
    }
}

function answerTypes(table: RuleTable): ReadonlyMap<string, FieldType> {
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
