import type { ColumnType } from 'kysely';

type Instant = ColumnType<string, string, string>;

interface LoadsTable {
    load_id: string;
    stream: string;
    started_at: Instant;
    finished_at: Instant;
    fingerprint: string;
    files: number;
    read_rows: number;
    inserted_rows: number;
    updated_rows: number;
    unchanged_rows: number;
    duplicate_rows: number;
    superseded_rows: number;
    rejected_rows: number;
    deleted_rows: number;
    left_out_rows: number | null;
    summed_rows: number | null;
    spread_rows: number | null;
    history_rows: number | null;
}

interface RejectsTable {
    stream: string;
    input: string;
    file: string;
    row: number;
    line: number | null;
    column: string;
    expected: string;
    got: string | null;
    raw: string | null;
    load_id: string;
}

interface InputsTable {
    stream: string;
    input: string;
    is_zero_without_rows: boolean;
    proves_days: boolean;
}

interface StreamStateTable {
    stream: string;
    is_connected: boolean;
    row_count: number;
    event_column: string;
    first_event_at: Instant | null;
    last_event_at: Instant | null;
    observed_until: Instant | null;
    fingerprint: string | null;
    load_id: string | null;
    loaded_at: Instant | null;
}

export interface SignedStatementsTable {
    period_start: string;
    payee_id: string;
    currency_code: string;
    earned_amount: string;
    payable_amount: string;
    state: string;
    signed_by: string;
    signed_on: string;
    paid_on: string | null;
    payee_name: string | null;
    department_id: string | null;
    /** What the head of the statement says, as text. */
    [head: string]: string | null;
}

/** Numbers as text, as the ledger has them. */
export interface LedgerEntriesTable {
    entry: number;
    period_start: string;
    action: string;
    done_by: string;
    done_on: string;
    paid_on: string | null;
    reason: string | null;
    waived_checks: string | null;
    currency_code: string | null;
    payable_amount: string | null;
}

/** Numbers as text, as the ledger has them. */
export interface SignedLinesTable {
    period_start: string;
    payee_id: string;
    currency_code: string;
    line_number: number;
    line_type: string;
    line_key: string | null;
    label: string | null;
    explanation: string | null;
    kpi: string | null;
    scope_type: string | null;
    scope_id: string | null;
    value: string | null;
    target: string | null;
    attainment: string | null;
    factor: string | null;
    amount: string;
    corrects_period_start: string | null;
    cause: string | null;
    component_id: string | null;
}

/** Numbers as text, as the ledger has them. */
export interface SignedDealsTable {
    period_start: string;
    payee_id: string;
    currency_code: string;
    line_number: number;
    deal_order: number;
    kind: string;
    deal_id: string | null;
    client: string | null;
    lead_id: string | null;
    counted_on: string | null;
    deal_count: number;
    counted_amount: string | null;
    rate: string | null;
    amount: string | null;
}

interface StepStateTable {
    step: string;
    fingerprint: string;
    finished_at: Instant;
}

interface CursorsTable {
    connection: string;
    feed: string;
    cursor: string | null;
    scope: string;
    run: string;
    load_id: string | null;
    loaded_at: Instant;
}

export interface OpsDatabase {
    'jointly.cursors': CursorsTable;
    'jointly.loads': LoadsTable;
    'jointly.rejects': RejectsTable;
    'jointly.inputs': InputsTable;
    'jointly.stream_state': StreamStateTable;
    'jointly.ledger_entries': LedgerEntriesTable;
    'jointly.signed_deals': SignedDealsTable;
    'jointly.signed_lines': SignedLinesTable;
    'jointly.signed_statements': SignedStatementsTable;
    'jointly.step_state': StepStateTable;
}
