import { openArchive } from '../archive.ts';
import { readXml, type XmlHandler } from '../xml.ts';
import { columnOf, dateText, numberText, unescaped } from './cell-text.ts';
import type { RowSink, TallCell, Workbook } from './workbook.ts';
import { readParts, type XlsxParts } from './xlsx-parts.ts';

/**
 * Opens an XLSX workbook; its sheets are read as they are asked for, its shared texts at once.
 * @throws SourceError for a file that is none
 */
export async function openXlsx(path: string, name: string): Promise<Workbook> {
    const archive = await openArchive(path, name, 'XLSX workbook');
    try {
        const parts = await readParts(archive);
        return {
            type: 'xlsx',
            sheets: parts.sheets,
            close: archive.close,
            read: async (sheet, sink) => {
                const { part = '' } = parts.sheets.find((one) => one.name === sheet) ?? {};
                const tall: TallCell[] = [];
                await readXml(await archive.open(part), sheetHandler(parts, sink, tall));
                return tall;
            },
        };
    } catch (error) {
        archive.close();
        throw error;
    }
}

/** One handler for a whole sheet: half a million cells leave no objects behind. */
function sheetHandler(parts: XlsxParts, sink: RowSink, tall: TallCell[]): XmlHandler {
    let row = -1;
    let column = -1;
    let type = 'n';
    let style = 0;
    let value = '';
    let formula: string | undefined;
    let hasValue = false;
    let element = '';
    let isPhonetic = false;

    const finishCell = () => {
        // A program that only writes workbooks leaves the result of a formula out. Its text is
        // refused where a number is due, and nothing is lost in silence.
        if (formula !== undefined && !hasValue) sink.cell(column, `=${formula}`, 'text');
        else if (value === '') return;
        else if (type === 's') text(parts.strings[Number(value)] ?? '');
        else if (type === 'b') sink.cell(column, value === '1' ? 'true' : 'false', 'text');
        else if (type === 'd') sink.cell(column, value, 'date');
        else if (type !== 'n') text(unescaped(value));
        else number();
    };
    const text = (shown: string) => {
        if (shown !== '') sink.cell(column, shown, 'text');
    };
    // A report has many rows of a day.
    const days = new Map<string, string | undefined>();
    const dayOf = (serial: string) => {
        if (!days.has(serial)) {
            if (days.size >= 4096) days.clear();
            days.set(serial, dateText(serial, parts));
        }
        return days.get(serial);
    };
    const number = () => {
        const date = parts.dateStyles[style] ? dayOf(value) : undefined;
        if (date === undefined) sink.cell(column, numberText(value), 'number');
        else sink.cell(column, date, 'date');
    };

    return {
        isDone: sink.isDone,
        drain: sink.drain,
        open: (name) => {
            element = name;
            if (name === 'c') {
                column += 1;
                type = 'n';
                style = 0;
                value = '';
                formula = undefined;
                hasValue = false;
            } else if (name === 'row') {
                row += 1;
                column = -1;
            } else if (name === 'v') hasValue = true;
            else if (name === 'f') formula = '';
            else if (name === 'rPh') isPhonetic = true;
        },
        attribute: (name, content) => {
            if (element === 'c') {
                if (name === 'r') column = columnOf(content) ?? column;
                else if (name === 't') type = content;
                else if (name === 's') style = Number(content);
            } else if (element === 'row') {
                if (name === 'r') row = Number(content) - 1;
            } else if (element === 'mergeCell' && name === 'ref') {
                tall.push(...tallCell(content));
            }
        },
        text: (piece) => {
            if (element === 'v' || (element === 't' && !isPhonetic)) value += piece;
            else if (element === 'f') formula += piece;
        },
        close: (name) => {
            element = '';
            if (name === 'c') finishCell();
            else if (name === 'row') sink.endRow(row);
            else if (name === 'rPh') isPhonetic = false;
        },
    };
}

/** `B3:D7` is a cell over five rows; one over a single row covers nothing below it. */
function tallCell(reference: string): TallCell[] {
    const [from = '', to = ''] = reference.split(':');
    const firstRow = Number(/\d+/.exec(from)?.[0]) - 1;
    const lastRow = Number(/\d+/.exec(to)?.[0]) - 1;
    return lastRow > firstRow ? [{ column: columnOf(from) ?? 0, firstRow, lastRow }] : [];
}
