import { nearest } from '../nearest.ts';
import { type FieldType, LEAD_FIELDS, SCORE_FIELDS } from './lead-fields.ts';
import { filled, type RuleRow, type RuleTable, refuseCell } from './rule-table.ts';

const number = /^[+-]?\d{1,12}(\.\d{1,6})?$/;
/** A number as answers are compared: without a plus, leading zeros or zeros that say nothing. */
const plainNumber = /^(0|-?[1-9]\d{0,11}|-?(0|[1-9]\d{0,11})\.\d{0,5}[1-9])$/;

const comparesNumbers = new Set(['at_least', 'less_than']);
const needsNoValue = new Set(['is_known', 'is_unknown']);

/**
 * Checks field, operator and value of one rule that gives points.
 * @param questions what leads are asked, and the type of the answer
 * @throws ContractError for a field nobody knows, or a value its operator cannot work with
 */
export function checkScoreRule(
    table: RuleTable,
    row: RuleRow,
    questions: ReadonlyMap<string, FieldType>,
): void {
    const type = fieldType(table, row, questions);
    const operator = filled(row, 'operator');
    checkOperator(table, row, operator, type);
    const value = row.cells.value ?? null;
    if (needsNoValue.has(operator)) {
        if (value === null) return;
        throw refuseCell(table, row, 'value', {
            what: `${table.file} compares with a value that ${operator} does not look at.`,
            expected: 'an empty cell',
            fix: 'empty the cell, or choose another operator',
        });
    }
    if (value === null) {
        throw refuseCell(table, row, 'value', {
            what: `${table.file} has a rule without the value it compares with.`,
            expected: `a value for ${operator}`,
            fix: 'write the value, or use is_known or is_unknown',
        });
    }
    const parts = operator === 'one_of' ? value.split('|') : [value];
    for (const part of parts) checkValue(table, row, { part, operator, type });
}

function fieldType(
    table: RuleTable,
    row: RuleRow,
    questions: ReadonlyMap<string, FieldType>,
): FieldType {
    const field = filled(row, 'field');
    const isQualification = row.cells.rule_set === 'qualification';
    const known = new Map([...LEAD_FIELDS, ...questions, ...(isQualification ? SCORE_FIELDS : [])]);
    const type = known.get(field);
    if (type) return type;
    const names = [...known.keys()];
    const guess = nearest(field, names);
    throw refuseCell(table, row, 'field', {
        what: SCORE_FIELDS.has(field)
            ? `${table.file} judges by the score ${field} outside qualification.`
            : `${table.file} judges by ${field}, which is no field of a lead and no question.`,
        expected: `one of ${names.join(', ')}`,
        fix: guess
            ? `did you mean ${guess}?`
            : 'correct the field, or declare the question in lead_quality/questions.csv',
    });
}

function checkOperator(table: RuleTable, row: RuleRow, operator: string, type: FieldType): void {
    const field = filled(row, 'field');
    if (comparesNumbers.has(operator) && type !== 'number') {
        throw refuseCell(table, row, 'operator', {
            what: `${table.file} compares ${field} as a number, but it is ${type}.`,
            expected: 'an operator for text: equals, not_equals, one_of, is_known or is_unknown',
            fix: 'choose another operator or field, or make the question one for a number',
        });
    }
    if (operator === 'starts_with' && type !== 'text') {
        throw refuseCell(table, row, 'operator', {
            what: `${table.file} compares the beginning of ${field}, but it is a ${type}.`,
            expected: 'starts_with only for text',
            fix: 'choose another operator',
        });
    }
}

interface Comparison {
    readonly part: string;
    readonly operator: string;
    readonly type: FieldType;
}

function checkValue(table: RuleTable, row: RuleRow, { part, operator, type }: Comparison): void {
    const refuse = (expected: string, fix: string) =>
        refuseCell(table, row, 'value', {
            what: `${table.file} has a rule that no lead can ever fit.`,
            expected,
            fix,
        });
    if (part === '' || part !== part.trim()) {
        throw refuse('values without spaces around them, separated by |', 'correct the value');
    }
    if (comparesNumbers.has(operator)) {
        if (!number.test(part)) {
            throw refuse('a number with at most 6 decimals, like 12.5', 'correct the number');
        }
        return;
    }
    if (type === 'number' && !plainNumber.test(part)) {
        throw refuse('a number as short as it can be written: 3, not 3.0', 'correct the number');
    }
    if (type === 'boolean' && !['true', 'false'].includes(part.toLowerCase())) {
        throw refuse('true or false', 'write true for yes and false for no');
    }
}
