-- One row per month or quarter and risk, the most pressing first: alarms, then the widest gaps to a
-- target, then money spent on leads nobody worked, then what cannot be seen for want of a source.

with

risks as (

    select * from {{ ref('int_reports__risks') }}

),

ranked_risks as (

    select
        *,
        row_number() over (
            partition by period_type, period_start order by risk_class, severity, risk
        ) as risk_rank

    from risks

),

labelled_risks as (

    select
        ranked_risks.*,
        {{ period_label('ranked_risks.period_type', 'ranked_risks.period_start') }} as period_label

    from ranked_risks
    where risk_rank <= 8

)

select * from labelled_risks
