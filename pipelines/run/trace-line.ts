import type { Config } from '../config.ts';
import { sqlText } from '../contracts/batch.ts';
import type { LedgerLine } from '../finance/entry.ts';
import { monthAfter } from '../finance/periods.ts';
import type { SampledLine } from '../finance/sample-lines.ts';
import { filled, type RuleTables, tableOf } from '../rules/rule-table.ts';
import { isInForce } from '../rules/validity.ts';
import type { Warehouse } from '../warehouse/connection.ts';

/** A row of the marts that a line of pay counts, and where it came from. */
export interface TracedRow {
    readonly measure: string;
    readonly record: string;
    readonly id: string;
    readonly day: string;
    readonly amount: string;
    readonly lead_id: string | null;
    readonly channel_id: string | null;
    /** What the lead cost, as far as it is known. */
    readonly lead_cost: string | null;
    /** Day and channel of what first brought the lead, as far as they are known. */
    readonly first_touched_on: string | null;
    readonly first_channel_id: string | null;
    /** Files that hold the record, as `input: file`. */
    readonly files: readonly string[];
}

/** A line of pay down to the files behind it. */
export interface TracedLine extends SampledLine {
    /** Of a line that is not traced, the deals that its statement names. */
    readonly rows: readonly TracedRow[];
    /** What the rows come to; null where they cannot be listed. */
    readonly value: string | null;
    /** The number of the line that they should come to: its amount where deals are paid one by one. */
    readonly of: 'value' | 'amount';
    /** same, moved (the marts have changed since it was signed), or not_traced. */
    readonly result: 'same' | 'moved' | 'not_traced';
    readonly reason: string | null;
}

/** The rows of one measure: table, key, day, and what each is worth. */
interface Counted {
    readonly record: string;
    readonly table: string;
    readonly id: string;
    readonly day: string;
    readonly where?: string;
    readonly amount?: string;
    readonly stream: string;
}

const lead = { record: 'lead', table: 'dim_leads', id: 'lead_id', stream: 'leads' };
const handover = {
    record: 'hand-over of lead',
    table: 'fct_lead_handovers',
    id: 'lead_id',
    day: 'assigned_date',
    stream: 'lead_events',
};
const judgement = {
    record: 'judgement of lead',
    table: 'fct_first_judgements',
    id: 'lead_id',
    day: 'judged_at',
    stream: 'lead_events',
};
const deal = {
    record: 'deal',
    table: 'dim_deals',
    id: 'deal_id',
    day: 'closed_date',
    stream: 'deals',
};

/** What pay is counted from, by measure. A measure that is not here is not traced, and the report says so. */
const counted: Readonly<Record<string, Counted>> = {
    leads: { ...lead, day: 'created_date' },
    mqls: { ...lead, day: 'mql_at', stream: 'lead_events' },
    sqls: { ...lead, day: 'sql_at', stream: 'lead_events' },
    responses_due: { ...handover, where: 'is_response_due' },
    responses_in_time: { ...handover, where: 'is_response_in_time' },
    verdicts_due: { ...handover, where: 'is_feedback_due' },
    verdicts_given: { ...handover, where: 'is_feedback_due and has_verdict' },
    accepted_leads: { ...judgement, where: "judgement = 'sal'" },
    reviewed_leads: judgement,
    won_deals: { ...deal, where: "status = 'won'" },
    booked_revenue: { ...deal, where: "status = 'won'", amount: 'booked_amount' },
    collected_revenue: {
        record: 'payment',
        table: 'fct_payments',
        id: 'payment_id',
        day: 'paid_date',
        amount: 'collected_amount',
        stream: 'payments',
    },
};

