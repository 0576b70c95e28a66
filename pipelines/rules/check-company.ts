import {
    checkFile,
    filled,
    type RuleCheck,
    type RuleRow,
    type RuleTable,
    refuseCell,
} from './rule-table.ts';
import { endOf, firstDay, fiscalCalendar, openEnd } from './validity.ts';

/**
 * What a company says of itself: fiscal years that follow each other, spans that end after they
 * begin, stages in one order, and rates between two currencies.
 */
export const companyChecks: readonly RuleCheck[] = [
    checkFile(fiscalCalendar, checkFiscalYears),
    checkFile('company/absences', (table) =>
        checkSpans(table, 'person_id', 'absent_from', 'absent_to'),
    ),
    checkFile('company/campaign_briefings', (table) =>
        checkSpans(table, 'campaign_id', 'starts_on', 'ends_on'),
    ),
    checkFile('company/pipeline_stages', checkStages),
    checkFile('reference/exchange_rates', checkRates),
];

function checkFiscalYears(table: RuleTable): void {
    for (const row of table.rows) {
        if (row.cells.pattern !== 'calendar') {
            throw refuseCell(table, row, 'pattern', {
                what: `${table.file} has a pattern the product does not have: pay, targets and closing go by months of the calendar, so fiscal years of weeks (4-4-5, 4-5-4, 5-4-4) would not add up.`,
                expected: 'calendar',
                fix: 'write calendar, with the month the fiscal year starts in',
            });
        }
        const start = filled(row, 'fiscal_year_starts').padStart(2, '0');
        if (!firstDay(row).endsWith(`-${start}-01`)) {
            throw refuseCell(table, row, 'valid_from', {
                what: `${table.file} has a row that begins inside a fiscal year of its own.`,
                expected: `the first day of a fiscal year, such as ${firstDay(row).slice(0, 4)}-${start}-01`,
                fix: 'correct valid_from or fiscal_year_starts; the year before is cut short where the row begins',
            });
        }
        const isFollowed = table.rows.some((other) => firstDay(other) === endOf(row));
        if (endOf(row) === openEnd || isFollowed) continue;
        throw refuseCell(table, row, 'valid_to', {
            what: `${table.file} does not say which fiscal year follows.`,
            expected: `an empty cell, or a row with valid_from ${endOf(row)}`,
            fix: 'leave valid_to empty, or add the row that follows; fiscal_year_starts 1 is the calendar year',
        });
    }
}

function checkSpans(table: RuleTable, key: string, from: string, to: string): void {
    for (const row of table.rows) checkSpan(table, row, from, to);
    checkNoOverlap(table, (row) => filled(row, key), from, to);
}

/** Both days belong to the span. */
export function checkSpan(table: RuleTable, row: RuleRow, from: string, to: string): void {
    const end = row.cells[to] ?? null;
    if (end === null || end >= filled(row, from)) return;
    throw refuseCell(table, row, to, {
        what: `${table.file} has a row that ends before it begins.`,
        expected: `${filled(row, from)} or later; the last day counts`,
        fix: `correct ${from} or ${to}`,
    });
}

/** No two rows about one thing share a day; `subject` names what a row is about. */
export function checkNoOverlap(
    table: RuleTable,
    subject: (row: RuleRow) => string,
    from: string,
    to: string,
): void {
    const end = (row: RuleRow) => row.cells[to] ?? '9999-12-31';
    for (const [name, rows] of Map.groupBy(table.rows, subject)) {
        const sorted = rows.toSorted((left, right) =>
            filled(left, from) < filled(right, from) ? -1 : 1,
        );
        sorted.forEach((row, index) => {
            const before = sorted[index - 1];
            if (!before || filled(row, from) > end(before)) return;
            throw refuseCell(table, row, from, {
                what: `${table.file} has two rows of ${name} for the same days.`,
                expected: `a day after ${before.cells[to] ?? 'the end of the other row'} (line ${before.line})`,
                fix: 'join the two rows, or correct the days',
            });
        });
    }
}

function checkStages(table: RuleTable): void {
    const seen = new Map<bigint, RuleRow>();
    for (const row of table.rows) {
        const place = BigInt(filled(row, 'stage_order'));
        const twin = seen.get(place);
        if (twin) {
            throw refuseCell(table, row, 'stage_order', {
                what: `${table.file} puts two stages in one place: a deal in one would be as far as in the other.`,
                expected: `another number than line ${twin.line} (${filled(twin, 'stage')})`,
                fix: 'number the stages in their order',
            });
        }
        seen.set(place, row);
    }
}

function checkRates(table: RuleTable): void {
    for (const row of table.rows) {
        if (row.cells.currency_code !== row.cells.to_currency_code) continue;
        throw refuseCell(table, row, 'to_currency_code', {
            what: `${table.file} converts ${filled(row, 'currency_code')} into itself.`,
            expected: 'another currency',
            fix: 'correct the currency, or take the row out',
        });
    }
}
