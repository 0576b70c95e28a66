import { type SampleRow, textOf } from '../sample-rows.ts';

/** Visits as GA4 exports them to BigQuery: an event for the visit, and one for each page of it. */
export function sampleInGa4(sessions: readonly SampleRow[]): string {
    return sessions
        .flatMap(eventsOf)
        .map((event) => `${JSON.stringify(event)}\n`)
        .join('');
}

function eventsOf(session: SampleRow): readonly object[] {
    const start = Date.parse(textOf(session, 'started_at'));
    const views = Number(session.page_views);
    const [kind, click] = session.click_id?.split('.') ?? [];
    const event = (name: string, place: number) => ({
        event_name: name,
        event_timestamp: String((start + place * 1000) * 1000),
        user_pseudo_id: session.visitor_id,
        event_params: [
            { key: 'ga_session_id', value: { int_value: String(start / 1000) } },
            ...texts({
                page_location:
                    place <= 1 ? session.landing_page : `${session.landing_page}#${place}`,
                page_referrer: place <= 1 ? session.referrer : null,
            }),
        ],
        ...(place <= 1
            ? {
                  collected_traffic_source: {
                      manual_source: session.utm_source,
                      manual_medium: session.utm_medium,
                      manual_campaign_name: session.utm_campaign,
                      manual_campaign_id: session.campaign_id,
                      manual_content: session.utm_content,
                      manual_term: session.utm_term,
                      gclid: kind === 'gclid' ? click : null,
                  },
              }
            : {}),
    });
    return [
        event('session_start', 0),
        ...Array.from({ length: views }, (_, index) => event('page_view', index + 1)),
    ];
}

function texts(values: Readonly<Record<string, string | null | undefined>>) {
    return Object.entries(values).flatMap(([key, text]) =>
        text ? [{ key, value: { string_value: text } }] : [],
    );
}
