import { opsSchema } from './ddl.ts';

export interface OpsTable {
    readonly name: string;
    readonly description: string;
    readonly columns: readonly (readonly [name: string, type: string, description: string])[];
}

const rejectColumns: OpsTable['columns'] = [
    ['stream', 'varchar not null', 'Stream.'],
    ['input', 'varchar not null', 'Input in the config.'],
    ['file', 'varchar not null', 'File.'],
    ['row', 'bigint not null', 'Data row of the file, from 1.'],
    ['line', 'bigint', 'Line of the file, from 1; null for Parquet.'],
    ['column', 'varchar not null', 'Contract column; empty when the whole row is broken.'],
    ['expected', 'varchar not null', 'What the contract asks for.'],
    ['got', 'varchar', 'What the file holds; null when the cell is empty.'],
    ['raw', 'json', 'The row as it came.'],
    ['load_id', 'varchar not null', 'First load that refused it.'],
];

const rejectedRowColumns: OpsTable['columns'] = [
    ['file_id', 'integer not null', 'Last reading of the file.'],
    ['stream', 'varchar not null', 'Stream.'],
    ['input', 'varchar not null', 'Input in the config.'],
    ['file', 'varchar not null', 'File.'],
    ['row', 'bigint not null', 'Data row of the file, from 1.'],
    ['row_key', 'varchar', 'Key of the row; null where a part of it cannot be read.'],
    ['account', 'varchar', 'Platform and account; null where they cannot be read.'],
    ['first_at', 'timestamp', 'First instant the row may count at; null if unknown.'],
    ['last_at', 'timestamp', 'Last instant the row may count at; null if unknown.'],
    ['amount', 'decimal(18,6)', 'What it is worth; null where that cannot be read.'],
    ['currency_code', 'varchar', 'Currency of the amount.'],
    ['since_file_id', 'integer', 'First reading that rejected it.'],
];

/** What the head of a signed statement says, by the names the ledger keeps it under. */
export const signedHeadColumns = [
    ['plan_id', 'varchar'],
    ['plan_version', 'varchar'],
    ['plan_name', 'varchar'],
    ['plan_valid_from', 'date'],
    ['plan_valid_to', 'date'],
    ['active_days', 'integer'],
    ['period_days', 'integer'],
    ['target_amount', 'decimal(28,2)'],
    ['amount_before_company', 'decimal(28,2)'],
    ['component_share', 'decimal(28,10)'],
    ['multiplier_name', 'varchar'],
    ['company_attainment', 'decimal(28,10)'],
    ['multiplier', 'decimal(9,4)'],
    ['multiplier_tier_to', 'decimal(18,4)'],
    ['cap_amount', 'decimal(28,2)'],
    ['bonus_amount', 'decimal(28,2)'],
    ['pool_amount', 'decimal(28,2)'],
    ['adjustment_amount', 'decimal(28,2)'],
    ['balance_brought_forward_amount', 'decimal(28,2)'],
    ['balance_carried_amount', 'decimal(28,2)'],
    ['plan_author_id', 'varchar'],
    ['agreed_on', 'date'],
    ['pay_on', 'date'],
    ['object_until', 'date'],
    ['object_to', 'varchar'],
    ['year_start', 'date'],
    ['year_earned_amount', 'decimal(28,2)'],
    ['year_target_amount', 'decimal(28,2)'],
] as const;

