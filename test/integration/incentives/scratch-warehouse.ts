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
    create table marts.dim_people as
    select person_id, upper(person_id[1]) || person_id[2:] as person_name
    from (values ('ana'), ('boris'), ('elena'), ('irina'), ('mihai'), ('radu')) as people (person_id);
`;

/** Makes a warehouse of monthly KPI values and their catalogue from CSV files, and nothing else. */
export async function publishKpiValues(
    warehouse: string,
    file: string,
    catalogue: string,
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
            kpi, scope_type, scope_id, value, target, attainment, is_final,
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
