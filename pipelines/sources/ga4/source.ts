import type { Connector, Feed, Tools } from '../api/connector.ts';
import { addDays, dayIn } from '../api/days.ts';
import { parsePage } from '../api/parse-page.ts';
import { planDays } from '../api/plan-days.ts';
import { createGa4Client, type Ga4Settings } from './client.ts';
import { report } from './records.ts';
import { visitRows } from './rows.ts';

/** Visits by day and channel: the Data API knows no single visit. */
export function openGa4(settings: Ga4Settings, tools: Tools): Connector {
    const client = createGa4Client(settings, tools);
    const read = (text: string) => parsePage(report, text, settings.name);

    /** A report that comes, be it empty, proves that the property can be read, and says its zone. */
    const readZone = async () => {
        const yesterday = addDays(dayIn('UTC', tools.clock.now()), -1);
        return read(await client.report({ from: yesterday, to: yesterday })).metadata.timeZone;
    };

    const visits: Feed = {
        name: 'visits',
        streams: ['visit_counts'],
        isByDay: true,
        plan: async (cursor, days) => {
            const property = {
                id: settings.property_id,
                timezone: await readZone(),
                partition: { site: settings.site },
            };
            return planDays('visit_counts', [property], cursor, settings, tools.clock.now(), days);
        },
        ask: async (place) => {
            const text = await client.report(place as { from: string; to: string } & typeof place);
            const { metadata } = read(text);
            if (metadata.dataLossFromOtherRow || metadata.subjectToThresholding) {
                tools.onNote(
                    'Google Analytics has left out or lumped together some rows of small groups: counts may be too low',
                );
            }
            return { text, next: undefined };
        },
        read: (text) => ({ rows: visitRows(read(text), settings.site) }),
    };

    return {
        feeds: [visits],
        test: async () =>
            `property ${settings.property_id} can be read; its days are those of ${await readZone()}`,
    };
}
