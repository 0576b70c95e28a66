import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { xlsx, xlsxRow } from '../test/integration/loading/pack.ts';
import { adSpendFile } from './data-set.ts';

const firstDay = Date.UTC(1899, 11, 30);
const dateColumn = 4;

/** The rows of the CSV file of the same size as an XLSX workbook. @returns its path */
export async function adSpendSheet(rows: number): Promise<string> {
    const source = await adSpendFile(rows, 'csv');
    const path = source.replace(/\.csv$/, '.xlsx');
    if (existsSync(path)) return path;
    const [header = '', ...lines] = readFileSync(source, 'utf8').trimEnd().split('\n');
    // No text of this data set but the campaign's name holds a comma, and that stands in quotes.
    const sheet = lines.map((line, at) => xlsxRow(at + 2, cellsOf(line)));
    const content = xlsxRow(1, header.split(',')) + sheet.join('');
    writeFileSync(path, xlsx([{ name: 'Data', rows: content }]));
    return path;
}

function cellsOf(line: string): (string | number)[] {
    const cells = line.match(/"[^"]*"|[^,]+/g) ?? [];
    return cells.map((cell, column) => {
        if (column === dateColumn) {
            return `<c s="1"><v>${(Date.parse(cell) - firstDay) / 86_400_000}</v></c>`;
        }
        return /^\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell.replaceAll('"', '');
    });
}
