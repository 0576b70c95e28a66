-- One row per lead with a card: the next step, in words, and whose it is.

with

facts as (

    select * from {{ ref('int_reports__lead_facts') }}

),

card_terms as (

    select * from {{ ref('int_reports__card_terms') }}

),

-- The first line that fits: a promise that runs out before everything, then money at stake, then
-- what has no date.
judged_leads as (

    select
        *,
        case
            when waiting_state = 'overdue' then 'call_late'
            when waiting_state = 'waiting' then 'call'
            when disputed_side is not null then 'settle_dispute'
            when complaint_date is not null then 'settle_complaint'
            when open_deals > 0 then 'move_deal'
            when won_deals > 0 then 'keep_client'
            when audit_due_date is not null then 'audit'
            when waiting_state = 'ignored' then 'left_lying'
            when current_stage in ('rejected', 'junk') then 'turned_down'
            when current_stage = 'recycled' then 'nurture'
            when lost_deals > 0 then 'lost'
            when not is_handed_over then 'not_handed_over'
            when quiet_days >= card_terms.shown_for_days then 'quiet'
            when is_verdict_missing then 'give_verdict'
            when bant_band = 'incomplete' then 'ask'
            else 'offer'
        end as step

    from facts
    cross join card_terms

)

select
    lead_id,
    step,
    case step
        when 'call_late'
            then 'Call it now: the first answer was due ' || {{ instant_text('response_due_at') }}
        when 'call' then 'Call it before ' || {{ instant_text('response_due_at') }}
        when 'settle_dispute'
            then
                'Settle who answers for the lost deal: it was disputed and said to be '
                || case
                    when disputed_side in ('marketing', 'sales') then 'on ' || disputed_side
                    when disputed_side = 'product' then 'the product'
                    else 'nobody''s'
                end
        when 'settle_complaint'
            then 'Settle the complaint of ' || {{ day_text('complaint_date') }}
        when 'move_deal'
            then
                'Move the open deal on' || coalesce('; it stands at “' || open_stage || '”', '')
        when 'keep_client' then 'A client: look after it, it may buy again'
        when 'audit'
            then
                'A quality analyst looks at the rejection again'
                || case when is_audit_overdue then ': overdue since ' else ', by ' end
                || {{ day_text('audit_due_date') }}
        when 'left_lying' then 'Nobody worked it: call it, or hand it to somebody who will'
        when 'turned_down' then 'Turned down: nothing to do'
        when 'nurture' then 'In nurture: marketing writes to it until it is ready'
        when 'lost' then 'Lost: nothing to do'
        when 'not_handed_over' then 'Not handed to sales: marketing works it'
        when 'quiet'
            then
                'Nothing happened for ' || cast(quiet_days as varchar)
                || ' days: call it again, or send it to nurture'
        when 'give_verdict' then 'Tell marketing what the lead was worth: a verdict is overdue'
        when 'ask' then 'Ask for what is not answered yet'
        else 'Make an offer'
    end as next_step,
    case
        when step = 'settle_dispute' then 'Both'
        when step in ('nurture', 'not_handed_over') then 'Marketing'
        when step = 'audit' then 'Quality analyst'
        when step in ('turned_down', 'lost') then null
        else 'Sales'
    end as next_step_owner,
    case
        when step in ('call_late', 'left_lying', 'give_verdict', 'settle_complaint') then 'bad'
        when step in ('call', 'settle_dispute', 'quiet') or is_audit_overdue then 'warn'
        else 'neutral'
    end as tone

from judged_leads
