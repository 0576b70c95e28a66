import { beforeAll, describe, expect, test } from 'vitest';
import { sample } from '../end-to-end/support/companies.ts';
import {
    exportKpis,
    exportMart,
    findKpi,
    type KpiRow,
    quartersOf,
} from '../end-to-end/support/exports.ts';
import {
    bigNumber,
    browserFor,
    choose,
    type OpenSite,
    openSite,
    settled,
    tableRows,
} from './support/site.ts';
import { euros, percent, quarterLabel } from './support/written.ts';

const browser = await browserFor(sample);

/** Below it the share of leads that paid is chance: report_limits, fewest_qualified_leads. */
const fewestQualified = 30;
/** Days after which a rejected lead is counted and no longer queued: quality_terms, shown_for. */
const shownForDays = 90;

describe.skipIf(!browser)('lead quality and audits on the pages equal the marts', () => {
    let site: OpenSite;
    let kpis: readonly KpiRow[];
    let quarters: readonly string[];

    beforeAll(async () => {
        site = await openSite(sample);
        kpis = await exportKpis(sample, '--period=quarter');
        quarters = quartersOf(kpis);
    });

    const company = (kpi: string, start = quarters[0] ?? '') =>
        findKpi(kpis, kpi, 'company company', start);

    test('every version of the rules, and the latest that can be judged on the cards', async () => {
        const versions = (await exportMart(sample, 'fct_qualification_quality'))
            .filter((row) => row.period_type === 'version')
            .toSorted((one, other) => Number(other.rule_version) - Number(one.rule_version));
        expect(versions.length).toBeGreaterThan(3);
        const { page } = await site.read('/marketing/lead-quality');
        const rows = await tableRows(page, 'Version');
        const rate = (value: unknown) => (value === null ? 'n/a' : percent(String(value)));
        expect(
            rows.map(({ Version, Precision, Recall, ...row }) => [
                Version?.split(',')[0],
                row['Leads evaluated'],
                Precision,
                Recall,
            ]),
        ).toEqual(
            versions.map((row) => [
                `Version ${row.rule_version}`,
                Number(row.judged_leads ?? 0).toLocaleString('en-US'),
                rate(row.precision_rate),
                rate(row.recall_rate),
            ]),
        );
        expect(
            rows.filter((row) => row.Status?.startsWith('can be evaluated from')).length,
        ).toBeGreaterThan(0);

        const rated = versions.filter((row) => Number(row.qualified_leads) >= fewestQualified);
        const latest = rated[0];
        const label = `, version ${latest?.rule_version}`;
        const number = (name: string) => bigNumber(page, name + label).innerText();
        expect(await number('Precision')).toBe(percent(String(latest?.precision_rate), 1));
        expect(await number('Recall')).toBe(percent(String(latest?.recall_rate), 1));
        expect(await number('Lift')).toBe(Number(latest?.lift).toFixed(2));
        expect(await page.locator('.answer').innerText()).toContain(
            `Version ${latest?.rule_version}`,
        );
    });

    test('what sales said of its leads, for each person and for all', async () => {
        const people = await exportMart(sample, 'dim_people');
        const { page } = await site.read('/marketing/lead-quality');
        const rows = await tableRows(page, 'Person');
        expect(rows.length).toBeGreaterThan(3);
        for (const row of rows) {
            const person = people.find((one) => one.person_name === row.Person);
            const scope = person ? `person ${person.person_id}` : 'company company';
            const kpi = findKpi(kpis, 'feedback_completeness', scope, quarters[0] ?? '');
            expect(row['Feedback due'], scope).toBe(
                Number(kpi.denominator).toLocaleString('en-US'),
            );
            expect(row.Given, scope).toBe(percent(kpi.value));
        }
        expect(await bigNumber(page, 'Feedback completeness').innerText()).toBe(
            percent(company('feedback_completeness').value, 1),
        );
    });

    test('the audit queue: who waits, the most valuable first', async () => {
        const values = new Map(
            (await exportMart(sample, 'fct_lead_scores'))
                .filter((row) => row.rule_set === 'tier')
                .map((row) => [row.lead_id, Number(row.points)]),
        );
        const waiting = (await exportMart(sample, 'fct_audit_queue')).filter(
            (row) =>
                row.audit_id === null &&
                (row.is_overdue !== true || Number(row.waiting_days) <= shownForDays),
        );
        const leads = [...new Set(waiting.map((row) => String(row.lead_id)))];
        const { page } = await site.read('/qa');
        expect(await bigNumber(page, 'Waiting').innerText()).toBe(String(leads.length));
        const overdue = new Set(
            waiting.filter((row) => row.is_overdue === true).map((row) => row.lead_id),
        );
        expect(await bigNumber(page, 'Overdue').innerText()).toBe(String(overdue.size));
        const shown = leads.length === 0 ? [] : await tableRows(page, 'Lead');
        expect(shown.map((row) => row.Lead).toSorted()).toEqual(leads.toSorted());
        const worth = shown.map((row) => values.get(row.Lead ?? '') ?? 0);
        expect(worth).toEqual(worth.toSorted((one, other) => other - one));
    });

    test('what audits found and brought, in the quarter a reader chooses', async () => {
        const opened = await site.open('/qa');
        const audited = quarters.filter(
            (start) => Number(company('rejection_overturn_rate', start).denominator) > 0,
        );
        const now = company('rejection_overturn_rate');
        const other = audited.find(
            (start) => company('rejection_overturn_rate', start).value !== now.value,
        );
        if (other === undefined) throw new Error('every quarter has the same overturn rate');
        const rate = bigNumber(opened.page, 'Rejection overturn rate');
        expect(await rate.innerText()).toBe(percent(now.value, 1));
        await choose(opened.page, 'Period', quarterLabel(other));
        const then = company('rejection_overturn_rate', other);
        await settled(() => rate.innerText()).toBe(percent(then.value, 1));
        const overturned = async () =>
            (await tableRows(opened.page, 'Rejection reason')).at(-1)?.Overturned;
        await settled(overturned).toBe(`${Number(then.numerator)} of ${Number(then.denominator)}`);
        const reclaimed = bigNumber(opened.page, 'Reclaimed revenue');
        await settled(() => reclaimed.innerText()).toBe(
            euros(company('reclaimed_revenue', other).value),
        );

        // Recovered deals add up to the reclaimed revenue of their period.
        const paid = quarters.find(
            (start) => Number(company('reclaimed_revenue', start).value) > 0,
        );
        if (paid === undefined) throw new Error('no quarter brought money back');
        await choose(opened.page, 'Period', quarterLabel(paid));
        const sum = euros(company('reclaimed_revenue', paid).value);
        await settled(() => reclaimed.innerText()).toBe(sum);
        const recovered = async () =>
            (await tableRows(opened.page, 'Deal')).map((row) => row['Recovered revenue']);
        await settled(async () => (await recovered()).at(-1)).toBe(sum);
        expect((await recovered()).length).toBeGreaterThan(1);
        expect(opened.trouble).toEqual([]);
    });

    test('the acceptance rate of the quarter a reader chooses on /marketing/lead-quality', async () => {
        const opened = await site.open('/marketing/lead-quality');
        const number = bigNumber(opened.page, 'Lead acceptance rate');
        const rate = (start?: string) => percent(company('lead_acceptance_rate', start).value, 1);
        expect(await number.innerText()).toBe(rate());
        expect(rate('2024-07-01')).not.toBe(rate());
        await choose(opened.page, 'Period', '2024 Q3');
        await settled(() => number.innerText()).toBe(rate('2024-07-01'));
        expect(opened.trouble).toEqual([]);
    });
});
