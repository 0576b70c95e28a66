import type { Connector, Feed, Tools } from '../api/connector.ts';
import { addDays, middleOf } from '../api/days.ts';
import { parsePage } from '../api/parse-page.ts';
import { planDays } from '../api/plan-days.ts';
import { LostReport } from '../api/reports.ts';
import { createMetaAdsClient, type MetaAdsSettings } from './client.ts';
import { insights } from './records.ts';
import { platform, spendRows } from './rows.ts';

interface Place {
    readonly account: string;
    readonly from: string;
    readonly to: string;
    /** Set from the second page on: the report, and the last of its days. */
    readonly report?: string;
    readonly last?: string;
    readonly after?: string;
}

/** Cost of campaigns by day and account, over reports that the platform makes in its own time. */
export function openMetaAds(settings: MetaAdsSettings, tools: Tools): Connector {
    const client = createMetaAdsClient(settings, tools);
    const ids = settings.account_ids.map((id) => id.replace(/^act_/, ''));
    // The account answers with its currency and zone: proof that it can be read.
    const readAccounts = () => Promise.all(ids.map((id) => client.account(id)));

    /** A report of as many of the days as the platform can make one of: of a large account it gives up. */
    const awaitReport = async ({ account, from, to }: Place) => {
        for (let last = to; ; last = middleOf({ from, to: last })) {
            try {
                return { report: await client.awaitReport({ account, from, to: last }), last };
            } catch (error) {
                if (!(error instanceof LostReport) || last === from) throw error;
            }
        }
    };

    const spend: Feed = {
        name: 'ad_spend',
        streams: ['ad_spend'],
        isByDay: true,
        plan: async (cursor, days) => {
            const found = await readAccounts();
            const accounts = found.map((one) => ({
                id: one.account_id,
                timezone: one.timezone_name,
                partition: { platform, account_id: one.account_id },
            }));
            return planDays('ad_spend', accounts, cursor, settings, tools.clock.now(), days);
        },
        ask: async (json) => {
            const place = json as unknown as Place;
            const { account, from, to } = place;
            const { report, last } =
                place.report !== undefined && place.last !== undefined
                    ? { report: place.report, last: place.last }
                    : await awaitReport(place);
            const text = await client.page(report, place.after);
            const { paging } = parsePage(insights, text, settings.name);
            const after = paging?.cursors?.after;
            if (paging?.next !== undefined && after !== undefined) {
                return { text, next: { account, from, to, report, last, after } };
            }
            client.forgetReport({ account, from, to: last });
            const next = { account, from: addDays(last, 1), to };
            return { text, next: last < to ? next : undefined };
        },
        read: (text) => ({
            rows: spendRows(parsePage(insights, text, settings.name), settings.conversion_action),
        }),
    };

    return {
        feeds: [spend],
        test: async () => {
            const found = await readAccounts();
            return found
                .map((one) => `account ${one.account_id}, ${one.currency}, ${one.timezone_name}`)
                .join('; ');
        },
    };
}
