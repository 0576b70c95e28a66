import { trimDecimal } from '../export/export-format.ts';
import type { TracedLine, TracedRow } from '../run/trace-line.ts';

const shownRows = 10;

/** A line of pay with what it is counted from, one row below the other. */
export function describeTrace(
    { line, period, rows, value, of, result, reason }: TracedLine,
    more?: 'explanation',
): string {
    const head = `${period} ${line.payee_id}, line ${line.line_number} (${line.label ?? line.line_type}): ${line.amount} ${line.currency_code}`;
    const moved =
        result === 'same'
            ? `adds up to the ${of} of the line, ${plain(line[of])}`
            : `${plain(value)} now, ${plain(line[of])} on the line: it has moved since`;
    const source =
        result === 'not_traced'
            ? `not traced: ${reason}${rows.length > 0 ? '; the deals that the statement names:' : ''}`
            : `${of === 'amount' ? 'deals paid one by one' : `${line.kpi} of ${line.scope_type} ${line.scope_id}`}: ${rows.length} rows, ${moved}`;
    const left = rows.length - shownRows;
    return [
        head,
        ...(more && line.explanation ? [`  ${line.explanation}`] : []),
        `  ${source}`,
        ...rows.slice(0, shownRows).map(describeRow),
        ...(left > 0 ? [`  and ${left} more: --json shows them`] : []),
        '',
    ].join('\n');
}

/** Without the zeros that only say how exactly it is kept. */
const plain = (value: string | null) => (value === null ? 'not known' : trimDecimal(value));

function describeRow(row: TracedRow): string {
    const touched = row.first_touched_on
        ? `, first touched on ${row.first_touched_on} by ${row.first_channel_id ?? 'no known channel'}`
        : '';
    const came = row.lead_id
        ? `, lead ${row.lead_id} by ${row.channel_id ?? 'no channel'} at ${row.lead_cost ?? 'no known cost'}${touched}`
        : '';
    const files = row.files.join('; ') || 'NO FILE';
    return `  ${row.day} ${row.record} ${row.id}: ${row.amount} (${row.measure})${came} <- ${files}`;
}
