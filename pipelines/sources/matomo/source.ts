import type { Connector, Feed, Tools } from '../api/connector.ts';
import { addDays } from '../api/days.ts';
import { parsePage } from '../api/parse-page.ts';
import { planDays } from '../api/plan-days.ts';
import { createMatomoClient, type MatomoSettings } from './client.ts';
import { visits as visitsPage } from './records.ts';
import { sessionRows } from './rows.ts';

interface Place {
    /** The day that is asked for. */
    readonly from: string;
    readonly to: string;
    readonly offset?: number;
}

/** Visits, day by day: big sites cannot answer for more at once. */
export function openMatomo(settings: MatomoSettings, tools: Tools): Connector {
    const client = createMatomoClient(settings, tools);
    const read = (text: string) => parsePage(visitsPage, text, `${settings.name}, visits`);

    const visits: Feed = {
        name: 'visits',
        streams: ['sessions'],
        isByDay: true,
        plan: async (cursor, days) => {
            // It answers with its zone: proof that the site can be viewed.
            const { idsite, timezone } = await client.site();
            const site = { id: idsite, timezone, partition: {} };
            return planDays('sessions', [site], cursor, settings, tools.clock.now(), days);
        },
        ask: async (json) => {
            const { from, to, offset = 0 } = json as unknown as Place;
            // The day is over: no visit comes in between, and none is skipped.
            const text = await client.visits(from, offset);
            if (read(text).length >= settings.page_size) {
                return { text, next: { from, to, offset: offset + settings.page_size } };
            }
            return { text, next: from < to ? { from: addDays(from, 1), to } : undefined };
        },
        read: (text) => ({ rows: sessionRows(read(text)) }),
    };

    return {
        feeds: [visits],
        test: async () => {
            const { idsite, name, timezone } = await client.site();
            // The one right that a user may view the site without.
            await client.visits(
                addDays(new Date(tools.clock.now()).toISOString().slice(0, 10), -1),
                0,
            );
            return `site ${idsite}${name ? `, ${name}` : ''}, ${timezone}`;
        },
    };
}
