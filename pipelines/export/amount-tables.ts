import type { Workbook } from '@protobi/exceljs';
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
    /** Those of one currency stand together. */
    readonly rows: readonly Row[];
    /** Sums of the columns of amounts, by currency. */
    readonly totals: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

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
export async function amountXlsx<One extends InCurrency, Other extends InCurrency>(
    at: Date,
    one: AmountTable<One>,
    other: AmountTable<Other>,
): Promise<Uint8Array> {
    const workbook = await createWorkbook(at);
    addTable(workbook, one);
    addTable(workbook, other);
    return workbookBytes(workbook);
}

interface InCurrency {
    readonly currency_code: string;
}

const money = '#,##0.00';

function addTable<Row extends InCurrency>(
    workbook: Workbook,
    { name, columns, rows, totals }: AmountTable<Row>,
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
    let next = rows.length + 2;
    for (const [currency, sums] of totals) {
        const own = rows.filter((row) => row.currency_code === currency);
        const first = rows.findIndex((row) => row.currency_code === currency) + 2;
        for (const [index, column] of columns.entries()) {
            const cell = sheet.getCell(next, index + 1);
            cell.font = { bold: true };
            if (column.name === 'currency_code') writeText(cell, currency);
            const letter = letters.get(column.name) ?? '';
            const range = `${letter}${first}:${letter}${first + own.length - 1}`;
            const sum = sums[column.name];
            if (sum !== undefined) writeFormula(cell, `SUM(${range})`, sum, money);
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
