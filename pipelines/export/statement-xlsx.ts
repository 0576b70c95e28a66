import type { Workbook } from '@protobi/exceljs';
import type { StatementDocument } from './statement-document.ts';
import {
    createWorkbook,
    workbookBytes,
    writeFormula,
    writeNumber,
    writeText,
} from './xlsx-file.ts';

const money = '#,##0.00';
const exact = '0.##########';
const amountColumn = 'H';

/**
 * A statement as a spreadsheet: its sums are formulas over its lines, beside what the ledger says and
 * the difference. The same statement has the same bytes.
 * @throws ConfigError for an amount with more digits than a spreadsheet keeps
 */
export async function statementXlsx(document: StatementDocument): Promise<Uint8Array> {
    const workbook = await createWorkbook(document.at);
    workbook.creator = document.company;
    const sheet = workbook.addWorksheet(sheetName(document.sheets.statement));
    for (const [index, width] of [6, 40, 60, 16, 16, 14, 12, 16].entries()) {
        sheet.getColumn(index + 1).width = width;
    }
    const bold = { bold: true };
    let row = 0;
    const next = () => sheet.getRow(++row);
    const title = [document.title, document.company, document.mark];
    for (const text of title) {
        if (text === undefined) continue;
        const cell = next().getCell(1);
        writeText(cell, text);
        cell.font = bold;
    }
    row += 1;
    for (const [name, value] of document.facts) {
        const cells = next();
        writeText(cells.getCell(2), name);
        writeText(cells.getCell(3), value);
    }
    row += 1;
    const { line, value, target, attainment, factor, amount } = document.columns;
    const header = next();
    for (const [index, text] of [
        '',
        line,
        '',
        value,
        target,
        attainment,
        factor,
        amount,
    ].entries()) {
        writeText(header.getCell(index + 1), text);
    }
    header.font = bold;
    const first = row + 1;
    for (const one of document.lines) {
        const cells = next();
        cells.getCell(1).value = one.line_number;
        writeText(cells.getCell(2), one.label ?? '');
        writeText(cells.getCell(3), one.explanation ?? '');
        cells.getCell(3).alignment = { wrapText: true, vertical: 'top' };
        const numbers = [one.value, one.target, one.attainment, one.factor];
        for (const [index, decimal] of numbers.entries()) {
            if (decimal !== null) writeNumber(cells.getCell(4 + index), shortened(decimal), exact);
        }
        writeNumber(cells.getCell(8), one.amount, money);
    }
    let payableCell = '';
    for (const { label, from, to, amount: result } of document.sums) {
        const cells = next();
        writeText(cells.getCell(2), label);
        const range = `${amountColumn}${first + from}:${amountColumn}${first + to}`;
        writeFormula(cells.getCell(8), `SUM(${range})`, result, money);
        cells.font = bold;
        payableCell = `${amountColumn}${row}`;
    }
    const ledger = next();
    writeText(ledger.getCell(2), document.ledger);
    writeNumber(ledger.getCell(8), document.payable, money);
    const difference = next();
    writeText(difference.getCell(2), document.difference);
    const formula = `ROUND(${payableCell}-${amountColumn}${row - 1},2)`;
    writeFormula(difference.getCell(8), formula, '0.00', money);
    row += 1;
    for (const text of [...document.signatures, document.footer]) {
        row += 1;
        writeText(next().getCell(2), text);
    }
    row += 2;
    const { title: changed, note, columns: names, rows: changes } = document.changes;
    const { line: lineName, why: whyName, ...amounts } = names;
    const heads = ['', lineName, whyName, amounts.before, amounts.now, amounts.change];
    for (const texts of [['', changed], note === undefined ? heads : ['', note]]) {
        const cells = next();
        for (const [index, text] of texts.entries()) writeText(cells.getCell(index + 1), text);
        if (texts[1] !== note) cells.font = bold;
    }
    for (const { line: name, why, before, now, change } of changes) {
        const cells = next();
        writeText(cells.getCell(2), name);
        writeText(cells.getCell(3), why);
        cells.getCell(3).alignment = { wrapText: true, vertical: 'top' };
        for (const [index, decimal] of [before, now, change].entries()) {
            writeNumber(cells.getCell(4 + index), decimal, money);
        }
    }
    if (document.disputes.rows.length > 0) {
        row += 2;
        const { title: name, columns, rows } = document.disputes;
        for (const texts of [[name], columns, ...rows]) {
            const cells = next();
            for (const [index, text] of texts.entries()) writeText(cells.getCell(index + 2), text);
        }
    }
    writeDeals(workbook, document);
    return workbookBytes(workbook);
}

/** Excel takes 31 characters at most. */
const sheetName = (text: string) => text.slice(0, 31);

/** The deals on a sheet of their own; those of a line sum to it. */
function writeDeals(workbook: Workbook, document: StatementDocument): void {
    if (document.deals.length === 0) return;
    const sheet = workbook.addWorksheet(sheetName(document.sheets.deals));
    for (const [index, width] of [60, 16, 16, 14, 16].entries()) {
        sheet.getColumn(index + 1).width = width;
    }
    const bold = { bold: true };
    let row = 0;
    const next = (...texts: readonly string[]) => {
        row += 1;
        const cells = sheet.getRow(row);
        for (const [index, text] of texts.entries()) writeText(cells.getCell(index + 1), text);
        return cells;
    };
    for (const { title, note, columns, rows, sum } of document.deals) {
        next(title).font = bold;
        if (note !== undefined) next(note);
        next(columns.deal, columns.day, columns.counted, columns.rate, columns.amount).font = bold;
        const first = row + 1;
        for (const { deal, day, counted, rate, amount } of rows) {
            const cells = next(deal, day, '', rate);
            if (counted !== null) writeNumber(cells.getCell(3), counted, money);
            if (amount !== null) writeNumber(cells.getCell(5), amount, money);
        }
        if (sum !== undefined) {
            const cells = next(sum.label);
            writeFormula(cells.getCell(5), `SUM(E${first}:E${row - 1})`, sum.amount, money);
            cells.font = bold;
            if (sum.isLine) {
                const line = next(document.columns.line);
                writeNumber(line.getCell(5), sum.amount, money);
                const formula = `ROUND(E${row - 1}-E${row},2)`;
                writeFormula(next(document.difference).getCell(5), formula, '0.00', money);
            }
        }
        row += 1;
    }
}

/** A KPI in fifteen digits, which is more than anybody reads; amounts are never cut. */
function shortened(decimal: string): string {
    const isLong = decimal.replace(/\D/g, '').replace(/^0+/, '').length > 15;
    return isLong ? Number(decimal).toPrecision(15) : decimal;
}
