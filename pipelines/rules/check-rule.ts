import type { z } from 'zod';
import { type Column, describeExpected, partsOf } from '../contracts/columns.ts';
import type { RuleContract } from '../contracts/rule.ts';
import { csvRecords } from '../csv-records.ts';
import { ContractError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { RuleRow } from './rule-table.ts';

/**
 * Checks one rule file against its contract.
 * @returns its rows, for checks across files
 * @throws ContractError for the first broken cell, doubled key or overlap of validity
 */
export async function checkRule(
    contract: RuleContract,
    content: string,
    file: string,
): Promise<readonly RuleRow[]> {
    const rows = await readRows(contract, content, file);
    for (const row of rows) checkCells(contract, row, file);
    checkKeys(contract, rows, file);
    return rows;
}

async function readRows(contract: RuleContract, content: string, file: string) {
    const names = contract.columns.map((column) => column.name);
    const rows: RuleRow[] = [];
    let header: readonly string[] | undefined;
    const text = content.replace(/^\uFEFF/, '');
    for await (const record of csvRecords([text], { delimiter: ',', quote: '"' })) {
        if (!header) {
            header = record.fields;
            checkHeader(contract, header, file);
            continue;
        }
        const line = record.firstLine;
        if (record.fields.length !== header.length) {
            throw new ContractError({
                what: `A row of ${file} has another number of columns than its header.`,
                file,
                line,
                expected: `${header.length} columns`,
                got: `${record.fields.length}`,
                fix:
                    record.fields.length > header.length
                        ? 'quote the cell that holds a comma'
                        : 'add the cells that are missing; an empty one needs its comma, too',
            });
        }
        const cells = header.map((name, index) => [name, record.fields[index] || null] as const);
        // A column that may be empty may be left out: it may be younger than the file.
        const absent = names.map((name) => [name, null] as const);
        rows.push({ line, cells: Object.fromEntries([...absent, ...cells]) });
    }
    if (!header)
        throw new ContractError({
            what: `${file} is empty.`,
            file,
            fix: `write its header: ${names.join(',')}`,
        });
    return rows;
}

function checkHeader(contract: RuleContract, header: readonly string[], file: string): void {
    const names = contract.columns.map((column) => column.name);
    const missing = contract.columns.find(
        (column) => column.required && !header.includes(column.name),
    )?.name;
    const unknown = header.find((name) => !names.includes(name));
    const doubled = header.find((name, index) => header.indexOf(name) !== index);
    if (missing === undefined && unknown === undefined && doubled === undefined) return;
    const column = missing ?? unknown ?? doubled ?? '';
    const isSplitElsewhere = header.length === 1 && /[;\t|]/.test(header[0] ?? '');
    const guess =
        missing && !isSplitElsewhere
            ? nearest(
                  missing,
                  header.filter((name) => !names.includes(name)),
              )
            : undefined;
    throw new ContractError({
        what: `${file} does not have the columns of its contract.`,
        file,
        line: 1,
        column,
        expected: names.join(','),
        got: header.join(','),
        fix: guess
            ? `rename ${guess} to ${column}`
            : 'correct the header; rules are comma-separated',
    });
}

function checkCells(contract: RuleContract, row: RuleRow, file: string): void {
    const result = contract.row.safeParse(row.cells);
    if (result.success) return;
    const issue = result.error.issues[0] as z.core.$ZodIssue;
    const name = String(issue.path[0] ?? '');
    const column = contract.columns.find((one) => one.name === name);
    const got = row.cells[name];
    throw new ContractError({
        what: `${file} has a cell that breaks its contract.`,
        file,
        line: row.line,
        column: name,
        expected: issue.code === 'custom' || !column ? issue.message : describeExpected(column),
        got: got === null || got === undefined ? 'an empty cell' : `'${got}'`,
        fix: fixOf(issue) ?? (column && got ? wordFix(column, got) : 'correct the cell'),
    });
}

/** What a rule of the row itself says to do. */
function fixOf(issue: z.core.$ZodIssue): string | undefined {
    const fix: unknown = issue.code === 'custom' ? issue.params?.fix : undefined;
    return typeof fix === 'string' ? fix : undefined;
}

/** A misspelt word of a closed list is named with the word that was meant. */
function wordFix(column: Column, got: string): string {
    const known = column.values ?? column.parts ?? [];
    const words = column.parts ? partsOf(got) : [got];
    const unknown = words.find((word) => !known.includes(word));
    const guess = unknown === undefined ? undefined : nearest(unknown, known);
    return guess ? `did you mean ${guess}?` : 'correct the cell';
}

function checkKeys(contract: RuleContract, rows: readonly RuleRow[], file: string): void {
    const groups = new Map<string, RuleRow[]>();
    for (const row of rows) {
        const key = JSON.stringify(contract.key.map((name) => row.cells[name]));
        groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    for (const group of groups.values()) {
        if (contract.isDated) checkValidity(contract, group, file);
        else if (group.length > 1) throw doubled(contract, group, file);
    }
}

function checkValidity(contract: RuleContract, group: readonly RuleRow[], file: string): void {
    const from = (row: RuleRow) => row.cells.valid_from ?? '';
    const to = (row: RuleRow) => row.cells.valid_to ?? '9999-12-31';
    const sorted = group.toSorted((left, right) => (from(left) < from(right) ? -1 : 1));
    sorted.forEach((row, index) => {
        if (from(row) >= to(row)) {
            throw new ContractError({
                what: `${file} has a row that ends before it begins.`,
                file,
                line: row.line,
                column: 'valid_to',
                expected: `a day after ${from(row)}, because valid_to is the first day no more valid`,
                got: `'${to(row)}'`,
                fix: 'correct valid_from or valid_to',
            });
        }
        const next = sorted[index + 1];
        if (next && from(next) < to(row)) throw doubled(contract, [row, next], file);
    });
}

function doubled(contract: RuleContract, group: readonly RuleRow[], file: string): ContractError {
    const [first, second] = group as [RuleRow, RuleRow];
    const key = contract.key.map((name) => `${name} ${second.cells[name] ?? '(empty)'}`).join(', ');
    return new ContractError({
        what: `${file} says two things${key === '' ? '' : ` about ${key}`}${contract.isDated ? ' at the same time' : ''}.`,
        file,
        line: second.line,
        expected: contract.isDated
            ? `valid_from of at least ${first.cells.valid_to ?? 'the day the row before it ends'}`
            : `one row per ${contract.key.join(', ')}`,
        got: `line ${first.line} and line ${second.line}`,
        fix: contract.isDated
            ? (contract.overlapFix ?? 'end the earlier row (valid_to) where the later begins')
            : 'delete one of the rows',
    });
}
