import { join } from 'node:path';
import type { SheetFormat } from '../../../config-schema.ts';
import { SourceError } from '../../../errors.ts';
import type { CompileContext } from '../compile-context.ts';
import { csvLayouts } from '../csv.ts';
import type { FoundFile } from '../find-files.ts';
import type { Layout } from '../layout.ts';
import { lettersOf } from './cell-text.ts';
import { chooseSheet } from './choose-sheet.ts';
import { copiedFormat } from './csv-format.ts';
import { csvOfSheet, type SheetCsv } from './csv-of-sheet.ts';
import { openWorkbook } from './open-workbook.ts';

interface SheetFile {
    readonly found: FoundFile;
    readonly csv: SheetCsv;
}

/**
 * Writes one sheet of every workbook as CSV, for the one loader there is.
 * @throws SourceError for a damaged workbook, ConfigError when the sheet has to be named
 */
export async function sheetLayouts(
    context: CompileContext,
    format: SheetFormat,
): Promise<readonly Layout[]> {
    const sheets: SheetFile[] = [];
    const { files, scratchDirectory, maximumRows } = context;
    for (const [index, file] of files.entries()) {
        const path = join(scratchDirectory, `sheet-${index}.csv`);
        sheets.push(await writeCsv(file, format, path, maximumRows));
    }
    const found = sheets.map((sheet) => sheet.found);
    const layouts = await csvLayouts({ ...context, files: found }, copiedFormat(format));
    const byPath = new Map(sheets.map(({ found, csv }) => [found.path, csv]));
    return layouts.map((layout) => inSheet(layout, byPath));
}

async function writeCsv(
    file: FoundFile,
    format: SheetFormat,
    path: string,
    maximumRows: number | undefined,
): Promise<SheetFile> {
    const workbook = await openWorkbook(file.path, file.name, format.type);
    try {
        const sheet = await chooseSheet(workbook, format.sheet, file.name);
        const name = `${file.name}, sheet ${sheet}`;
        const dialect = {
            headerRow: format.header_row,
            decimalSeparator: format.decimal_separator,
            thousandsSeparator: format.thousands_separator,
            maximumRows,
        };
        let csv = csvOfSheet(path, { ...dialect, tall: [] });
        const tall = await workbook.read(sheet, csv);
        await csv.finish();
        if (tall.length > 0) {
            csv = csvOfSheet(path, { ...dialect, tall });
            await workbook.read(sheet, csv);
            await csv.finish();
        }
        if (csv.header().length === 0) {
            throw new SourceError({
                what: `${name} has no header in row ${format.header_row}.`,
                file: name,
                fix: 'export it again, or set format.header_row of the input',
            });
        }
        return { found: { ...file, path, name }, csv };
    } finally {
        workbook.close();
    }
}

/** Places are those of the sheet: the line is the number of its row. */
function inSheet(layout: Layout, sheets: ReadonlyMap<string, SheetCsv>): Layout {
    return {
        ...layout,
        lettersOf: (column) => `column ${lettersOf(layout.columns.indexOf(column))}`,
        files: layout.files.map((file) => ({
            ...file,
            linesOf: async (rows) => {
                const csv = sheets.get(file.path);
                return new Map(
                    rows.flatMap((row) => {
                        const line = csv?.rowOf(row);
                        return line === undefined ? [] : [[row, line] as const];
                    }),
                );
            },
        })),
    };
}
