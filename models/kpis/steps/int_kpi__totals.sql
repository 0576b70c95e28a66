-- One row per KPI, scope and period that has any part: numerators and denominators summed over the
-- same scope, before anything is divided.

with

parts as (

    select * from {{ ref('int_kpi__parts') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

dates as (

    select * from {{ ref('dim_dates') }}

),

-- What is dated after the last day the data speaks for (a planned payment) has not happened yet.
past_parts as (

    select parts.*
    from parts
    inner join as_of
        on parts.kpi_date <= as_of.as_of_date

),

scoped_parts as (

    {% for scope in ['company', 'department', 'channel', 'campaign', 'product_line', 'person'] %}
    select
        kpi,
        '{{ scope }}' as scope_type,
        {% if scope == 'company' %}
        'company' as scope_id,
        {% else %}
        coalesce({{ scope }}_id, 'unattributed') as scope_id,
        {% endif %}
        kpi_date,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        sum(unknown_parts) as unknown_parts,
        sum(pending_parts) as pending_parts

    from past_parts
    group by kpi, scope_id, kpi_date
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

totals as (

    {% for period in ['week', 'month', 'quarter'] %}
    select
        scoped_parts.kpi,
        scoped_parts.scope_type,
        scoped_parts.scope_id,
        '{{ period }}' as period_type,
        dates.{{ period }}_start as period_start,
        cast(sum(scoped_parts.numerator) as decimal(28, 10)) as numerator,
        cast(sum(scoped_parts.denominator) as decimal(28, 10)) as denominator,
        cast(sum(scoped_parts.unknown_parts) as bigint) as unknown_parts,
        cast(sum(scoped_parts.pending_parts) as bigint) as pending_parts

    from scoped_parts
    inner join dates
        on scoped_parts.kpi_date = dates.date_day
    group by
        scoped_parts.kpi,
        scoped_parts.scope_type,
        scoped_parts.scope_id,
        dates.{{ period }}_start
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

)

select * from totals
