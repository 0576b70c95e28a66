-- One row per source that a tag or a referring page names and that belongs to a category.

with

session_signals as (

    select * from {{ ref('int_attribution__session_signals') }}

),

source_categories as (

    select * from {{ ref('source_categories') }}

),

seen_sources as (

    select utm_source as source from session_signals

    union

    select referrer_host as source from session_signals

),

-- gemini.google.com is an assistant although %.google.% is a search engine.
ranked_categories as (

    select
        seen_sources.source,
        source_categories.category,
        row_number() over (
            partition by seen_sources.source
            order by length(source_categories.source) desc, source_categories.source
        ) as fit_number

    from seen_sources
    inner join source_categories
        on seen_sources.source like {{ channel_signal('source_categories.source') }}

)

select
    source,
    category

from ranked_categories
where fit_number = 1
