import { beforeAll, describe, expect, test } from 'vitest';
import { sample } from '../end-to-end/support/companies.ts';
import { exportKpis, exportMart, type KpiRow, quartersOf } from '../end-to-end/support/exports.ts';
import {
    bigNumber,
    browserFor,
    choose,
    type OpenSite,
    openSite,
    type ShownCard,
    settled,
    shownCards,
    tableRows,
} from './support/site.ts';
import { euros, quarterLabel, shownAttainment } from './support/written.ts';

const browser = await browserFor(sample);
const pages = ['/', '/leadership', '/marketing', '/sales', '/qa', '/marketing/lead-quality'];

describe.skipIf(!browser)('one KPI, scope, period and model is one number', () => {
    let site: OpenSite;
    let quarter: string;
    let kpis: readonly KpiRow[];
    let kpiOf: ReadonlyMap<string, string>;

    beforeAll(async () => {
        site = await openSite(sample);
        const rows = await exportKpis(sample, '--period=quarter');
        quarter = quartersOf(rows)[0] ?? '';
        kpis = rows.filter((row) => row.period_start === quarter);
        const definitions = await exportMart(sample, 'rpt_definitions');
        kpiOf = new Map(definitions.map((row) => [String(row.kpi_label), String(row.kpi)]));
    });

    /** "ROAS" is the company's, "ROAS of marketing" the department's. */
    function scopeOf(label: string): readonly [string | undefined, string] {
        const [, name, department] = /^(.*) of (marketing|sales)$/.exec(label) ?? [];
        return name === undefined || department === undefined
            ? [kpiOf.get(label), 'company']
            : [kpiOf.get(name), department];
    }

    test('under the same label on every page, as exported', async () => {
        const seen = new Map<string, ShownCard>();
        for (const path of pages) {
            const { page } = await site.read(path);
            for (const card of await shownCards(page)) {
                const [kpi, scope] = scopeOf(card.label);
                if (kpi === undefined) continue;
                expect.soft(card, `${card.label} on ${path}`).toEqual(seen.get(card.label) ?? card);
                seen.set(card.label, card);
                const row = kpis.find((one) => one.kpi === kpi && one.scope_id === scope);
                expect.soft(shownAs(card.value, row?.value), `${card.label} on ${path}`).toBe(true);
            }
        }
        expect(seen.size).toBeGreaterThan(12);
        expect([...seen.keys()]).toEqual(expect.arrayContaining(['ROAS', 'ROAS of marketing']));
    });

    test('and stands beside no target but that of its own scope', async () => {
        let compared = 0;
        for (const path of pages) {
            const { page } = await site.read(path);
            for (const { label, value, target, attainment } of await shownCards(page)) {
                const [kpi] = scopeOf(label);
                if (kpi === undefined || target === null) continue;
                const own = kpis.filter(
                    (row) =>
                        row.kpi === kpi &&
                        (row.scope_type === 'company' || row.scope_type === 'department') &&
                        shownAs(value, row.value) &&
                        shownAs(target, row.target) &&
                        shownAttainment(row.attainment) === attainment,
                );
                expect.soft(own, `${label} ${value} against ${target} on ${path}`).not.toEqual([]);
                compared++;
            }
        }
        expect(compared).toBeGreaterThan(10);
    });

    test('and the cost of a won deal on /leadership is that of the total on /marketing', async () => {
        const marketing = await site.read('/marketing');
        const total = (await tableRows(marketing.page, 'Channel')).at(-1);
        const { page } = await site.read('/leadership');
        expect(await bigNumber(page, 'Cost per won deal').innerText()).toBe(
            total?.['Cost per won deal'],
        );
        expect(await bigNumber(page, 'ROAS').innerText()).toBe(total?.ROAS);
    });

    test('and a sentence on /marketing speaks of the model that is chosen', async () => {
        const { page } = await site.open('/marketing');
        await choose(page, 'Attribution model', 'First touch');
        const answer = page.locator('.answer');
        await settled(() => answer.innerText()).toContain('(First touch attribution)');
        const first = async () => (await tableRows(page, 'Channel'))[0];
        const leader = (await exportMart(sample, 'rpt_channel_results'))
            .filter((row) => row.model === 'first' && row.range_id === rangeId())
            .filter((row) => !['unattributed', 'all'].includes(String(row.channel_id)))
            .toSorted((a, b) => Number(b.collected_amount) - Number(a.collected_amount))[0];
        const earned = euros(String(leader?.collected_amount));
        await settled(async () => (await first())?.Collected).toBe(earned);
        expect(await answer.innerText()).toContain(
            `${leader?.channel_label} earned the most: ${earned.slice(1)} EUR`,
        );

        // So does that of a channel.
        await page.getByRole('link', { name: 'Paid search' }).first().click();
        await settled(async () => new URL(page.url()).pathname).toBe('/marketing/paid_search/');
        await choose(page, 'Attribution model', 'Linear');
        await settled(() => answer.innerText()).toContain('(Linear attribution)');
        const won = bigNumber(page, 'Won deals');
        await settled(async () => {
            const told = /credited with ([\d,.]+) won/.exec(await answer.innerText())?.[1];
            return told === (await won.innerText());
        }).toBe(true);
    });

    test('nothing is said to be fine on /leadership while its risks still load', async () => {
        const risks = await exportMart(sample, 'rpt_risks');
        const other = risks.find(
            (row) => row.period_type === 'quarter' && row.period_start !== quarter,
        );
        const { page } = await site.open('/leadership');
        await page.evaluate(watchForNothing);
        await choose(page, 'Quarter', quarterLabel(String(other?.period_start)));
        await settled(() => page.locator('main').innerText()).toContain(String(other?.risk));
        expect(await page.evaluate('window.saidNothing')).toBe(false);
    });

    const rangeId = () => quarterLabel(quarter).toLowerCase().replace(' ', '-');
});

/** Remembers whether the page ever said that nothing threatens the result. */
const watchForNothing = `
    window.saidNothing = false;
    new MutationObserver(() => {
        window.saidNothing ||= document.querySelector('main').innerText.includes('None: every KPI');
    }).observe(document.querySelector('main'), { childList: true, subtree: true, characterData: true });
`;

/** Whether a number as a page writes it is the exported one, rounded to the decimals it has. */
function shownAs(text: string, exported: string | null | undefined): boolean {
    if (exported === null || exported === undefined) return text === 'n/a';
    const digits = text.replace(/[^\d.-]/g, '');
    const decimals = digits.split('.')[1]?.length ?? 0;
    const value = Number(exported) * (text.endsWith('%') ? 100 : 1);
    return Math.abs(Number(digits) - value) <= 0.5 * 10 ** -decimals + 1e-9;
}