/** Reads what a line of pay was counted from, as the marts have it now. */
export async function traceLine(
    warehouse: Warehouse,
    { currency, timezone }: Config['company'],
    tables: RuleTables,
    sampled: SampledLine,
): Promise<TracedLine> {
    const { line } = sampled;
    // An adjustment counts what the month that it corrects does, as that is now.
    const isAdjustment = line.line_type === 'adjustment';
    const period = line.corrects_period ?? sampled.period;
    const not = async (reason: string): Promise<TracedLine> => ({
        ...sampled,
        rows: await readDeals(warehouse, timezone, line),
        value: null,
        of: 'value',
        result: 'not_traced',
        reason,
    });
    const { component_id: component = null } = line;
    const isPaidByDeal = tableOf(tables, 'incentives/commission_terms').rows.some(
        (row) => row.cells.component_id === component && line.line_type === 'component',
    );
    if (isPaidByDeal && line.deals !== undefined) {
        const rows = await readDeals(warehouse, timezone, line);
        const value = computedValue(rows, [share]);
        const result = same(value, line.amount) ? 'same' : 'moved';
        return { ...sampled, rows, value, of: 'amount', result, reason: null };
    }
    if (isAdjustment && (line.kpi === null || line.value === null)) {
        return not(`it corrects ${period}, and is counted from nothing of its own`);
    }
    if (line.kpi === null)
        return not(`${line.label ?? line.line_type} follows from the lines above it`);
    if (line.currency_code !== currency) return not(`paid in ${line.currency_code}: converted`);
    const judged = tableOf(tables, 'incentives/plan_components').rows.find(
        (row) => row.cells.component_id === line.component_id && isInForce(row, `${period}-01`),
    )?.cells.judged_on;
    if (judged && judged !== 'month') {
        return not(`judged by ${judged.replaceAll('_', ' ')}: earlier months count, too`);
    }
    const kpi = tableOf(tables, 'reference/kpi_catalogue').rows.findLast(
        ({ cells }) => cells.kpi === line.kpi,
    );
    const measures = kpi
        ? [filled(kpi, 'numerator'), filled(kpi, 'denominator')].filter((one) => one !== '')
        : [];
    const unknown = measures.find((one) => counted[one] === undefined);
    if (measures.length === 0 || unknown !== undefined) {
        return not(`${line.kpi} is counted from ${unknown ?? 'other KPIs'}`);
    }
    // A pool is judged by the quarter that ends with the month of its statement.
    const isPool = line.line_type === 'pool' || (isAdjustment && line.line_key.startsWith('pool/'));
    const starts = isPool ? [period, monthBefore(period, 2)] : [period];
    let found: TracedLine | undefined;
    for (const start of starts) {
        const rows: TracedRow[] = [];
        for (const measure of measures) {
            const one = counted[measure];
            const scope = one && scopeOf(measure, line.scope_type, line.scope_id);
            if (!one || scope === undefined) return not(`${line.kpi} by ${line.scope_type}`);
            const days = [`${start}-01`, `${monthAfter(period)}-01`] as const;
            rows.push(...(await readRows(warehouse, timezone, measure, one, scope, days)));
        }
        const value = computedValue(rows, measures);
        const result = same(value, line.value) ? 'same' : 'moved';
        found = { ...sampled, rows, value, of: 'value', result, reason: null };
        if (result === 'same') break;
    }
    return found ?? not('no period');
}

/** Which rows of a measure count for a scope; undefined where they are shared out over several. */
function scopeOf(measure: string, type: string | null, id: string | null): string | undefined {
    if (type === 'company') return 'true';
    if (type === 'person') return `rows.person_id = ${sqlText(id ?? '')}`;
    if (type !== 'department') return undefined;
    if (measure !== 'collected_revenue') return 'true';
    // Marketing has brought the deals that began as a lead.
    return id === 'marketing'
        ? 'rows.lead_id is not null'
        : 'rows.lead_id is null and rows.is_deal_known';
}

async function readRows(
    warehouse: Warehouse,
    timezone: string,
    measure: string,
    { record, table, id, day, where = 'true', amount = '1', stream }: Counted,
    scope: string,
    [from, until]: readonly [string, string],
): Promise<readonly TracedRow[]> {
    const date = day.endsWith('_at')
        ? `cast((rows.${day} at time zone 'UTC') at time zone '${timezone}' as date)`
        : `rows.${day}`;
    return withOrigin(
        warehouse,
        { timezone, stream, key: id },
        `select
            ${sqlText(measure)} as measure, ${sqlText(record)} as record, ${id} as id,
            cast(${date} as varchar) as day, cast(${amount} as varchar) as amount, lead_id
        from (select * from marts.${table} as rows where ${where} and ${scope}) as rows
        where ${date} >= date '${from}' and ${date} < date '${until}'`,
    );
}

