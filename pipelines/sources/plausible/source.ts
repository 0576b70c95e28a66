import { SourceError } from '../../errors.ts';
import type { Connector, Feed, Tools } from '../api/connector.ts';
import { addDays, dayIn } from '../api/days.ts';
import { parsePage } from '../api/parse-page.ts';
import { planDays } from '../api/plan-days.ts';
import { createPlausibleClient, type PlausibleSettings } from './client.ts';
import { queryAnswer } from './records.ts';
import { visitRows } from './rows.ts';

interface Place {
    readonly from: string;
    readonly to: string;
    readonly offset?: number;
}

/** Visits by day and channel: Plausible knows no single visit. */
export function openPlausible(settings: PlausibleSettings, tools: Tools): Connector {
    const client = createPlausibleClient(settings, tools);
    const { timezone, site = settings.site_id } = settings;
    const read = (text: string) => parsePage(queryAnswer, text, `${settings.name}, visits`);

    /** A site that may not be read is refused: an answer, be it empty, is the proof. */
    const probe = async () => {
        const yesterday = addDays(dayIn(timezone, tools.clock.now()), -1);
        read(await client.visits({ from: yesterday, to: yesterday }, 0));
    };

    const visits: Feed = {
        name: 'visits',
        streams: ['visit_counts'],
        isByDay: true,
        plan: async (cursor, days) => {
            await probe();
            const one = { id: settings.site_id, timezone, partition: { site } };
            return planDays('visit_counts', [one], cursor, settings, tools.clock.now(), days);
        },
        ask: async (json) => {
            const { from, to, offset = 0 } = json as unknown as Place;
            const text = await client.visits({ from, to }, offset);
            const { results, meta } = read(text);
            const known = offset + results.length;
            const total = meta.total_rows ?? known;
            if (known >= total) return { text, next: undefined };
            if (results.length > 0) return { text, next: { from, to, offset: known } };
            throw new SourceError({
                what: `${settings.name}: Plausible says ${total} rows and gives ${known}.`,
                why: `days ${from} to ${to}`,
                fix: 'run again; when it stays so, tell the support of Plausible',
            });
        },
        read: (text) => ({ rows: visitRows(read(text), site) }),
    };

    return {
        feeds: [visits],
        test: async () => {
            await probe();
            return `site ${settings.site_id} can be read; its days are taken for those of ${timezone}`;
        },
    };
}
