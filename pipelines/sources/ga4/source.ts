import { SourceError } from '../../errors.ts';
import type { Connector, Feed, Tools } from '../api/connector.ts';
import { addDays, dayIn } from '../api/days.ts';
import { parsePage } from '../api/parse-page.ts';
import { planDays } from '../api/plan-days.ts';
import { createGa4Client, type Ga4Settings, rowLimit } from './client.ts';
import { report } from './records.ts';
import { visitRows } from './rows.ts';

interface Place {
    readonly from: string;
    readonly to: string;
    readonly offset?: number;
    /** Day and channel of the first row of the page before. */
    readonly first?: string;
}

/** Longer than this nobody waits for rows that are announced. */
const longestPauseMs = 60_000;

/** Visits by day and channel: the Data API knows no single visit. */
export function openGa4(settings: Ga4Settings, tools: Tools): Connector {
    const client = createGa4Client(settings, tools);
    const read = (text: string) => parsePage(report, text, settings.name);

    /** A report that comes, be it empty, proves that the property can be read, and says its zone. */
    const readZone = async () => {
        const yesterday = addDays(dayIn('UTC', tools.clock.now()), -1);
        return read(await client.report({ from: yesterday, to: yesterday }, 0)).metadata.timeZone;
    };

    /** A page with rows. Where fewer come than are announced, it is asked for until as many come again. */
    const readPage = async ({ from, to, offset = 0 }: Place): Promise<string> => {
        let before = 0;
        for (let pause = 1000; ; pause *= 4) {
            const text = await client.report({ from, to }, offset);
            const { rows, rowCount } = read(text);
            const isShort = offset + rows.length < rowCount && rows.length < rowLimit;
            if (!isShort || (rows.length > 0 && (offset > 0 || rows.length === before)))
                return text;
            before = rows.length;
            if (pause > longestPauseMs) {
                throw new SourceError({
                    what: `${settings.name}: Google Analytics says ${rowCount} rows and gives ${offset}.`,
                    why: `days ${from} to ${to}`,
                    fix: 'run again later; what was landed is kept, and the rest is asked for',
                });
            }
            await tools.clock.sleep(pause);
        }
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
        ask: async (json) => {
            const { from, to, offset = 0, first } = json as unknown as Place;
            const text = await readPage({ from, to, offset });
            const { rows, rowCount, metadata } = read(text);
            const begin = JSON.stringify(rows[0]?.dimensionValues ?? []);
            if (begin === first) {
                throw new SourceError({
                    what: `${settings.name}: Google Analytics gives the same rows from row ${offset} on as before.`,
                    why: `days ${from} to ${to}: they would be counted twice`,
                    fix: 'run again; when it stays so, report it with these lines',
                });
            }
            if (metadata.dataLossFromOtherRow || metadata.subjectToThresholding) {
                tools.onNote(
                    'Google Analytics has left out or lumped together some rows of small groups: counts may be too low',
                );
            }
            const known = offset + rows.length;
            const next = { from, to, offset: known, first: begin };
            return { text, next: known < rowCount ? next : undefined };
        },
        read: (text) => ({ rows: visitRows(read(text), settings.site) }),
    };

    return {
        feeds: [visits],
        test: async () =>
            `property ${settings.property_id} can be read; its days are those of ${await readZone()}`,
    };
}
