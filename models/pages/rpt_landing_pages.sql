-- One row per range, attribution model, channel and landing page, the most collected first: the
-- twenty-five first pages of a channel, beside the count of all.

{% set pages_shown = 25 %}

with

sourcing as (

    select * from {{ ref('int_reports__channel_kpis') }}
    where
        scope_type = 'landing_page'
        and (visits != 0 or leads != 0 or won_deals != 0 or collected_amount != 0)

),

ranges as (

    select * from {{ ref('dim_ranges') }}
    where range_type != 'month'

),

ranked_pages as (

    select
        sourcing.*,
        row_number() over (
            partition by sourcing.range_id, sourcing.model, sourcing.channel_id
            order by
                coalesce(sourcing.collected_amount, 0) desc,
                coalesce(sourcing.won_deals, 0) desc,
                coalesce(sourcing.leads, 0) desc,
                sourcing.landing_page
        ) as page_rank,
        count(*) over (partition by sourcing.range_id, sourcing.model, sourcing.channel_id)
            as page_count

    from sourcing
    inner join ranges
        on sourcing.range_id = ranges.range_id

)

select
    range_id,
    model,
    channel_id,
    case
        when landing_page = 'none' then {{ message('channel.unknown_page') }}
        else {{ message('plain', {'text': 'landing_page'}) }}
    end as landing_page_message,
    cast(page_rank as integer) as page_rank,
    cast(page_count as integer) as page_count,
    {{ sourcing_columns('ranked_pages', [
        'visits', 'leads', 'qualified_share', 'worked_share', 'won_deals', 'collected_amount'
    ]) }}

from ranked_pages
where page_rank <= {{ pages_shown }}
