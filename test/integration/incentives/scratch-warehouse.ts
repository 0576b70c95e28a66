import { DuckDBInstance } from '@duckdb/node-api';

/** The tables incentives stand on, as their contracts declare them. */
const PUBLISHED_TABLES = `
    create schema marts;
    create schema rules;
    create table marts.fct_kpi_values (
        kpi varchar, scope_type varchar, scope_id varchar, period_type varchar,
        period_start date, period_end date, numerator decimal(28, 10), denominator decimal(28, 10),
        value decimal(28, 10), target decimal(24, 6), attainment decimal(28, 10),
        status varchar, reason_message varchar, is_final boolean
    );
    create table marts.dim_dates as
    select
        cast(day as date) as date_day,
        cast(date_trunc('quarter', day) as date) as quarter_start,
        cast(date_trunc('quarter', day) + interval 3 months as date) as quarter_end,
        cast(date_trunc('year', day) as date) as year_start
    from range(date '2026-01-01', date '2027-01-01', interval 1 day) as t (day);
    create table marts.dim_as_of as select date '2026-12-31' as as_of_date;
    create table marts.dim_deals (
        deal_id varchar, client_id varchar, person_id varchar, product_line_id varchar,
        status varchar, closed_at timestamp, closed_date date, booked_amount decimal(28, 2),
        margin_share decimal(28, 10)
    );
    create table marts.fct_payments (
        payment_id varchar, deal_id varchar, kind varchar, refund_of_payment_id varchar,
        paid_date date, collected_amount decimal(28, 2)
    );
    create table marts.fct_client_owners (
        client_id varchar, period_number bigint, person_id varchar, owned_from timestamp,
        owned_from_date date
    );
    create table marts.dim_people (person_id varchar, person_name varchar);
`;

/**
 * Makes a warehouse of monthly KPI values and their catalogue from CSV files, and nothing else.
 * @param members file of the members of plans
 * @param core folder of CSV files of deals, payments and owners of clients; without it there are none
 */
export async function publishKpiValues(
    warehouse: string,
    file: string,
    catalogue: string,
    members: string,
    core?: string,
): Promise<void> {
    const instance = await DuckDBInstance.create(warehouse);
    const connection = await instance.connect();
    await connection.run(PUBLISHED_TABLES);
    await connection.run(
        'create table rules.kpi_catalogue as from read_csv($catalogue, all_varchar = true)',
        { catalogue },
    );
    await connection.run(
        `insert into marts.fct_kpi_values by name
        select
            kpi, scope_type, scope_id, value as numerator, value, target, attainment, is_final,
            case when reason is not null then json_object('key', 'plain', 'text', reason) end
                as reason_message,
            'month' as period_type,
            cast(period_start as date) as period_start,
            cast(cast(period_start as date) + interval 1 month as date) as period_end,
            case when value is null then 'not_available' when is_final then 'final'
                else 'provisional' end as status
        from read_csv($file, types = {
            'value': 'decimal(28, 10)', 'target': 'decimal(24, 6)', 'attainment': 'decimal(28, 10)'
        })`,
        { file },
    );
    // Members of plans are people, called by their id.
    await connection.run(
        `insert into marts.dim_people
        select distinct payee_id, upper(payee_id[1]) || payee_id[2:] from read_csv($members)`,
        { members },
    );
    for (const table of core ? ['dim_deals', 'fct_payments', 'fct_client_owners'] : []) {
        await connection.run(`copy marts.${table} from '${core}/${table}.csv' (header)`);
    }
    connection.closeSync();
    instance.closeSync();
}

/** Rows of a query, every value as text: money is compared to the cent, never as a float. */
export async function readRows(
    warehouse: string,
    sql: string,
): Promise<readonly (readonly (string | null)[])[]> {
    const instance = await DuckDBInstance.create(warehouse, { access_mode: 'READ_ONLY' });
    const connection = await instance.connect();
    const reader = await connection.runAndReadAll(sql);
    const rows = reader
        .getRows()
        .map((row) => row.map((value) => (value === null ? null : `${value}`)));
    connection.closeSync();
    instance.closeSync();
    return rows;
}
