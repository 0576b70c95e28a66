import { clickIds } from '../../click-ids.ts';

/** Columns of a visit and their types, by the names of the stream. */
export const visitColumns: ReadonlyMap<string, string> = new Map([
    ['session_id', 'varchar'],
    ['visitor_id', 'varchar'],
    ['started_at', 'timestamp with time zone'],
    ['landing_page', 'varchar'],
    ['referrer', 'varchar'],
    ['utm_source', 'varchar'],
    ['utm_medium', 'varchar'],
    ['utm_campaign', 'varchar'],
    ['utm_content', 'varchar'],
    ['utm_term', 'varchar'],
    ['click_id', 'varchar'],
    ['campaign_id', 'varchar'],
    ['channel', 'varchar'],
    ['page_views', 'bigint'],
]);

/**
 * One row per visit, and one of all events that belong to none (`session_id` null). A visit is
 * what GA4 calls a session: `user_pseudo_id` and the parameter `ga_session_id`, wherever its events
 * stand, as a visit past midnight is in the files of two days.
 *
 * Where it came from is taken as a whole from one place, never the source from one and the campaign
 * from another: the session's last click where GA4 says it, of the newest file that does; else what
 * was collected with the first event that has any; else the parameters of that event, as in exports
 * before 2023. A click with `gclid` is one of Google Ads whatever tags stand beside it.
 */
export function visitsSql(events: string): string {
    return `
        with
        read_events as (
            select
                file_index, user_pseudo_id, event_name, event_timestamp,
                {'at': event_timestamp, 'page': batch_page_id, 'request': batch_ordering_id,
                'event': batch_event_index} as place,
                list_transform(event_params, lambda one: one.key) as keys,
                list_transform(event_params, lambda one:
                    coalesce(one.value.string_value, cast(one.value.int_value as varchar))
                ) as cells,
                collected_traffic_source as collected,
                session_traffic_source_last_click.manual_campaign as manual,
                session_traffic_source_last_click.google_ads_campaign as ads,
                session_traffic_source_last_click.cross_channel_campaign as cross_channel
            from (${events})
        ),
        named_events as (
            select
                file_index, event_name, event_timestamp, place,
                nullif(user_pseudo_id, '') as visitor_id,
                ${param('ga_session_id')} as session_number,
                ${param('page_location')} as page,
                ${param('page_referrer')} as referrer,
                ${struct({
                    source: "coalesce(cross_channel.source, case when ads.campaign_id is not null then 'google' end, manual.source)",
                    medium: "coalesce(cross_channel.medium, case when ads.campaign_id is not null then 'cpc' end, manual.medium)",
                    campaign:
                        'coalesce(cross_channel.campaign_name, ads.campaign_name, manual.campaign_name)',
                    campaign_id:
                        'coalesce(ads.campaign_id, cross_channel.campaign_id, manual.campaign_id)',
                    content: 'manual.content',
                    term: 'manual.term',
                    channel: 'cross_channel.default_channel_group',
                })} as last_click,
                ${struct({
                    source: "case when collected.gclid <> '' then 'google' else collected.manual_source end",
                    medium: "case when collected.gclid <> '' then 'cpc' else collected.manual_medium end",
                    campaign: 'collected.manual_campaign_name',
                    campaign_id: 'collected.manual_campaign_id',
                    content: 'collected.manual_content',
                    term: 'collected.manual_term',
                    channel: 'null',
                })} as collected,
                ${struct({
                    source: `case when ${param('gclid')} <> '' then 'google' else ${param('source')} end`,
                    medium: `case when ${param('gclid')} <> '' then 'cpc' else ${param('medium')} end`,
                    campaign: param('campaign'),
                    campaign_id: param('campaign_id'),
                    content: param('content'),
                    term: param('term'),
                    channel: 'null',
                })} as parameters,
                coalesce(
                    'gclid.' || nullif(collected.gclid, ''), 'dclid.' || nullif(collected.dclid, ''),
                    'gclid.' || nullif(${param('gclid')}, '')
                ) as click_id
            from read_events
        ),
        folded_visits as (
            select
                visitor_id, session_number,
                min(event_timestamp) as started_us,
                ${first({ file: 'file_index' })}.file as file_index,
                ${first({ page: 'page', referrer: 'referrer' }, 'page is not null')} as landing,
                ${first({ value: 'click_id' }, 'click_id is not null')}.value as click_id,
                coalesce(
                    (min({'file': -file_index, 'place': place, 'value': last_click})
                        filter (where last_click.source is not null)).value,
                    ${first({ value: 'collected' }, 'collected.source is not null')}.value,
                    ${first({ value: 'parameters' }, 'parameters.source is not null')}.value
                ) as origin,
                -- An event that two files hold is one event.
                count(distinct {'place': place, 'page': page})
                    filter (where event_name in ('page_view', 'screen_view')) as page_views,
                count(*) as events,
                count(*) filter (where event_name is null or event_timestamp is null) as unreadable
            from (
                select * replace (
                    case when session_number is not null then visitor_id end as visitor_id,
                    case when visitor_id is not null then session_number end as session_number
                )
                from named_events
            )
            group by visitor_id, session_number
        )
        select
            file_index,
            visitor_id || '.' || session_number as session_id,
            visitor_id,
            timezone('UTC', make_timestamp(started_us)) as started_at,
            landing.page as landing_page,
            landing.referrer as referrer,
            origin.source as utm_source,
            origin.medium as utm_medium,
            origin.campaign as utm_campaign,
            origin.content as utm_content,
            origin.term as utm_term,
            coalesce(click_id, ${clickIdOf('landing.page')}) as click_id,
            origin.campaign_id as campaign_id,
            origin.channel as channel,
            page_views,
            events,
            unreadable
        from folded_visits
        order by file_index, started_at, session_id`;
}

function param(name: string): string {
    return `cells[list_position(keys, '${name}')]`;
}

function struct(parts: Readonly<Record<string, string>>): string {
    const pairs = Object.entries(parts).map(
        ([name, sql]) => `'${name}': nullif(cast(${sql} as varchar), '')`,
    );
    return `{${pairs.join(', ')}}`;
}

/** Values of the first event of a visit, in an order that does not follow that of the files. */
function first(values: Readonly<Record<string, string>>, condition = 'true'): string {
    const pairs = Object.entries(values).map(([name, sql]) => `'${name}': ${sql}`);
    return `(min({'place': place, ${pairs.join(', ')}}) filter (where ${condition}))`;
}

/** The click id in an address, with the name of its parameter before it, as channel rules know it. */
function clickIdOf(address: string): string {
    const pattern = `[?&](${clickIds.join('|')})=([^&#]+)`;
    const part = (group: number) => `regexp_extract(${address}, '${pattern}', ${group})`;
    return `nullif(${part(1)} || '.' || ${part(2)}, '.')`;
}
