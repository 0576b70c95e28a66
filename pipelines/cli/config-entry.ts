import { configText } from '../config-text.ts';
import { findStream, streams } from '../contracts/registry.ts';
import { nearest } from '../nearest.ts';
import { keptRows } from '../sources/files/layouts/kept-rows.ts';
import type { Fit, Recognised } from '../sources/files/layouts/recognise.ts';
import { columnLine, numbersOf, valuesOf } from './entry-columns.ts';

/** An input of a config in words: its lines, and what a person has to know of it. */
export interface Entry {
    readonly name: string;
    readonly lines: readonly string[];
    readonly remarks: readonly string[];
    /** Whether the file has all that a row needs. */
    readonly isWhole: boolean;
}

export interface EntryFiles {
    readonly name: string;
    /** As the config names them. */
    readonly paths: readonly string[];
    /** The file in a zip archive. */
    readonly inside: string | undefined;
    readonly currency: string;
}

/** An input for a file of a known layout: the layout says most, the entry says the rest. */
export function knownEntry(whole: Recognised, { layout, match }: Fit, files: EntryFiles): Entry {
    const file = { ...whole, rows: keptRows(layout, whole.header.cells, whole.rows) };
    const stream = findStream(layout.stream);
    const remarks: string[] = layout.note ? [layout.note] : [];
    const columns: string[] = [];
    const constants: string[] = [];
    let isWhole = true;
    // Visits made of events are named as the stream is.
    const named = layout.format.type === 'ga4_events' ? [] : (stream?.columns ?? []);
    for (const column of named) {
        const name = match.names.get(column.name);
        if (name !== undefined) {
            const written = columnLine(file, column, name, layout.columns[column.name] ?? {});
            columns.push(...written.lines);
            remarks.push(...written.remarks);
        } else if (column.name === 'currency_code' && !match.currency) {
            const constant = layout.constants.currency_code ?? files.currency;
            constants.push(`currency_code: ${configText(constant)}`);
            remarks.push(`the file names no currency: ${constant} is a guess`);
        } else if (layout.constants[column.name] !== undefined) {
            if (layout.check.includes(column.name)) {
                remarks.push(
                    `${column.name} is not in the file: it is '${layout.constants[column.name]}' until you say another in constants`,
                );
            }
        } else if (column.required && !(column.name === 'currency_code' && match.currency)) {
            isWhole = false;
            remarks.push(
                `missing: ${column.name}. ${column.description} Export it, or give it in constants`,
            );
        }
    }
    const format = formatLine(file, layout.format, numbersOf(file, named, match));
    return {
        name: files.name,
        isWhole,
        remarks,
        lines: [
            `name: ${configText(files.name)},`,
            `stream: ${configText(layout.stream)},`,
            `layout: ${configText(layout.name)},`,
            ...filesLines(files),
            ...format,
            ...block('columns', columns),
            ...(constants.length > 0 ? [`constants: { ${constants.join(', ')} },`] : []),
        ],
    };
}

/** An input for a file that nobody knows: what is in it, and the stream that is nearest. */
export function unknownEntry(file: Recognised, files: EntryFiles): Entry {
    const names = file.header.cells.filter((name) => name !== '');
    const ranked = streams
        .map((stream) => ({
            stream,
            found: stream.columns.flatMap((column) => {
                const guess = nearest(column.name, names);
                return guess ? [`${column.name}: ${configText(guess)},`] : [];
            }),
        }))
        .sort((left, right) => right.found.length - left.found.length);
    const best = ranked[0];
    const named = streams.find(({ columns }) =>
        columns.every(({ name, required }) => !required || names.includes(name)),
    );
    if (named) {
        return {
            name: files.name,
            isWhole: true,
            remarks: [`its columns have the names of the stream ${named.name}`],
            lines: [
                `name: ${configText(files.name)},`,
                `stream: ${configText(named.name)},`,
                ...filesLines(files),
                ...headerRowLine(file),
            ],
        };
    }
    return {
        name: files.name,
        isWhole: false,
        remarks: [
            'no known export; its columns and three values of each:',
            ...names.map(
                (name) =>
                    `  ${name}: ${examples(file, name).map(configText).join(', ') || 'empty'}`,
            ),
        ],
        lines: [
            `name: ${configText(files.name)},`,
            best && best.found.length > 0
                ? `stream: ${configText(best.stream.name)}, // the nearest`
                : `stream: '?', // none is near: ${streams.map(({ name: one }) => one).join(', ')}`,
            ...filesLines(files),
            ...headerRowLine(file),
            ...block('columns', best?.found ?? []),
        ],
    };
}

export function filesLines({ paths, inside }: EntryFiles): string[] {
    return [
        `files: [${paths.map(configText).join(', ')}],`,
        ...(inside === undefined ? [] : [`inside: [${configText(inside)}],`]),
    ];
}

function formatLine(file: Recognised, known: object, numbers: object): string[] {
    const settings: [string, string | number][] = [];
    if (file.encoding) settings.push(['encoding', file.encoding]);
    for (const [setting, value] of Object.entries(numbers)) {
        if ((known as Record<string, unknown>)[setting] !== value) settings.push([setting, value]);
    }
    if (settings.length === 0) return [];
    const written = settings.map(
        ([setting, value]) =>
            `${setting}: ${typeof value === 'number' ? value : configText(value)}`,
    );
    return [`format: { type: ${configText(file.type)}, ${written.join(', ')} },`];
}

/** The row of the column names, where it is not the first. */
export function headerRowLine(file: Recognised): string[] {
    return formatLine(file, {}, file.header.line > 1 ? { header_row: file.header.line } : {});
}

export function block(name: string, lines: readonly string[]): string[] {
    return lines.length === 0 ? [] : [`${name}: {`, ...lines.map((line) => `    ${line}`), '},'];
}

function examples(file: Recognised, name: string): readonly string[] {
    return [...new Set(valuesOf(file, name))].slice(0, 3).map((value) => value.slice(0, 40));
}
