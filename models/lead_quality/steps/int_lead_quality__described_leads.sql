-- One row per lead: what was known of it when it was created, as rules read it: lower case text,
-- null where unknown.

with

leads as (

    select
        *,
        {{ company_time('created_at') }} as created_time

    from {{ ref('stg_files__leads') }}

),

-- The visit in which the form was sent began before it and counts.
visits as (

    select
        leads.lead_id,
        count(*) as visits_before,
        cast(sum(sessions.page_views) as bigint) as page_views_before,
        min(sessions.started_date) as first_visit_date

    from leads
    inner join {{ ref('stg_files__sessions') }} as sessions
        on leads.visitor_id = sessions.visitor_id
        and sessions.started_at <= leads.created_at
    group by leads.lead_id

),

described_leads as (

    select
        leads.lead_id,
        leads.created_date,
        lower(lead_channels.channel_id) as channel,
        lower(lead_channels.campaign_id) as campaign_id,
        lower(leads.landing_page) as landing_page,
        leads.product_line_id as product_line,
        lower(leads.country_code) as country_code,
        case when leads.company_name is not null then 'true' else 'false' end as has_company,
        case when leads.email is not null then 'true' else 'false' end as has_email,
        nullif(split_part(leads.email, '@', 2), '') as email_domain,
        cast(visits.visits_before as varchar) as visits_before,
        cast(visits.page_views_before as varchar) as page_views_before,
        cast(
            {{ dbt.datediff('visits.first_visit_date', 'leads.created_date', 'day') }}
            as varchar
        ) as days_since_first_visit,
        cast(extract(hour from leads.created_time) as varchar) as created_hour,
        cast(days.weekday as varchar) as created_weekday

    from leads
    left join {{ ref('fct_lead_channels') }} as lead_channels
        on leads.lead_id = lead_channels.lead_id
    left join visits
        on leads.lead_id = visits.lead_id
    left join {{ ref('dim_business_days') }} as days
        on leads.created_date = days.date_day

)

select * from described_leads
