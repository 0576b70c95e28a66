import { SourceError } from '../../errors.ts';
import type { Connector, Feed, Tools } from '../api/connector.ts';
import { parsePage } from '../api/parse-page.ts';
import { planDays } from '../api/plan-days.ts';
import { createMicrosoftAdsClient, type MicrosoftAdsSettings, type ReportOrder } from './client.ts';
import { page } from './records.ts';
import { platform, spendRows } from './rows.ts';
import { ianaZone } from './time-zones.ts';

/** Cost of campaigns by day and account, over reports that the platform makes in its own time. */
export function openMicrosoftAds(settings: MicrosoftAdsSettings, tools: Tools): Connector {
    const client = createMicrosoftAdsClient(settings, tools);

    const readAccount = async (id: string) => {
        const account = await client.account(id);
        if (account) return { ...account, Id: id };
        throw new SourceError({
            what: `${settings.name}: account ${id} does not answer, so its days are not taken for empty.`,
            fix: 'check account_ids and customer_id, and that the user who granted access may see the account',
        });
    };
    const readAccounts = () => Promise.all(settings.account_ids.map(readAccount));

    const spend: Feed = {
        name: 'ad_spend',
        streams: ['ad_spend'],
        isByDay: true,
        plan: async (cursor, days) => {
            const accounts = (await readAccounts()).map(({ Id, TimeZone }) => ({
                id: Id,
                timezone: ianaZone(TimeZone),
                partition: { platform, account_id: Id },
            }));
            return planDays('ad_spend', accounts, cursor, settings, tools.clock.now(), days);
        },
        ask: async (place) => {
            const report = await client.report(place as unknown as ReportOrder);
            return { text: JSON.stringify({ report }), next: undefined };
        },
        read: (text) => ({ rows: spendRows(parsePage(page, text, settings.name).report) }),
    };

    return {
        feeds: [spend],
        test: async () => {
            const found = await readAccounts();
            return found
                .map((one) => `account ${one.Id}, ${one.CurrencyCode}, ${ianaZone(one.TimeZone)}`)
                .join('; ');
        },
    };
}
