import type { XmlHandler } from '../xml.ts';
import { numberText } from './cell-text.ts';
import type { CellKind, RowSink, TallCell } from './workbook.ts';

interface Cell {
    readonly column: number;
    readonly text: string;
    readonly kind: CellKind;
}

/** Hands the rows of one table of a `content.xml` over. */
export function odsCells(sheet: string, sink: RowSink, tall: TallCell[]): XmlHandler {
    let table: string | undefined;
    let isOver = false;
    let row = 0;
    let column = 0;
    let cells: Cell[] = [];
    let rowRepeats = 1;
    let element = '';
    /** Of the cell that is open. */
    let attributes: Record<string, string> = {};
    let paragraphs: string[] = [];
    let depthOfNote = 0;
    let isInParagraph = false;

    const append = (text: string) => {
        if (isInParagraph && depthOfNote === 0) {
            paragraphs[paragraphs.length - 1] = (paragraphs.at(-1) ?? '') + text;
        }
    };
    const finishCell = (isCovered: boolean) => {
        const repeats = Number(attributes['table:number-columns-repeated'] ?? 1);
        const cell = isCovered ? undefined : cellOf(attributes, paragraphs);
        if (cell) {
            for (let at = 0; at < repeats; at += 1) cells.push({ column: column + at, ...cell });
        }
        const rows = Number(attributes['table:number-rows-spanned'] ?? 1);
        if (rows > 1) tall.push({ column, firstRow: row, lastRow: row + rows - 1 });
        column += repeats;
    };
    const finishRow = () => {
        // A sheet ends with a million empty rows that are written as one.
        if (cells.length > 0) {
            for (let at = 0; at < rowRepeats && !sink.isDone(); at += 1) {
                for (const { column: place, text, kind } of cells) sink.cell(place, text, kind);
                sink.endRow(row + at);
            }
        }
        row += rowRepeats;
    };

    return {
        isDone: () => isOver || sink.isDone(),
        drain: sink.drain,
        open: (name) => {
            element = name;
            if (name === 'table') table = undefined;
            if (table !== sheet) return;
            if (name === 'table-row') {
                cells = [];
                column = 0;
                rowRepeats = 1;
            } else if (name === 'table-cell' || name === 'covered-table-cell') {
                attributes = {};
                paragraphs = [];
            } else if (name === 'annotation') depthOfNote += 1;
            else if (name === 'p' && depthOfNote === 0) {
                paragraphs.push('');
                isInParagraph = true;
            } else if (name === 's') append(' ');
            else if (name === 'tab') append('\t');
            else if (name === 'line-break') append('\n');
        },
        attribute: (name, value) => {
            if (element === 'table' && name === 'table:name') {
                table = value;
                row = 0;
            } else if (element === 'table-row' && name === 'table:number-rows-repeated') {
                rowRepeats = Number(value);
            } else if (element === 'table-cell' || element === 'covered-table-cell') {
                attributes[name] = value;
            } else if (element === 's' && name === 'text:c') append(' '.repeat(Number(value) - 1));
        },
        text: (piece) => {
            if (table === sheet) append(piece);
        },
        close: (name) => {
            element = '';
            if (table !== sheet) return;
            if (name === 'table-cell') finishCell(false);
            else if (name === 'covered-table-cell') finishCell(true);
            else if (name === 'table-row') finishRow();
            else if (name === 'annotation') depthOfNote -= 1;
            else if (name === 'p' && depthOfNote === 0) isInParagraph = false;
            else if (name === 'table') isOver = true;
        },
    };
}

function cellOf(
    attributes: Readonly<Record<string, string>>,
    paragraphs: readonly string[],
): Omit<Cell, 'column'> | undefined {
    const shown = paragraphs.join('\n');
    const value = attributes['office:value'];
    const date = attributes['office:date-value'];
    const type = attributes['office:value-type'];
    // What went wrong in a formula is shown, and the value beside it is none.
    if (attributes['calcext:value-type'] === 'error') return { text: shown, kind: 'text' };
    if (type === 'date' && date) return { text: plainDate(date), kind: 'date' };
    if (type === 'boolean') {
        return { text: attributes['office:boolean-value'] ?? shown, kind: 'text' };
    }
    if (value !== undefined && value !== '') return { text: numberText(value), kind: 'number' };
    const text = shown || (attributes['office:string-value'] ?? '');
    if (text !== '') return { text, kind: 'text' };
    const formula = attributes['table:formula'];
    // A result that was never computed is refused where it matters, and not taken for empty.
    return formula !== undefined && type === undefined
        ? { text: formula, kind: 'text' }
        : undefined;
}

function plainDate(date: string): string {
    const [day = '', time = ''] = date.split('T');
    const plain = time.replace(/\.0+$/, '');
    return plain === '' || plain === '00:00:00' ? day : `${day} ${plain}`;
}
