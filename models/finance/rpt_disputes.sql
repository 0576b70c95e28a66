-- One row per dispute of a payee over a signed statement: the line, what it is about, by when it is
-- decided and how.

with

disputes as (

    select
        disputes.*,
        cast(disputes.period || '-01' as date) as period_start,
        case
            when disputes.verdict is not null then 'decided'
            when disputes.deadline < as_of.as_of_date then 'overdue'
            else 'open'
        end as state

    from {{ ref('disputes') }} as disputes
    cross join {{ ref('dim_as_of') }} as as_of

),

signed_lines as (

    select * from {{ ref('stg_jointly__signed_lines') }}

)

select
    disputes.dispute_id,
    disputes.payee_id,
    {{ name_or(person_label('people'), message('plain', {'text': 'disputes.payee_id'})) }}
        as payee_message,
    disputes.period_start,
    {{ period_label("'month'", 'disputes.period_start') }} as period_label,
    {{ statement_path('disputes.payee_id') }} as link,
    {{ message('pay.dispute.about', {
        'number': 'disputes.line_number', 'label': 'signed_lines.label'
    }) }} as about_message,
    signed_lines.amount,
    signed_lines.currency_code,
    disputes.cause,
    {{ message('pay.dispute.cause', {'cause': 'disputes.cause'}) }} as cause_text_message,
    disputes.objection,
    disputes.opened_on,
    coalesce(disputes.opened_on > signed_statements.object_until, false) as is_late,
    {{ message('pay.dispute.raised', {
        'day': as_day('disputes.opened_on'),
        'is_late': 'coalesce(disputes.opened_on > signed_statements.object_until, false)',
        'until': as_day('signed_statements.object_until')
    }) }} as raised_text_message,
    disputes.deadline,
    disputes.state,
    {{ message('pay.dispute.state', {
        'state': 'coalesce(disputes.verdict, disputes.state)',
        'deadline': as_day('disputes.deadline'),
        'by': 'coalesce(approvers.person_name, ' ~ person_label('authors') ~ ', disputes.author_id)',
        'day': as_day('disputes.decided_on')
    }) }} as state_text_message,
    case disputes.state when 'decided' then 'neutral' when 'overdue' then 'bad' else 'warn' end
        as tone

from disputes
left join signed_lines
    on disputes.payee_id = signed_lines.payee_id
    and disputes.period_start = signed_lines.period_start
    and (
        disputes.line_number = signed_lines.line_number
        -- Without a line the whole statement is meant.
        or (disputes.line_number is null and signed_lines.line_type = 'total')
    )
left join {{ ref('stg_jointly__signed_statements') }} as signed_statements
    on disputes.payee_id = signed_statements.payee_id
    and disputes.period_start = signed_statements.period_start
    and signed_lines.currency_code = signed_statements.currency_code
left join {{ ref('dim_people') }} as people
    on disputes.payee_id = people.person_id
left join {{ ref('dim_people') }} as authors
    on disputes.author_id = authors.person_id
left join {{ ref('approvers') }} as approvers
    on disputes.author_id = approvers.person_id
    and {{ is_in_force('approvers', 'disputes.decided_on') }}
