import { beforeAll, describe, expect, test } from 'vitest';
import { sample } from '../end-to-end/support/companies.ts';
import {
    exportKpis,
    exportMart,
    findKpi,
    type KpiRow,
    quartersOf,
} from '../end-to-end/support/exports.ts';
import { runJointly } from '../end-to-end/support/jointly.ts';
import { bigNumber, browserFor, type OpenSite, openSite, tableRows } from './support/site.ts';
import { cents, euros, percent, quarterLabel, shownAttainment } from './support/written.ts';

const browser = await browserFor(sample);

describe.skipIf(!browser)('numbers on the pages equal the exported ones', () => {
    let site: OpenSite;
    let kpis: readonly KpiRow[];
    let quarters: readonly string[];

    beforeAll(async () => {
        site = await openSite(sample);
        kpis = await exportKpis(sample, '--period=quarter');
        quarters = quartersOf(kpis);
    });

    const latest = () => quarters[0] ?? '';
    const find = (kpi: string, scope: string, start = latest()) => findKpi(kpis, kpi, scope, start);
    const company = (kpi: string, start?: string) => find(kpi, 'company company', start).value;

    test.each(['/', '/leadership', '/marketing'])('collected revenue on %s', async (path) => {
        const { page } = await site.read(path);
        const shown = await bigNumber(page, 'Collected revenue').innerText();
        expect(shown).toBe(euros(company('collected_revenue')));
        expect(await bigNumber(page, 'Ad spend').innerText()).toBe(euros(company('spend')));
    });

    test.each(['/', '/leadership'])('the change since a year before, on %s', async (path) => {
        const before = `${Number(latest().slice(0, 4)) - 1}${latest().slice(4)}`;
        const [year, quarter] = quarterLabel(before).split(' ');
        const [now, then] = [latest(), before].map((start) =>
            Number(company('collected_revenue', start)),
        ) as [number, number];
        const change = (now - then) / then;
        const { page } = await site.read(path);
        const card = page.locator('.kpi-card', { hasText: 'Collected revenue' });
        expect(await card.innerText()).toContain(
            `${change > 0 ? '+' : ''}${percent(String(change), 1)} vs ${quarter} ${year}`,
        );
    });

    test('every quarter of the first page, side by side', async () => {
        const { page } = await site.read('/');
        const rows = await tableRows(page, 'Quarter');
        expect(rows).toEqual(
            quarters.map((start) => ({
                Quarter: quarterLabel(start),
                Marketing: shownAttainment(find('leads', 'department marketing', start).attainment),
                Sales: shownAttainment(
                    find('booked_revenue', 'department sales', start).attainment,
                ),
                Company: shownAttainment(
                    find('collected_revenue', 'company company', start).attainment,
                ),
                Status: expect.stringMatching(
                    company('both_green_company_red', start) === '1'
                        ? /^Both green, company red$/
                        : /^(?!Both green)./,
                ),
                'Leads ignored': percent(company('ignored_lead_rate', start)),
                'Spent on them': euros(company('wasted_spend', start)),
                Collected: euros(company('collected_revenue', start)),
            })),
        );
    });

    test('the channel table of /marketing, and its total', async () => {
        const labels = await exportMart(sample, 'dim_channels');
        const ids = new Map(
            labels.map((row) => [String(row.channel_label), `channel ${row.channel_id}`]),
        );
        ids.set('Total', 'company company').set('Unattributed', 'channel unattributed');
        const { page } = await site.read('/marketing');
        const rows = await tableRows(page, 'Channel');
        expect(rows.map((row) => row.Channel)).toContain('Paid search');
        expect(rows.at(-1)?.Channel).toBe('Total');
        for (const row of rows) {
            const scope = ids.get(row.Channel ?? '') ?? `unknown channel ${row.Channel}`;
            expect(row.Collected, scope).toBe(euros(shownValue('collected_revenue', scope)));
            expect(row['Ad spend'], scope).toBe(euros(shownValue('spend', scope)));
            expect(row.Leads, scope).toBe(shownValue('leads', scope));
            expect(row.ROAS, scope).toBe(shownRatio('roas', scope, cents));
            expect(row['Cost per lead'], scope).toBe(shownRatio('cost_per_lead', scope, euros));
            expect(row['Cost per won deal'], scope).toBe(shownRatio('cost_per_won', scope, euros));
        }
    });

    const rowOf = (kpi: string, scope: string) =>
        kpis.find(
            (row) =>
                row.kpi === kpi &&
                `${row.scope_type} ${row.scope_id}` === scope &&
                row.period_start === latest(),
        );

    /** Nothing spent is no cheap lead: a ratio that lacks its cost or its result is not known. */
    function shownRatio(kpi: string, scope: string, write: (value: string) => string): string {
        const value = rowOf(kpi, scope)?.value ?? null;
        return value === null ? '–' : write(value);
    }

    /** A rest without a channel has a row in the marts only where there is something in it. */
    function shownValue(kpi: string, scope: string): string | null {
        const isKnown = rowOf(kpi, scope) !== undefined;
        return scope === 'channel unattributed' && !isKnown ? '0' : find(kpi, scope).value;
    }

    test('what sales answered in time, for all and for each person', async () => {
        const people = await exportMart(sample, 'dim_people');
        const { page } = await site.read('/sales');
        const shown = await bigNumber(page, 'SLA compliance (sales)').innerText();
        expect(shown).toBe(percent(find('sla_compliance', 'department sales').value, 1));
        const rows = (await tableRows(page, 'Person')).filter((row) => 'Answered in time' in row);
        expect(rows.length).toBeGreaterThan(3);
        for (const row of rows) {
            const person = people.find((one) => one.person_name === row.Person);
            const scope = person ? `person ${person.person_id}` : 'department sales';
            const { value } = find('sla_compliance', scope);
            expect(row['Answered in time'], scope).toBe(value === null ? '–' : percent(value));
        }
    });

    test('the rows and rejects of every source on /data-health', async () => {
        const { stdout } = await runJointly(sample, 'status', '--json');
        const { streams: all } = JSON.parse(stdout) as { streams: Record<string, unknown>[] };
        const streams = all.filter((one) => one.is_connected === true);
        const { page } = await site.read('/data-health');
        const rows = await tableRows(page, 'Source');
        const sorted = (values: unknown[]) => values.map(Number).toSorted((a, b) => a - b);
        const shown = (column: string) =>
            sorted(rows.map((row) => row[column]?.replaceAll(',', '')));
        expect(rows).toHaveLength(14);
        expect(shown('Rows')).toEqual(sorted(streams.map((one) => one.row_count)));
        expect(shown('Rejected')).toEqual(sorted(streams.map((one) => one.rejected_rows)));
    });

    test('the definition of every exported KPI on /definitions', async () => {
        const names = new Set((await exportKpis(sample)).map((row) => row.kpi));
        const catalogue = await exportMart(sample, 'rpt_definitions');
        expect(new Set(catalogue.map((row) => row.kpi))).toEqual(names);
        const { page } = await site.read('/definitions');
        const text = await page.locator('main').innerText();
        for (const row of catalogue) expect(text).toContain(String(row.definition));
    });
});
