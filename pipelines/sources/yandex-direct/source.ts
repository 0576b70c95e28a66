import { SourceError } from '../../errors.ts';
import type { Connector, Feed, Tools } from '../api/connector.ts';
import { parsePage } from '../api/parse-page.ts';
import { planDays } from '../api/plan-days.ts';
import { createYandexDirectClient, type ReportOrder, type YandexDirectSettings } from './client.ts';
import { page } from './records.ts';
import { platform, spendRows } from './rows.ts';

/** Reports count days in Moscow, whatever the zone of the account. */
const timezone = 'Europe/Moscow';

/** Cost of campaigns by day and account, over reports that may take their time. */
export function openYandexDirect(settings: YandexDirectSettings, tools: Tools): Connector {
    const client = createYandexDirectClient(settings, tools);
    const logins = settings.client_logins ?? [undefined];
    const currencies = new Map<string, string>();

    const readClients = async () => {
        const found = await Promise.all(logins.map((login) => client.client(login)));
        for (const { login, currency } of found) {
            if (login === '' || currency === '') {
                throw new SourceError({
                    what: `${settings.name}: the account ${login} does not answer, so its days are not taken for empty.`,
                    fix: 'check client_logins, and that the user of the token may see the account',
                });
            }
            currencies.set(login, currency);
        }
        return found;
    };

    const spend: Feed = {
        name: 'ad_spend',
        streams: ['ad_spend'],
        isByDay: true,
        plan: async (cursor, days) => {
            const accounts = (await readClients()).map(({ login }) => ({
                id: login,
                timezone,
                partition: { platform, account_id: login },
            }));
            return planDays('ad_spend', accounts, cursor, settings, tools.clock.now(), days);
        },
        ask: async (place) => {
            const order = place as unknown as ReportOrder;
            if (!currencies.has(order.account)) await readClients();
            const report = await client.report(order);
            const currency = currencies.get(order.account) ?? '';
            const text = JSON.stringify({ login: order.account, currency, report });
            return { text, next: undefined };
        },
        read: (text) => ({ rows: spendRows(parsePage(page, text, settings.name)) }),
    };

    return {
        feeds: [spend],
        test: async () => {
            const found = await readClients();
            return found.map(({ login, currency }) => `account ${login}, ${currency}`).join('; ');
        },
    };
}
