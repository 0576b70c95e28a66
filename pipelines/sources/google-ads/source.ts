import { SourceError } from '../../errors.ts';
import type { Connector, Feed, Tools } from '../api/connector.ts';
import { parsePage } from '../api/parse-page.ts';
import { planDays } from '../api/plan-days.ts';
import { createGoogleAdsClient, type GoogleAdsSettings } from './client.ts';
import { accounts, campaignDays } from './records.ts';
import { platform, spendRows } from './rows.ts';

const accountQuery = 'SELECT customer.id, customer.currency_code, customer.time_zone FROM customer';

/** Days without cost are absent, and so are campaigns; the account was proven to answer. */
const spendQuery = (from: string, to: string) =>
    'SELECT customer.id, customer.currency_code, campaign.id, campaign.name, segments.date, ' +
    'metrics.cost_micros, metrics.impressions, metrics.clicks, metrics.conversions ' +
    `FROM campaign WHERE segments.date BETWEEN '${from}' AND '${to}'`;

interface Place {
    readonly account: string;
    readonly from: string;
    readonly to: string;
}

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
        isByDay: true,
        plan: async (cursor, days) => {
            const found = await Promise.all(ids.map(readAccount));
            const accounts = found.map(({ id, timeZone }) => ({
                id,
                timezone: timeZone,
                partition: { platform, account_id: id },
            }));
            return planDays('ad_spend', accounts, cursor, settings, tools.clock.now(), days);
        },
        ask: async (place) => {
            const { account, from, to } = place as unknown as Place;
            const text = await client.query(account, spendQuery(from, to));
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
