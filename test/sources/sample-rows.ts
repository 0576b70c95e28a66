/** A canonical row of the sample company: every value is text, times are ISO 8601 in UTC. */
export type SampleRow = Readonly<Record<string, string | null>>;

/** What the sample company's files hold of the streams that systems can bring. */
export interface SampleRows {
    readonly leads: readonly SampleRow[];
    readonly lead_events: readonly SampleRow[];
    readonly deals: readonly SampleRow[];
    readonly deal_stage_history: readonly SampleRow[];
    readonly activities: readonly SampleRow[];
    readonly sessions: readonly SampleRow[];
    readonly ad_spend: readonly SampleRow[];
}

/** @throws Error where a row lacks what its stream requires */
export function textOf(row: SampleRow, column: string): string {
    const value = row[column];
    if (value == null) throw new Error(`${column} is empty in ${JSON.stringify(row)}`);
    return value;
}

/** Everyone whom the rows name, in the order of their names. */
export function peopleOf(rows: SampleRows): readonly string[] {
    const all = Object.values(rows as unknown as Record<string, readonly SampleRow[]>).flat();
    return [...new Set(all.flatMap(({ person_id: person }) => person ?? []))].sort();
}

export interface SampleStage {
    readonly stage: string;
    readonly status: 'open' | 'won' | 'lost';
}

/** Stages of the pipeline, with what a deal is that stands in each. */
export function stagesOf({
    deals,
    deal_stage_history: history,
}: SampleRows): readonly SampleStage[] {
    const statuses = new Map(deals.map(({ stage, status }) => [stage, status]));
    const all = new Set([...deals, ...history].flatMap(({ stage }) => stage ?? []));
    return [...all].sort().map((stage) => {
        const status = statuses.get(stage);
        return { stage, status: status === 'won' || status === 'lost' ? status : 'open' };
    });
}

/** First name and all that follows, as CRMs keep a name. */
export function namesOf(
    fullName: string | null | undefined,
): readonly [string | null, string | null] {
    const [, first = null, rest = null] = /^(\S+)(?: ([\s\S]+))?$/.exec(fullName ?? '') ?? [];
    return [first, rest];
}