const share = 'share of the line';

/** The deals behind a line as its statement names them, each with its share of the amount. */
async function readDeals(
    warehouse: Warehouse,
    timezone: string,
    { deals = [] }: LedgerLine,
): Promise<readonly TracedRow[]> {
    const counted = deals.filter(({ kind, deal_id }) => kind === 'counted' && deal_id !== null);
    if (counted.length === 0) return [];
    const values = counted.map(({ deal_id, lead_id, counted_on, amount }) => {
        const cells = [deal_id, counted_on, amount, lead_id];
        return `(${cells.map((cell) => (cell === null ? 'null' : sqlText(cell))).join(', ')})`;
    });
    return withOrigin(
        warehouse,
        { timezone, stream: deal.stream, key: deal.id },
        `select ${sqlText(share)} as measure, 'deal' as record, id, day, amount, lead_id
        from (values ${values.join(', ')}) as named(id, day, amount, lead_id)`,
    );
}

/** Rows with where their leads came from, what these cost, and the files that hold the records. */
async function withOrigin(
    warehouse: Warehouse,
    { timezone, stream, key }: { timezone: string; stream: string; key: string },
    rows: string,
): Promise<readonly TracedRow[]> {
    const found = await warehouse.query<Omit<TracedRow, 'files'> & { files: string }>(`
        with rows as (${rows}),
        first_touches as (
            select
                lead_id, min(touched_at) as touched_at,
                first(channel_id order by touched_at, touch_id) as channel_id
            from marts.fct_touches
            where lead_id in (select lead_id from rows)
            group by lead_id
        )
        select
            rows.*, leads.channel_id, cast(leads.cost_amount as varchar) as lead_cost,
            cast(cast((touches.touched_at at time zone 'UTC') at time zone '${timezone}' as date) as varchar)
                as first_touched_on,
            touches.channel_id as first_channel_id,
            (
                select to_json(list_sort(list(distinct files.input || ': ' || files.file)))
                from raw_files.${stream} as raw
                inner join jointly.files as files on raw._file_id = files.file_id
                where raw.${key} = rows.id
            ) as files
        from rows
        left join marts.dim_leads as leads on rows.lead_id = leads.lead_id
        left join first_touches as touches on rows.lead_id = touches.lead_id
        order by day, id`);
    return found.map((row) => ({ ...row, files: JSON.parse(row.files ?? '[]') ?? [] }));
}

const scale = 10n ** 10n;

function unitsOf(decimal: string): bigint {
    const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.');
    const units = BigInt(whole + fraction.padEnd(10, '0').slice(0, 10));
    return decimal.startsWith('-') ? -units : units;
}

function textOf(units: bigint): string {
    const digits = `${units < 0n ? -units : units}`.padStart(11, '0');
    return `${units < 0n ? '-' : ''}${digits.slice(0, -10)}.${digits.slice(-10)}`;
}

/** The sum of the rows, or the ratio of the sums, cut at ten decimals as KPIs are. */
function computedValue(rows: readonly TracedRow[], measures: readonly string[]): string | null {
    const [numerator = 0n, denominator] = measures.map((measure) =>
        rows
            .filter((row) => row.measure === measure)
            .reduce((sum, { amount }) => sum + unitsOf(amount ?? '0'), 0n),
    );
    if (denominator === undefined) return textOf(numerator);
    return denominator === 0n ? null : textOf((numerator * scale) / denominator);
}

const same = (one: string | null, other: string | null) =>
    one === null || other === null ? one === other : unitsOf(one) === unitsOf(other);

function monthBefore(period: string, count: number): string {
    const [year = 0, month = 0] = period.split('-').map(Number);
    return new Date(Date.UTC(year, month - 1 - count, 1)).toISOString().slice(0, 7);
}