/** Tables in which the product keeps book of its own work. */
export const opsTables: readonly OpsTable[] = [
    {
        name: 'loads',
        description: 'One finished load of one stream.',
        columns: [
            ['load_id', 'varchar not null', 'Load.'],
            ['stream', 'varchar not null', 'Stream.'],
            ['started_at', 'timestamp not null', 'Start, UTC.'],
            ['finished_at', 'timestamp not null', 'End, UTC.'],
            ['fingerprint', 'varchar not null', 'Hash of files, input settings and contract.'],
            ['files', 'bigint not null', 'Files read.'],
            [
                'read_rows',
                'bigint not null',
                'Rows in the files; with spread_rows the sum of the others but the deleted.',
            ],
            ['inserted_rows', 'bigint not null', 'Rows that are new.'],
            ['updated_rows', 'bigint not null', 'Rows that replaced a differing row.'],
            ['unchanged_rows', 'bigint not null', 'Rows that were there already, not rewritten.'],
            ['duplicate_rows', 'bigint not null', 'Rows that lost to another row of their key.'],
            ['superseded_rows', 'bigint not null', 'Rows a later file or version restates.'],
            ['rejected_rows', 'bigint not null', 'Rows that broke the contract.'],
            ['deleted_rows', 'bigint not null', 'Old rows that a restated window no longer has.'],
            ['left_out_rows', 'bigint', 'Rows the config leaves out, such as totals.'],
            ['summed_rows', 'bigint', 'Rows added to another row of their key.'],
            ['spread_rows', 'bigint', 'Rows made of others that sum up several days.'],
            [
                'history_rows',
                'bigint',
                'Rows that moved to the history; null in loads of a version that kept none.',
            ],
        ],
    },
    {
        name: 'files',
        description: 'One file as one load read it; raw rows point here.',
        columns: [
            ['file_id', 'integer not null', 'Reading of the file.'],
            ['load_id', 'varchar not null', 'Load.'],
            ['stream', 'varchar not null', 'Stream.'],
            ['input', 'varchar not null', 'Input in the config.'],
            ['file', 'varchar not null', 'Path relative to the config.'],
            ['row_count', 'bigint not null', 'Data rows in the file.'],
            ['id_prefix', 'varchar', 'What was put before its ids; null where nothing was.'],
        ],
    },
    {
        name: 'rejects',
        description: 'One broken cell or rule of one row that was not loaded.',
        columns: rejectColumns,
    },
    {
        name: 'past_rejects',
        description: 'A reject that a later load of its file no longer had.',
        columns: [
            ...rejectColumns,
            ['ended_file_id', 'integer not null', 'First file of the load without it.'],
        ],
    },
    {
        name: 'inputs',
        description: 'Inputs of the config, as the last load found them.',
        columns: [
            ['stream', 'varchar not null', 'Stream.'],
            ['input', 'varchar not null', 'Input in the config.'],
            [
                'is_zero_without_rows',
                'boolean not null',
                'Whether a day without rows is a day on which nothing happened.',
            ],
            [
                'proves_days',
                'boolean',
                'Whether it says itself up to which day it was read, so that others are missing.',
            ],
        ],
    },
    {
        name: 'file_windows',
        description: 'The time one reading of a file speaks for, by account.',
        columns: [
            ['file_id', 'integer not null', 'Reading of the file.'],
            ['stream', 'varchar not null', 'Stream.'],
            ['input', 'varchar not null', 'Input in the config.'],
            ['account', 'varchar not null', 'Platform and account; empty where there is none.'],
            ['first_at', 'timestamp not null', 'First event of the file, UTC.'],
            ['last_at', 'timestamp not null', 'Last event of the file, UTC.'],
        ],
    },
    {
        name: 'rejected_rows',
        description: 'One rejected row that no later file corrects, as far as it can be read.',
        columns: rejectedRowColumns,
    },
    {
        name: 'past_rejected_rows',
        description: 'A rejected row that a later load corrected.',
        columns: [
            ...rejectedRowColumns,
            ['ended_file_id', 'integer not null', 'First file of the load that corrected it.'],
        ],
    },
    {
        name: 'stream_state',
        description: 'What is loaded of one stream; streams without an input have a row too.',
        columns: [
            ['stream', 'varchar not null', 'Stream.'],
            ['is_connected', 'boolean not null', 'Whether the config has an input for it.'],
            ['row_count', 'bigint not null', 'Rows in the raw table.'],
            ['event_column', 'varchar not null', 'Column that says when a row happened.'],
            ['first_event_at', 'timestamp', 'Earliest event, UTC.'],
            ['last_event_at', 'timestamp', 'Latest event dated before the end of the load, UTC.'],
            [
                'observed_until',
                'timestamp',
                'Latest event that is no plan, UTC: the data reaches so far at least.',
            ],
            ['fingerprint', 'varchar', 'Fingerprint of the last load.'],
            ['load_id', 'varchar', 'Last load.'],
            ['loaded_at', 'timestamp', 'End of the last load, UTC.'],
        ],
    },
    {
        name: 'cursors',
        description: 'How far one feed of one connection is loaded.',
        columns: [
            ['connection', 'varchar not null', 'Connection in the config.'],
            ['feed', 'varchar not null', 'What is asked for.'],
            ['cursor', 'varchar', 'Where the next run begins; null when nothing was there.'],
            ['scope', 'varchar not null', 'Hash of the settings it was asked with.'],
            ['run', 'varchar not null', 'Run whose pages are loaded, in the landing folder.'],
            ['load_id', 'varchar', 'Load that committed it; null when there was no row.'],
            ['loaded_at', 'timestamp not null', 'When, UTC.'],
        ],
    },
    {
        name: 'signed_statements',
        description:
            'What the ledger of the company says is payable, as the last transform read it.',
        columns: [
            ['period_start', 'date not null', 'First day of the month.'],
            ['payee_id', 'varchar not null', 'Person.'],
            ['currency_code', 'varchar not null', 'Currency of the statement.'],
            [
                'earned_amount',
                'decimal(28,2) not null',
                'As signed, without adjustments of other months.',
            ],
            ['payable_amount', 'decimal(28,2) not null', 'As signed.'],
            ['state', 'varchar not null', 'signed or paid.'],
            ['signed_by', 'varchar not null', 'Who signed it.'],
            ['signed_on', 'date not null', 'Day of the signature, UTC.'],
            ['paid_on', 'date', 'Day of payment.'],
            ['payee_name', 'varchar', 'Name as signed.'],
            ['department_id', 'varchar', 'Department as signed.'],
            ...signedHeadColumns.map(
                (column) =>
                    [...column, 'As signed; null where the ledger does not hold it.'] as const,
            ),
        ],
    },
    {
        name: 'signed_lines',
        description: 'The lines of signed statements as the ledger has them, the total last.',
        columns: [
            ['period_start', 'date not null', 'First day of the month.'],
            ['payee_id', 'varchar not null', 'Person.'],
            ['currency_code', 'varchar not null', 'Currency of the statement.'],
            ['line_number', 'integer not null', 'Reading order within the statement, from 1.'],
            [
                'line_type',
                'varchar not null',
                'As in fct_bonus_statement_lines; adjustment; total.',
            ],
            ['line_key', 'varchar', 'What it is paid on; of an adjustment, the line it corrects.'],
            ['label', 'varchar', 'Name of the line, in the words it was signed with.'],
            ['explanation', 'varchar', 'Its arithmetic, in the words it was signed with.'],
            ['kpi', 'varchar', 'KPI the line is paid on.'],
            ['scope_type', 'varchar', 'Whose KPI.'],
            ['scope_id', 'varchar', 'Whose KPI.'],
            ['value', 'decimal(28,10)', 'Its value.'],
            ['target', 'decimal(24,6)', 'Its target.'],
            ['attainment', 'decimal(28,10)', 'Its attainment.'],
            ['factor', 'decimal(38,14)', 'Factor of the line.'],
            ['amount', 'decimal(28,2) not null', 'As signed.'],
            ['corrects_period_start', 'date', 'Of an adjustment: the month it corrects.'],
            ['cause', 'varchar', 'Of an adjustment: why that is computed differently.'],
            ['component_id', 'varchar', 'Component of the plan.'],
        ],
    },
    {
        name: 'signed_deals',
        description: 'The deals behind signed lines as the ledger has them.',
        columns: [
            ['period_start', 'date not null', 'First day of the month.'],
            ['payee_id', 'varchar not null', 'Person.'],
            ['currency_code', 'varchar not null', 'Currency of the statement.'],
            ['line_number', 'integer not null', 'Line of the statement.'],
            ['deal_order', 'integer not null', 'Reading order within the line, from 1.'],
            ['kind', 'varchar not null', 'As in fct_pay_deals.'],
            ['deal_id', 'varchar', 'Deal; null for others together.'],
            ['client', 'varchar', 'Client as signed.'],
            ['lead_id', 'varchar', 'Lead it began as.'],
            ['counted_on', 'date', 'Day it was closed or paid.'],
            ['deal_count', 'integer not null', 'Deals the row stands for.'],
            ['counted_amount', 'decimal(28,2)', 'What counts of it, company currency.'],
            ['rate', 'decimal(28,10)', 'Rate of the line.'],
            ['amount', 'decimal(28,2)', 'Its share of the line.'],
        ],
    },
    {
        name: 'ledger_entries',
        description:
            'What was done to each month of pay, as the ledger has it; a signature by currency.',
        columns: [
            ['entry', 'integer not null', 'Number of the entry, from 1.'],
            ['period_start', 'date not null', 'First day of the month.'],
            ['action', 'varchar not null', 'signed, paid or reopened.'],
            ['done_by', 'varchar not null', 'Who did it.'],
            ['done_on', 'date not null', 'Day of it, UTC.'],
            ['paid_on', 'date', 'Of a payment: its day.'],
            ['reason', 'varchar', 'Why a month was reopened.'],
            ['waived_checks', 'varchar', 'Of a signature: checks somebody answered for, and why.'],
            ['currency_code', 'varchar', 'Of a signature: currency of what is payable.'],
            ['payable_amount', 'decimal(28,2)', 'Of a signature: what is payable in it.'],
        ],
    },
    {
        name: 'step_state',
        description: 'Last successful run of one step after loading.',
        columns: [
            ['step', 'varchar not null', 'transform or publish.'],
            ['fingerprint', 'varchar not null', 'Hash of everything the step reads.'],
            ['finished_at', 'timestamp not null', 'End, UTC.'],
        ],
    },
];

/** Statements that create the ops tables where they are missing. */
export function opsTablesDdl(): readonly string[] {
    return [
        `create schema if not exists ${opsSchema}`,
        ...opsTables.map(({ name, columns }) => {
            const lines = columns.map(([column, type]) => `"${column}" ${type}`);
            return `create table if not exists ${opsSchema}.${name} (\n    ${lines.join(',\n    ')}\n)`;
        }),
    ];
}
