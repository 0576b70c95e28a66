/** The web site's session log. */
export function webInputs(directory: string) {
    return [
        {
            name: 'web_sessions',
            stream: 'sessions',
            files: [`${directory}/web/sessions_*.ndjson.gz`],
            format: { type: 'ndjson' },
            columns: {
                visitor_id: 'visitor',
                started_at: 'ts',
                landing_page: 'page',
                page_views: 'pages',
                campaign_id: 'utm_id',
            },
        },
    ];
}
