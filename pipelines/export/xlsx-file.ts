import type { Cell, Workbook } from '@protobi/exceljs';
import { unzipSync, zipSync } from 'fflate';
import { ConfigError } from '../errors.ts';
import { withoutFormula } from './export-format.ts';

/** The day that files in an archive carry: bytes must not depend on the clock. */
const noDay = new Date(1980, 0, 1);

/** Digits that a number of a spreadsheet keeps. */
const exactDigits = 15;

/** Puts text into a cell that nothing takes for a formula. */
export function writeText(cell: Cell, text: string): void {
    cell.value = withoutFormula(text);
}

/**
 * Puts an exact decimal into a cell as a number.
 * @throws ConfigError for one with more digits than a spreadsheet keeps
 */
export function writeNumber(cell: Cell, decimal: string, format: string): void {
    cell.value = spreadsheetNumber(decimal);
    cell.numFmt = format;
}

/** Puts a formula into a cell, with its result for readers that do not calculate. */
export function writeFormula(cell: Cell, formula: string, result: string, format: string): void {
    cell.value = { formula, result: spreadsheetNumber(result), date1904: false };
    cell.numFmt = format;
}

function spreadsheetNumber(decimal: string): number {
    const digits = decimal.replace(/^-?0*\.?0*/, '').replace('.', '');
    if (digits.length <= exactDigits) return Number(decimal);
    throw new ConfigError({
        what: `${decimal} has more digits than a spreadsheet keeps.`,
        expected: `at most ${exactDigits} digits`,
        got: decimal,
        fix: 'take the CSV or PDF file, which keeps all of them',
    });
}

/** The file of a workbook: the same content has the same bytes, whenever and wherever it is written. */
export async function workbookBytes(workbook: Workbook): Promise<Uint8Array> {
    const written = new Uint8Array(await workbook.xlsx.writeBuffer());
    return zipSync(unzipSync(written), { mtime: noDay });
}

/** A workbook that was made at a moment. */
export async function createWorkbook(at: Date): Promise<Workbook> {
    // Loaded late: it is large, and hardly any command needs it.
    const { default: exceljs } = await import('@protobi/exceljs');
    const workbook = new exceljs.Workbook();
    workbook.created = at;
    workbook.modified = at;
    return workbook;
}
