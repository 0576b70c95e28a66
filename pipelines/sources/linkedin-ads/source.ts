import { SourceError } from '../../errors.ts';
import type { Connector, Feed, Tools } from '../api/connector.ts';
import { addDays, middleOf } from '../api/days.ts';
import { parsePage } from '../api/parse-page.ts';
import { planDays } from '../api/plan-days.ts';
import { createLinkedinAdsClient, type LinkedinAdsSettings } from './client.ts';
import { analytics, lookups, page } from './records.ts';
import { platform, spendRows } from './rows.ts';

interface Place {
    readonly account: string;
    readonly from: string;
    readonly to: string;
}

/**
 * Cost of campaigns by day and account. Days are those of UTC, whatever the account.
 * @param ceiling an answer holds no more rows than this, and does not say that there were more
 */
export function openLinkedinAds(
    settings: LinkedinAdsSettings,
    tools: Tools,
    ceiling = 15_000,
): Connector {
    const client = createLinkedinAdsClient(settings, tools);

    // One who may not read an account gets no rows and no error: the account itself has to answer.
    const readAccount = async (id: string) => {
        const { currency } = await client.account(id);
        if (currency) return { id, currency };
        throw new SourceError({
            what: `${settings.name}: account ${id} does not answer, so its days are not taken for empty.`,
            fix: 'check account_ids, and that the user who granted access has the role Viewer in the account',
        });
    };
    const readAccounts = () => Promise.all(settings.account_ids.map(readAccount));

    const spend: Feed = {
        name: 'ad_spend',
        streams: ['ad_spend'],
        isByDay: true,
        plan: async (cursor, days) => {
            const accounts = await readAccounts();
            const campaigns = await Promise.all(accounts.map(({ id }) => client.campaigns(id)));
            const zoned = accounts.map(({ id }) => ({
                id,
                timezone: 'UTC',
                partition: { platform, account_id: id },
            }));
            return {
                ...planDays('ad_spend', zoned, cursor, settings, tools.clock.now(), days),
                lookups: {
                    currencies: Object.fromEntries(
                        accounts.map(({ id, currency }) => [id, currency]),
                    ),
                    campaigns: Object.fromEntries(
                        campaigns.flat().map(({ id, name }) => [id, name ?? '']),
                    ),
                },
            };
        },
        ask: async (json) => {
            const { account, from, to } = json as unknown as Place;
            for (let last = to; ; last = middleOf({ from, to: last })) {
                const answer = await client.analytics(account, { from, to: last });
                const { elements } = parsePage(analytics, answer, settings.name);
                if (elements.length < ceiling) {
                    const next = { account, from: addDays(last, 1), to };
                    const text = JSON.stringify({ account, answer });
                    return { text, next: last < to ? next : undefined };
                }
                if (last > from) continue;
                throw new SourceError({
                    what: `${settings.name}: ${from} of account ${account} has ${elements.length} campaigns.`,
                    why: `LinkedIn answers with ${ceiling} rows at most, and leaves the others out`,
                    fix: 'tell the authors of Jointly: no account was known to have as many',
                });
            }
        },
        read: (text, given) => {
            const { account, answer } = parsePage(page, text, settings.name);
            const rows = parsePage(analytics, answer, settings.name);
            return { rows: spendRows(account, rows, lookups.parse(given)) };
        },
    };

    return {
        feeds: [spend],
        test: async () => {
            const found = await readAccounts();
            return found.map(({ id, currency }) => `account ${id}, ${currency}`).join('; ');
        },
    };
}
