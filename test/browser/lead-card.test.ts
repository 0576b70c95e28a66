import { beforeAll, describe, expect, test } from 'vitest';
import { sample } from '../end-to-end/support/companies.ts';
import { exportMart, type MartRow } from '../end-to-end/support/exports.ts';
import { expectSoundPage } from './support/expect-sound-page.ts';
import { browserFor, type OpenSite, openSite, settled } from './support/site.ts';
import { exactEuros } from './support/written.ts';

const browser = await browserFor(sample);
const cardPath = (leadId: string) => `/sales/lead/?id=${encodeURIComponent(leadId)}`;

describe.skipIf(!browser)('the card of a lead', () => {
    let site: OpenSite;
    let cards: readonly MartRow[];
    let history: readonly MartRow[];
    beforeAll(async () => {
        site = await openSite(sample);
        cards = await exportMart(sample, 'rpt_lead_cards');
        history = await exportMart(sample, 'fct_lead_history');
    });

    const eventsOf = (leadId: string) =>
        history
            .filter((row) => row.lead_id === leadId)
            .toSorted((a, b) => Number(a.history_number) - Number(b.history_number));

    /** The lead with a card to which most happened: a client with payments. */
    const fullest = () =>
        cards
            .map((card) => String(card.lead_id))
            .filter((leadId) => eventsOf(leadId).some((row) => row.event_kind === 'payment'))
            .toSorted((a, b) => eventsOf(b).length - eventsOf(a).length)[0] ?? '';

    test('shows its whole history, as the mart does, through the last payment', async () => {
        const leadId = fullest();
        const opened = await site.open(cardPath(leadId));
        await settled(() => opened.page.locator('#card').innerText()).toBe(`Lead ${leadId}`);
        const events = opened.page.locator('ol li').filter({ has: opened.page.locator('time') });
        const shown = await events.evaluateAll((items) =>
            items.map((item) => ({
                title: item.querySelector('strong')?.textContent,
                amount: item.querySelector('b')?.textContent ?? null,
            })),
        );
        expect(shown).toEqual(
            eventsOf(leadId).map((row) => ({
                title: row.title,
                amount: row.amount === null ? null : exactEuros(String(row.amount)),
            })),
        );
        await expectSoundPage(opened);

        // And is a small file for a phone.
        const files = await opened.page.evaluate<[string, number][]>(
            `performance.getEntriesByType('resource').map((one) => [new URL(one.name).pathname, one.encodedBodySize])`,
        );
        const shards = files.filter(([path]) => path.startsWith('/data/leads/'));
        expect(shards).toHaveLength(1);
        expect(shards[0]?.[1]).toBeGreaterThan(0);
        expect(shards[0]?.[1]).toBeLessThan(30_000);
    });

    test('says who has it, what it is worth and what is next, without a name or an address', async () => {
        const leadId = fullest();
        const card = cards.find((row) => row.lead_id === leadId);
        const { page, trouble } = await site.read(cardPath(leadId));
        await settled(() => page.locator('#card').innerText()).toBe(`Lead ${leadId}`);
        const facts = Object.fromEntries(
            await page
                .locator('.groups dt')
                .evaluateAll((terms) =>
                    terms.map((term) => [term.textContent, term.nextElementSibling?.textContent]),
                ),
        );
        expect(facts).toMatchObject({
            Owner: card?.person_label,
            Channel: card?.channel_label,
            Tier: card?.tier_label ?? `n/a: ${card?.tier_reason}`,
            'Collected so far': exactEuros(String(card?.collected_amount)),
        });
        expect(await page.locator('.answer').innerText()).toContain(String(card?.next_step));
        const lead = (await exportMart(sample, 'dim_leads')).find((row) => row.lead_id === leadId);
        const text = await page.locator('main').innerText();
        for (const secret of [lead?.full_name, lead?.email]) {
            expect(secret).toBeTruthy();
            expect(text).not.toContain(String(secret));
        }
        expect(trouble).toEqual([]);
    });

    test('of a lead nobody knows says where its history is, and runs nothing it was given', async () => {
        const { page, trouble } = await site.open(cardPath('<img src=x onerror=alert(1)>'));
        const text = () => page.getByRole('status').innerText();
        await settled(text).toContain('<img src=x onerror=alert(1)> has no card here');
        expect(await text()).toContain('npx jointly export fct_lead_history');
        expect(trouble).toEqual([]);
    });

    test('is found by its number, and by a part of it', async () => {
        const leadId = fullest();
        const { page } = await site.open('/sales/lead/');
        await page.getByLabel('Find a lead').fill(leadId.slice(0, -1));
        await settled(() => page.getByRole('list', { name: 'Leads found' }).innerText()).toContain(
            leadId,
        );
        await page.getByLabel('Find a lead').fill(leadId.toLowerCase());
        await page.getByRole('button', { name: 'Open' }).click();
        await settled(() => page.locator('#card').innerText()).toBe(`Lead ${leadId}`);
        expect(new URL(page.url()).searchParams.get('id')).toBe(leadId);
    });

    test('exists for every lead the sales page names', async () => {
        const { page } = await site.read('/sales');
        const links = await page
            .locator('main a[href*="/sales/lead/?id="]')
            .evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''));
        expect(links.length).toBeGreaterThan(0);
        const known = new Set(cards.map((card) => card.lead_id));
        for (const link of links) {
            expect(known).toContain(new URL(link, site.url).searchParams.get('id'));
        }
    });
});
