import type { Workbook } from '@protobi/exceljs';
import type { AccrualRow, DeferralRow } from '../finance/accruals.ts';
import { amountOf, sumOf } from '../finance/money.ts';
import { quoted, withoutFormula } from './export-format.ts';
import {
    createWorkbook,
    workbookBytes,
    writeFormula,
    writeNumber,
    writeText,
} from './xlsx-file.ts';

interface TableColumn<Row> {
    readonly name: keyof Row & string;
    readonly kind: 'text' | 'count' | 'amount';
    /** Columns it is the sum of, with a minus before those that are taken away. */
    readonly of?: readonly string[];
}

/** A table of amounts as CSV and as a sheet of a workbook. */
export interface AmountTable<Row> {
    readonly name: string;
    readonly columns: readonly TableColumn<Row>[];
    readonly rows: readonly Row[];
}

const who = (['payee_id', 'payee_name', 'department_id', 'component_id', 'component'] as const).map(
    (name) => ({ name, kind: 'text' as const }),
);
const amount = <Name extends string>(name: Name, ...of: readonly string[]) => ({
    name,
    kind: 'amount' as const,
    ...(of.length > 0 ? { of } : {}),
});

export const accrualTable = (rows: readonly AccrualRow[]): AmountTable<AccrualRow> => ({
    name: 'accruals',
    rows,
    columns: [
        ...who,
        { name: 'incremental_cost', kind: 'text' },
        { name: 'currency_code', kind: 'text' },
        amount('opening_amount'),
        amount('earned_amount'),
        amount('adjustment_amount'),
        amount('paid_amount'),
        amount(
            'closing_amount',
            'opening_amount',
            'earned_amount',
            'adjustment_amount',
            '-paid_amount',
        ),
    ],
});

export const deferralTable = (rows: readonly DeferralRow[]): AmountTable<DeferralRow> => ({
    name: 'deferral',
    rows,
    columns: [
        ...who,
        { name: 'earned', kind: 'text' },
        { name: 'amortisation_months', kind: 'count' },
        { name: 'elapsed_months', kind: 'count' },
        { name: 'currency_code', kind: 'text' },
        amount('cost_amount'),
        amount('opening_amount'),
        amount('added_amount'),
        amount('amortised_amount'),
        amount('closing_amount', 'opening_amount', 'added_amount', '-amortised_amount'),
        amount('current_amount'),
        amount('later_amount', 'closing_amount', '-current_amount'),
    ],
});

const textOf = <Row>(row: Row, { name }: TableColumn<Row>) => {
    const value = row[name];
    return value === null || value === undefined ? '' : String(value);
};

/** The rows of a table; the same rows give the same bytes. */
export function amountCsv<Row>({ columns, rows }: AmountTable<Row>): string {
    const line = (cells: readonly string[]) => `${cells.map((cell) => quoted(cell)).join(',')}\n`;
    return [
        line(columns.map(({ name }) => name)),
        ...rows.map((row) =>
            line(
                columns.map((column) => {
                    const text = textOf(row, column);
                    return column.kind === 'text' ? withoutFormula(text) : text;
                }),
            ),
        ),
    ].join('');
}

/**
 * Tables as sheets of one workbook: what follows from other columns is a formula, and each currency has
 * a row of sums. The same tables give the same bytes.
 * @param at a moment that only the content decides
 * @throws ConfigError for an amount with more digits than a spreadsheet keeps
 */
export async function amountXlsx(
    at: Date,
    accruals: AmountTable<AccrualRow>,
    deferral: AmountTable<DeferralRow>,
): Promise<Uint8Array> {
    const workbook = await createWorkbook(at);
    addTable(workbook, accruals);
    addTable(workbook, deferral);
    return workbookBytes(workbook);
}

const money = '#,##0.00';

function addTable<Row extends { readonly currency_code: string }>(
    workbook: Workbook,
    { name, columns, rows }: AmountTable<Row>,
): void {
    const sheet = workbook.addWorksheet(name);
    const letters = new Map<string, string>();
    for (const [index, column] of columns.entries()) {
        const head = sheet.getColumn(index + 1);
        head.width = column.name === 'component' ? 36 : 18;
        letters.set(column.name, head.letter);
        const cell = sheet.getCell(1, index + 1);
        writeText(cell, column.name);
        cell.font = { bold: true };
    }
    for (const [at, row] of rows.entries()) {
        const number = at + 2;
        for (const [index, column] of columns.entries()) {
            const cell = sheet.getCell(number, index + 1);
            const text = textOf(row, column);
            if (column.kind === 'text') writeText(cell, text);
            else if (column.kind === 'count') cell.value = Number(text);
            else if (column.of === undefined) writeNumber(cell, text, money);
            else writeFormula(cell, terms(column.of, letters, number), text, money);
        }
    }
    // Rows of a currency stand together: they are in its order.
    let next = rows.length + 2;
    for (const [currency, own] of Map.groupBy(rows, (row) => row.currency_code)) {
        const first = rows.indexOf(own[0] as Row) + 2;
        for (const [index, column] of columns.entries()) {
            const cell = sheet.getCell(next, index + 1);
            cell.font = { bold: true };
            if (column.name === 'currency_code') writeText(cell, currency);
            if (column.kind !== 'amount') continue;
            const letter = letters.get(column.name) ?? '';
            const sum = amountOf(sumOf(own.map((row) => textOf(row, column))));
            const range = `${letter}${first}:${letter}${first + own.length - 1}`;
            writeFormula(cell, `SUM(${range})`, sum, money);
        }
        next += 1;
    }
}

function terms(of: readonly string[], letters: ReadonlyMap<string, string>, row: number): string {
    const sum = of.map((name) => {
        const isTaken = name.startsWith('-');
        return `${isTaken ? '-' : '+'}${letters.get(isTaken ? name.slice(1) : name)}${row}`;
    });
    return `ROUND(${sum.join('').replace(/^\+/, '')},2)`;
}
