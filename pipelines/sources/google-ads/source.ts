import { SourceError } from '../../errors.ts';
import type { Connector, Feed, Tools } from '../api/connector.ts';
import { byMonth, dayIn, daysToAsk } from '../api/days.ts';
import { parsePage } from '../api/parse-page.ts';
import { createGoogleAdsClient, type GoogleAdsSettings } from './client.ts';
import { accounts, campaignDays } from './records.ts';
import { platform, spendRows } from './rows.ts';

const accountQuery = 'SELECT customer.id, customer.currency_code, customer.time_zone FROM customer';

/** Days without cost are absent, and so are campaigns; the account was proven to answer. */
const spendQuery = (from: string, to: string) =>
    'SELECT customer.id, customer.currency_code, campaign.id, campaign.name, segments.date, ' +
    'metrics.cost_micros, metrics.impressions, metrics.clicks, metrics.conversions ' +
    `FROM campaign WHERE segments.date BETWEEN '${from}' AND '${to}'`;

/** Cost of campaigns by day and account. */
export function openGoogleAds(settings: GoogleAdsSettings, tools: Tools): Connector {
    const client = createGoogleAdsClient(settings, tools);
    const ids = settings.customer_ids.map((id) => id.replaceAll('-', ''));

    const readAccount = async (id: string) => {
        const text = await client.query(id, accountQuery);
        const [found] = parsePage(accounts, text, `${settings.name}, account ${id}`);
        if (found) return found.customer;
        throw new SourceError({
            what: `${settings.name}: account ${id} does not answer, so its days are not taken for empty.`,
            fix: 'check customer_ids and login_customer_id, and that the user may see the account',
        });
    };

    const spend: Feed = {
        name: 'ad_spend',
        streams: ['ad_spend'],
        plan: async (cursor) => {
            // Each account has its own day; all are asked for the days that are over everywhere.
            const found = await Promise.all(ids.map(readAccount));
            const today = found
                .map((one) => dayIn(one.timeZone, tools.clock.now()))
                .sort()[0] as string;
            const days = daysToAsk(cursor, today, {
                since: settings.since,
                reloadDays: settings.reload_days,
                deepReloadDays: settings.deep_reload_days,
                deepReloadEveryDays: settings.deep_reload_every_days,
            });
            if (days === undefined) return { slices: [] };
            return {
                cursor: days.to,
                slices: ids.flatMap((id) =>
                    byMonth(days).map(({ from, to }) => ({
                        name: `${id} ${from}`,
                        place: { id, from, to },
                    })),
                ),
                covered: ids.map((id) => ({
                    stream: 'ad_spend',
                    partition: { platform, account_id: id },
                    firstDay: days.from,
                    lastDay: days.to,
                })),
            };
        },
        ask: async (place) => {
            const { id, from, to } = place as Readonly<Record<string, string>>;
            const text = await client.query(id as string, spendQuery(from as string, to as string));
            return { text, next: undefined };
        },
        read: (text) => ({ rows: spendRows(parsePage(campaignDays, text, settings.name)) }),
    };

    return {
        feeds: [spend],
        test: async () => {
            const found = await Promise.all(ids.map(readAccount));
            return found
                .map((one) => `account ${one.id}, ${one.currencyCode}, ${one.timeZone}`)
                .join('; ');
        },
    };
}
