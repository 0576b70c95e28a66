import { sqlName, sqlText } from '../../contracts/batch.ts';
import type { StreamContract } from '../../contracts/stream.ts';
import { columnSql } from './column-sql.ts';
import type { CompileContext } from './compile-context.ts';
import type { Layout } from './layout.ts';
import { missingColumn, wantedColumns } from './mapping.ts';

/** Longer than a leap year, a row says nothing about a day. */
const longestDays = 366;

export interface UntilSql {
    /** Rows are spread up to that day; otherwise those that go beyond their first are refused. */
    readonly isSpread: boolean;
    /** SQL of the cell as text, selected as `_until_text`. */
    readonly cell: string;
    /** SQL over `_until_text`, selected as `_until`. */
    readonly typed: string;
    /** Condition over `_until`, true where it is no last day of its row. */
    readonly broken: string;
    readonly expected: string;
    /** The contract column of the first day. */
    readonly column: string;
}

/** What reports call the last day of a row, in the languages their systems translate it to. */
const lastDayNames =
    /^(end date|reporting ends|date[_ ](stop|end)|berichtsende|auswertungsende|enddatum|data zakończenia|koniec raportowania|sfârșitul raportării|data de sfârșit|окончание отч[её]тности|дата окончания( отч[её]тности)?|fin des rapports|fin del informe|fine dei report|término dos relatórios)( \(.*\))?$/i;

/** And what stands beside it: the first day. */
const firstDayNames =
    /^(start date|reporting starts|date[_ ]start|berichts(start|beginn)|auswertungsbeginn|startdatum|data rozpoczęcia|początek raportowania|începutul raportării|data de început|начало отч[её]тности|дата начала( отч[её]тности)?|début des rapports|inicio del informe|inizio dei report|início dos relatórios)( \(.*\))?$/i;

/**
 * Reads the last day of rows that sum up several. Where the input names none but the file has a
 * column of such days, a row that goes beyond its first day is not taken for a row of that day.
 * @returns undefined when neither is so
 * @throws ContractError when the file has neither the column nor the title line the input names
 */
export function untilSql(layout: Layout, context: CompileContext): UntilSql | undefined {
    const { contract, input, timezone } = context;
    const column = windowOf(contract);
    if (!column) return undefined;
    const { mapping, names } = wantedColumns(input, column);
    const name = mapping?.until?.column ?? (layout.isOpen ? undefined : lastDayIn(layout, names));
    if (name === undefined) return undefined;
    const cell = layout.columns.includes(name) ? layout.text(name) : layout.title?.(name);
    if (cell === undefined) {
        const file = layout.files[0]?.name ?? '';
        throw missingColumn(contract, input, file, column, [name], layout.columns);
    }
    const { typed, unreadable } = columnSql({
        column,
        text: '_until_text',
        value: '_until',
        timezone,
        format: mapping?.until?.format ?? mapping?.format,
    });
    const day = sqlName(column.name);
    const found = { cell, typed, column: column.name };
    if (!mapping?.until) {
        const setting = `until: { column: '${name}' } beside the column of ${column.name}`;
        return {
            ...found,
            isSpread: false,
            broken: `coalesce(_until > ${day}, false)`,
            expected: sqlText(
                `one day, as in an export by day; to spread rows of several days, ${setting}`,
            ),
        };
    }
    const isOdd = `_until < ${day} or _until >= ${day} + ${longestDays}`;
    return {
        ...found,
        isSpread: true,
        broken: `(_until_text is null or ${unreadable} or coalesce(${isOdd}, false))`,
        expected: sqlText(
            `a last day in ${name}, not before ${column.name} and less than ${longestDays} days after it`,
        ),
    };
}

/**
 * A column of last days that no column of the contract is read from. Where a row has a day of its own
 * beside both, those are the days of the report or of its campaign.
 */
function lastDayIn({ columns }: Layout, days: readonly string[]): string | undefined {
    const firsts = columns.filter((name) => firstDayNames.test(name));
    const isOwnDay = firsts.length > 0 && !firsts.some((name) => days.includes(name));
    return isOwnDay ? undefined : columns.find((name) => lastDayNames.test(name));
}

function windowOf({ columns, strategy }: StreamContract) {
    return strategy.kind === 'replace'
        ? columns.find(({ name }) => name === strategy.window)
        : undefined;
}
