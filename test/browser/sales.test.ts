import { beforeAll, describe, expect, test } from 'vitest';
import { sample } from '../end-to-end/support/companies.ts';
import {
    exportKpis,
    exportMart,
    findKpi,
    type MartRow,
    quartersOf,
} from '../end-to-end/support/exports.ts';
import { browserFor, type OpenSite, openSite, settled, tableRows } from './support/site.ts';
import { euros, percent, quarterLabel } from './support/written.ts';

const browser = await browserFor(sample);

describe.skipIf(!browser)('the sales page', () => {
    let site: OpenSite;
    let latest: string;
    beforeAll(async () => {
        site = await openSite(sample);
        latest = quartersOf(await exportKpis(sample, '--period=quarter'))[0] ?? '';
    });

    const isInQuarter = (day: unknown) =>
        quarterLabel(`${String(day).slice(0, 5)}${quarterMonth(String(day))}-01`) ===
        quarterLabel(latest);

    test('counts what the departments owed each other as the facts do', async () => {
        const obligations = (await exportMart(sample, 'fct_sla_obligations')).filter((row) =>
            isInQuarter(row.started_date),
        );
        const count = (rows: readonly MartRow[], status: string) =>
            String(rows.filter((row) => row.status === status).length);
        const { page } = await site.read('/sales');
        const shown = await tableRows(page, 'Who owes');
        const kinds = [
            ['marketing', 'lead_supply'],
            ['marketing', 'internal_request'],
            ['sales', 'first_response'],
            ['sales', 'feedback'],
            ['sales', 'internal_request'],
        ];
        expect(shown).toHaveLength(kinds.length);
        for (const [index, [department, kind]] of kinds.entries()) {
            const owed = obligations.filter(
                (row) => row.owing_department_id === department && row.obligation_kind === kind,
            );
            expect(shown[index], `${department} ${kind}`).toMatchObject({
                Met: count(owed, 'met'),
                Late: count(owed, 'late'),
                Missed: count(owed, 'breached'),
                Due: String(owed.filter((row) => row.is_due === true).length),
            });
        }
    });

    test('and its shares equal the KPIs', async () => {
        const kpis = await exportKpis(sample, '--period=quarter');
        const { page } = await site.read('/sales');
        const shown = await tableRows(page, 'Who owes');
        const share = (what: string) => shown.find((row) => row.What === what)?.['Share met'];
        for (const [what, kpi, department] of [
            ['First response to a lead', 'sla_compliance', 'sales'],
            ['Answers to requests from marketing', 'request_compliance', 'sales'],
            ['Answers to requests from sales', 'request_compliance', 'marketing'],
        ] as const) {
            const { value } = findKpi(kpis, kpi, `department ${department}`, latest);
            expect(share(what), what).toBe(value === null ? 'n/a' : percent(value));
        }
    });

    test('gives every lost deal of the quarter to a side, and disputes beside it', async () => {
        const lost = (await exportMart(sample, 'fct_lost_deals')).filter((row) =>
            isInQuarter(row.closed_date),
        );
        const { page } = await site.read('/sales');
        const shown = await tableRows(page, 'Responsible');
        const sides = ['marketing', 'sales', 'product', 'nobody', null];
        const labels = ['Marketing', 'Sales', 'Product and price', 'Nobody', 'Not known'];
        const expected = sides.flatMap((side, index) => {
            const deals = lost.filter((row) => row.responsible_side === side);
            const sum = deals.reduce((total, row) => total + Number(row.amount), 0);
            const disputed = deals.filter((row) => row.is_disputed === true).length;
            return deals.length === 0
                ? []
                : [[labels[index], String(deals.length), euros(String(sum)), String(disputed)]];
        });
        expect(shown.map((row) => [row.Responsible, row.Deals, row.Amount, row.Disputed])).toEqual(
            expected,
        );
    });

    test('puts the better tier first, in it the hotter lead', async () => {
        const scores = await exportMart(sample, 'fct_lead_scores');
        const order = (lead: string, ruleSet: string) =>
            Number(
                scores.find((row) => row.lead_id === lead && row.rule_set === ruleSet)
                    ?.work_order ?? Number.MAX_SAFE_INTEGER,
            );
        const { page } = await site.read('/sales');
        const leads = (await tableRows(page, 'Lead')).map((row) => row.Lead ?? '');
        expect(leads.length).toBeGreaterThan(0);
        const keys = leads.map((lead) => [order(lead, 'tier'), order(lead, 'heat')] as const);
        expect(keys).toEqual(keys.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]));
    });

    test('folds a long list on a phone until all of it is asked for', async () => {
        const { page } = await site.open('/sales/lead');
        const list = page.locator('.frame', { hasText: 'Days ago' });
        const rows = list.locator('tbody tr');
        const visible = async () =>
            (await Promise.all((await rows.all()).map((row) => row.isVisible()))).filter(Boolean)
                .length;
        const all = await rows.count();
        expect(all).toBeGreaterThan(7);
        expect(await visible()).toBe(all);
        await page.setViewportSize({ width: 390, height: 900 });
        await settled(visible).toBe(5);
        await list.getByRole('button', { name: `Show all ${all}` }).click();
        await settled(visible).toBe(all);
    });
});

/** First month of the quarter of a day, as two digits. */
function quarterMonth(day: string): string {
    const month = Number(day.slice(5, 7));
    return String(month - ((month - 1) % 3)).padStart(2, '0');
}
