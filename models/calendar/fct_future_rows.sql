-- One row per stream that delivered rows dated after the last day the data speaks for: how many.
-- They are counted nowhere until their day. The expected close of an open deal is a plan, not a row
-- ahead.

{% set days = {
    'ad_spend': 'spend_date',
    'sessions': company_date('started_at'),
    'visit_counts': 'visit_date',
    'leads': company_date('created_at'),
    'lead_touches': company_date('touched_at'),
    'lead_events': company_date('occurred_at'),
    'lead_answers': company_date('answered_at'),
    'lead_audits': company_date('audited_at'),
    'activities': company_date('occurred_at'),
    'deals': 'greatest(created_date, case when status in (\'won\', \'lost\') then closed_date end)',
    'deal_stage_history': company_date('entered_at'),
    'payments': 'paid_date',
    'internal_requests': company_date('requested_at'),
    'clock_pauses': company_date('paused_at'),
    'client_assignments': company_date('assigned_at'),
    'complaints': company_date('received_at'),
} %}

with

as_of as (

    select * from {{ ref('dim_as_of') }}

),

dated_rows as (

    {% for stream, day in days.items() %}
    select
        '{{ stream }}' as stream,
        cast({{ day }} as date) as row_date

    from {{ ref('stg_files__' ~ stream) }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

)

select
    dated_rows.stream,
    cast(count(*) as bigint) as future_row_count

from dated_rows
inner join as_of
    on dated_rows.row_date > as_of.as_of_date
group by dated_rows.stream
