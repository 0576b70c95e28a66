import { configText } from '../config-text.ts';
import type { Column } from '../contracts/columns.ts';
import { count, shortList } from '../count.ts';
import { JointlyError } from '../errors.ts';
import type { OpenColumn, OpenTable } from '../sources/api/connector.ts';
import type { Recognised } from '../sources/files/layouts/recognise.ts';
import { block } from './config-entry.ts';
import { columnLine } from './entry-columns.ts';
import { matchTable, type TableMatch } from './match-table.ts';
import { plainName, rowName, usualNames, usualWords } from './usual-names.ts';

/**
 * Says of tables which streams they may be, and writes down how each would be read. An entry is
 * commented out unless the columns have the names of the stream: other names prove little.
 * @param currency of the company
 * @returns lines of a config, and what was found, a line each
 */
export async function tableEntries(
    tables: readonly OpenTable[],
    currency: string,
): Promise<{ readonly lines: readonly string[]; readonly report: readonly string[] }> {
    const lines: string[] = [];
    const report: string[] = [];
    const unknown: string[] = [];
    for (const table of tables) {
        const match = matchTable(table);
        if (match === undefined) {
            unknown.push(table.name);
            continue;
        }
        const { stream, names, missing } = match;
        const gap =
            missing.length > 0 ? `, none for ${missing.map(({ name }) => name).join(', ')}` : '';
        const found = `${stream.name} (${count(names.size, 'column')}${gap})`;
        try {
            const {
                isExact,
                remarks,
                lines: own,
            } = entryOf(match, await table.firstRows(), currency);
            const told = `${table.name}: ${isExact ? '' : 'may be '}${found}`;
            lines.push(
                ...[told, ...remarks].map((remark) => `// ${remark}`),
                ...own.map((line) => (isExact ? line : `// ${line}`)),
            );
            report.push(told, ...remarks.map((remark) => `    ${remark}`));
        } catch (error) {
            if (!(error instanceof JointlyError)) throw error;
            report.push(`${table.name}: may be ${found}; not looked into: ${error.trouble.what}`);
        }
    }
    if (unknown.length > 0)
        report.push(`of no stream that could be told: ${shortList(unknown, 20)}`);
    return { lines, report };
}

/** The time of a deletion, where a stream has a mark. */
const isMarkOfTime = (name: string, { holds }: OpenColumn) =>
    name === 'is_deleted' && (holds === 'times' || holds === 'days');

function entryOf(match: TableMatch, rows: readonly (readonly string[])[], currency: string) {
    const guesses: Readonly<Record<string, string>> = { currency_code: currency, kind: 'payment' };
    const { table, stream, names, missing } = match;
    const remarks: string[] = [];
    const columns: string[] = [];
    const cells = table.columns.map(({ name }) => name);
    const seen: Recognised = { type: 'ndjson', header: { line: 1, cells }, rows, fits: [] };
    for (const contract of stream.columns) {
        const { name } = contract;
        const column = names.get(name);
        if (column === undefined) continue;
        const written = columnLine(seen, contract, column.name, {
            values: usualWords(stream.name, contract),
        });
        remarks.push(...written.remarks);
        if (written.lines.length > 0) columns.push(...written.lines);
        else if (isMarkOfTime(name, column)) {
            columns.push(`${name}: { column: ${configText(column.name)}, is_filled: true },`);
        } else if (![name, ...(contract.headers ?? [])].includes(column.name)) {
            columns.push(`${name}: ${configText(column.name)},`);
        }
    }
    const constants = missing.map(({ name, values }) => {
        const guess = guesses[name];
        const isGuess = guess !== undefined && (values === undefined || values.includes(guess));
        remarks.push(
            isGuess
                ? `${name} is not in the table: ${guess} is a guess`
                : `${name} is not in the table: name a column of it, or give it in constants`,
        );
        return `${name}: ${configText(isGuess ? guess : '?')}`;
    });
    const cursor = cursorOf(match);
    if (cursor === undefined) remarks.push('without a cursor all rows are read each time');
    const key = table.key.length > 0 ? [] : keyOf(match);
    if (table.key.length === 0)
        remarks.push('it says no key: those columns have to tell its rows apart');
    const settings = [
        `table: ${configText(table.name)}, stream: ${configText(stream.name)},`,
        ...(cursor === undefined ? [] : [`cursor: ${configText(cursor)},`]),
        ...(key.length === 0 ? [] : [`key: [${key.map(configText).join(', ')}],`]),
        ...block('columns', columns),
        ...(constants.length === 0 ? [] : [`constants: { ${constants.join(', ')} },`]),
    ];
    const isExact = columns.length === 0 && constants.length === 0;
    return { isExact, remarks, lines: ['{', ...settings.map((line) => `    ${line}`), '},'] };
}

/** What grows with every change; of a stream that is replaced by days, its day. */
function cursorOf({ table, stream, names }: TableMatch): string | undefined {
    if (stream.strategy.kind === 'replace') {
        const day = names.get(stream.strategy.window);
        return day?.holds === 'days' ? day.name : undefined;
    }
    const usual = ['updated_at', ...usualNames('', { name: 'updated_at' } as Column)].map(
        plainName,
    );
    const row = plainName(rowName(table.name));
    return table.columns.find(
        ({ name, holds }) =>
            holds === 'times' &&
            usual.includes(plainName(name).replace(new RegExp(`^${row}(?=.)`), '')),
    )?.name;
}

const keyOf = ({ stream, names }: TableMatch) =>
    stream.key.flatMap((name) => names.get(name)?.name ?? []);
