import { filled, type RuleRow, type RuleTable } from './rule-table.ts';

/** Later than any day of a rule: where an open row ends. */
export const openEnd = '9999-12-31';

export const firstDay = (row: RuleRow) => filled(row, 'valid_from');

/** The first day a row is no longer in force. */
export const endOf = (row: RuleRow) => row.cells.valid_to ?? openEnd;

/** Whether a dated row is in force on a day. */
export function isInForce(row: RuleRow, day: string): boolean {
    return firstDay(row) <= day && day < endOf(row);
}

/** Whether two dated rows hold on a common day. */
export function holdTogether(left: RuleRow, right: RuleRow): boolean {
    return firstDay(left) < endOf(right) && firstDay(right) < endOf(left);
}

/** Every day on which one of the rows begins or ends, in order. */
export function daysOfChange(rows: readonly RuleRow[]): readonly string[] {
    const days = rows.flatMap((row) => [firstDay(row), endOf(row)]);
    return [...new Set(days)].filter((day) => day !== openEnd).toSorted();
}

/** The first day of a row on which none of the others is in force. */
export function uncoveredDay(row: RuleRow, others: readonly RuleRow[]): string | undefined {
    let day = firstDay(row);
    for (;;) {
        if (day >= endOf(row)) return undefined;
        const cover = others.filter((other) => isInForce(other, day));
        if (cover.length === 0) return day;
        day = cover.map(endOf).toSorted().at(-1) ?? openEnd;
    }
}

/** The month of a day, `2026-06`. */
export const monthOf = (day: string) => day.slice(0, 7);

/** The first of the next month. */
export function nextMonth(day: string): string {
    const [year = 0, month = 0] = day.split('-').map(Number);
    return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

/** The rule that says when the fiscal year starts. */
export const fiscalCalendar = 'company/fiscal_calendar';

/** Whether a quarter of the company begins on a day: its fiscal year counts, else the calendar's. */
export function startsQuarter(calendar: RuleTable, day: string): boolean {
    if (!day.endsWith('-01')) return false;
    if (calendar.rows.some((row) => firstDay(row) === day)) return true;
    const row = calendar.rows.find((one) => isInForce(one, day));
    const start = row ? Number(filled(row, 'fiscal_year_starts')) : 1;
    return (Number(day.slice(5, 7)) - start + 12) % 3 === 0;
}
