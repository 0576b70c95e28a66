import { join } from 'node:path';
import type { StatementFormat } from '../../../config-schema.ts';
import type { CompileContext } from '../compile-context.ts';
import { csvLayouts } from '../csv.ts';
import type { FoundFile } from '../find-files.ts';
import type { Layout } from '../layout.ts';
import { copiedFormat } from '../sheets/csv-format.ts';
import { csvOfSheet } from '../sheets/csv-of-sheet.ts';
import { entryColumns, entryIds } from './entry.ts';
import { readStatement } from './read-statement.ts';

/**
 * Writes the entries of every statement as CSV, for the one loader there is.
 * @throws SourceError or ContractError for a file that is no such statement, or not a whole one
 */
export async function statementLayouts(
    context: CompileContext,
    format: StatementFormat,
): Promise<readonly Layout[]> {
    const { files, scratchDirectory, maximumRows, onNote } = context;
    const found: FoundFile[] = [];
    const originals = new Map<string, FoundFile>();
    for (const [index, file] of files.entries()) {
        const path = join(scratchDirectory, `statement-${index}.csv`);
        await writeCsv(file, format, { path, maximumRows, onNote });
        found.push({ ...file, path });
        originals.set(path, file);
    }
    const layouts = await csvLayouts({ ...context, files: found }, copiedFormat({}));
    return layouts.map((layout) => ({
        ...layout,
        files: layout.files.map((file) => ({
            ...file,
            linesOf: (rows) => linesOfEntries(originals.get(file.path) as FoundFile, format, rows),
        })),
    }));
}

interface Copy {
    readonly path: string;
    readonly maximumRows: number | undefined;
    readonly onNote: (text: string) => void;
}

async function writeCsv(file: FoundFile, format: StatementFormat, copy: Copy): Promise<void> {
    const { maximumRows, onNote } = copy;
    const csv = csvOfSheet(copy.path, { headerRow: 1, tall: [], maximumRows });
    const idOf = entryIds(file.name);
    let row = 0;
    const write = (cells: readonly (string | undefined)[]) => {
        cells.forEach((cell, column) => {
            const kind = row > 0 && entryColumns[column] === 'amount' ? 'number' : 'text';
            if (cell) csv.cell(column, cell, kind);
        });
        csv.endRow(row);
        row += 1;
    };
    write(entryColumns);
    await readStatement(file, format, {
        entry: (entry, line) => {
            const cells = { ...entry, entry_id: idOf(entry, line) };
            if (!csv.isDone()) write(entryColumns.map((column) => cells[column]));
        },
        isDone: csv.isDone,
        drain: csv.drain,
        note: onNote,
    });
    await csv.finish();
}

/** Places are found by reading again: a message needs few, and most files need none. */
async function linesOfEntries(
    file: FoundFile,
    format: StatementFormat,
    rows: readonly number[],
): Promise<ReadonlyMap<number, number>> {
    const wanted = new Set(rows);
    const last = Math.max(...rows);
    const lines = new Map<number, number>();
    let row = 0;
    await readStatement(file, format, {
        entry: (_, line) => {
            row += 1;
            if (wanted.has(row)) lines.set(row, line);
        },
        isDone: () => row >= last,
        drain: async () => {},
        note: () => {},
    });
    return lines;
}
