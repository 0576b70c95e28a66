import type { InputConfig } from '../../../config-schema.ts';
import { configText } from '../../../config-text.ts';
import { ContractError } from '../../../errors.ts';
import type { FoundFile } from '../find-files.ts';
import type { ExportLayout } from './export-layout.ts';
import type { FoundHeader } from './find-header.ts';

/**
 * A report whose titles name several days, and whose rows all stand on the first of them, sums them
 * up. Read as it is, it would put the cost of a month on one day.
 * @throws ContractError for such a report, with both ways out
 */
export function assertByDay(
    { name: input }: InputConfig,
    { period, columns }: ExportLayout,
    { top, row, match }: FoundHeader,
    file: FoundFile,
): void {
    if (!period) return;
    const column = match.names.get(period.day);
    const [from, to] = [period.from, period.to].map((title) => titleOf(top.rows, title));
    if (column === undefined || !from || !to || dayOf(from) === dayOf(to)) return;
    const at = row.cells.indexOf(column);
    const days = top.rows.filter(({ line }) => line > row.line).map(({ cells }) => cells[at]);
    if (new Set(days).size !== 1) return;
    const format = columns[period.day]?.format;
    const day = `column: ${configText(column)}${format ? `, format: ${configText(format)}` : ''}`;
    const until = `until: { column: ${configText(period.to)}, format: ${configText(period.format)} }`;
    throw new ContractError({
        what: `${file.name} covers ${dayOf(from)} to ${dayOf(to)}, and all its rows stand on ${days[0]}.`,
        file: file.name,
        column,
        expected: 'a row for each day',
        got: `${days.length} rows of ${days[0]}`,
        fix:
            `export it by day, or in input ${input} write columns: { ${period.day}: { ${day}, ${until} } } ` +
            'to spread them evenly; without until they stay on that day',
    });
}

function titleOf(rows: FoundHeader['top']['rows'], title: string): string | undefined {
    const begin = `${title.toLowerCase()}:`;
    const found = rows.find(({ cells: [first = ''] }) => first.toLowerCase().startsWith(begin));
    return found?.cells[0]?.slice(begin.length).trim();
}

/** `May 21, 2026, 12:00 AM` without its time. */
function dayOf(instant: string): string {
    return instant.replace(/,[^,]*$/, '');
}
