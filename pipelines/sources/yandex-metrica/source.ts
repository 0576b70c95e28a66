import { SourceError } from '../../errors.ts';
import type { Connector, Feed, Tools } from '../api/connector.ts';
import { addDays } from '../api/days.ts';
import type { Json } from '../api/json.ts';
import { zoneOf } from '../api/local-time.ts';
import { planDays } from '../api/plan-days.ts';
import { createYandexMetricaClient, type YandexMetricaSettings } from './client.ts';
import { lookups, visitFields } from './records.ts';
import { sessionRows } from './rows.ts';

/** Days to order; with a request, the parts of some of them that are still to be read. */
interface Place {
    readonly from: string;
    readonly to: string;
    readonly ordered?: {
        readonly to: string;
        readonly request: string;
        /** Without one, the logs are read and take up space. */
        readonly parts: readonly number[];
    };
}

/** What stands for logs without visits: the names of the columns. */
const noVisits = `${visitFields.join('\t')}\n`;

/** Visits, over logs that Metrica prepares, part by part. */
export function openYandexMetrica(settings: YandexMetricaSettings, tools: Tools): Connector {
    const client = createYandexMetricaClient(settings, tools);

    /** The next part; behind the last one the logs are cleaned, behind them come the days that are left. */
    const ask = async ({ from, to, ordered }: Place): Promise<{ text: string; next?: Place }> => {
        if (ordered === undefined) {
            const days = await client.daysThatFit({ from, to });
            const { request, parts } = await client.awaitLogs(days);
            return ask({ from, to, ordered: { to: days.to, request, parts } });
        }
        const [part, ...rest] = ordered.parts;
        if (part !== undefined) {
            const text = await client.part(ordered.request, part);
            return { text, next: { from, to, ordered: { ...ordered, parts: rest } } };
        }
        await client.clean(ordered.request, { from, to: ordered.to });
        const next = { from: addDays(ordered.to, 1), to };
        return { text: noVisits, ...(next.from <= to ? { next } : {}) };
    };

    const visits: Feed = {
        name: 'visits',
        streams: ['sessions'],
        isByDay: true,
        plan: async (cursor, days) => {
            // It answers with its zone: proof that the counter can be read.
            const { time_zone_name: name } = await client.counter();
            const timezone = zoneOf(name);
            if (timezone === undefined) {
                throw new SourceError({
                    what: `${settings.name}: the time zone of the counter, ${name}, is not known.`,
                    fix: 'choose another one in the settings of the counter',
                });
            }
            const counter = { id: settings.counter_id, timezone, partition: {} };
            return {
                ...planDays('sessions', [counter], cursor, settings, tools.clock.now(), days),
                lookups: { timezone },
            };
        },
        ask: async (place) => {
            const { text, next } = await ask(place as unknown as Place);
            return { text, next: next as Json | undefined };
        },
        read: (text, given) => ({
            rows: sessionRows(text, lookups.parse(given).timezone),
        }),
    };

    return {
        feeds: [visits],
        test: async () => {
            const { id, name, time_zone_name: timezone } = await client.counter();
            return `counter ${id}${name ? `, ${name}` : ''}, ${timezone}`;
        },
    };
}
