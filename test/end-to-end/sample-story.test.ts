import { beforeAll, describe, expect, test } from 'vitest';
import { built } from './support/built.ts';
import { sample } from './support/companies.ts';
import { exportKpis, findKpi, type KpiRow } from './support/exports.ts';

/** The day the joint plan of the sample company starts. */
const planStart = '2025-07-01';

let rows: readonly KpiRow[];
let before: readonly string[];
let after: readonly string[];

beforeAll(async () => {
    await built(sample);
    rows = await exportKpis(sample, '--period=quarter');
    const quarters = [...new Set(rows.map((row) => row.period_start))].toSorted();
    before = quarters.filter((quarter) => quarter < planStart);
    after = quarters.filter((quarter) => quarter >= planStart);
});

const attainment = (kpi: string, scope: string, quarter: string) =>
    Number(findKpi(rows, kpi, scope, quarter).attainment);

const isBothGreenCompanyRed = (quarter: string) =>
    attainment('leads', 'department marketing', quarter) >= 1 &&
    attainment('won_deals', 'department sales', quarter) >= 1 &&
    attainment('booked_revenue', 'department sales', quarter) >= 1 &&
    attainment('collected_revenue', 'company company', quarter) < 1;

describe('the story of the sample company in its KPIs', () => {
    test('before the joint plan both departments are green and the company is red', () => {
        expect(before.filter(isBothGreenCompanyRed).length).toBeGreaterThanOrEqual(3);
    });

    test('the flag is raised in exactly those quarters, with the numbers behind it', () => {
        for (const quarter of [...before, ...after]) {
            const flag = findKpi(rows, 'both_green_company_red', 'company company', quarter);
            // The flag looks at leads and booked revenue; won deals are green beside them.
            expect(flag.value, quarter).toBe(isBothGreenCompanyRed(quarter) ? '1' : '0');
            if (flag.value === '1') {
                expect(flag.reason).toMatch(
                    /^marketing 1\d\d%, sales 1\d\d%, company \d\d%; \d+% of assigned leads ignored, [\d,]+ EUR spent on them$/,
                );
            }
        }
    });

    test('no quarter but the last can still change', () => {
        const changing = rows
            .filter((row) => row.scope_type === 'company' && row.status === 'provisional')
            .map((row) => row.period_start);
        expect([...new Set(changing)]).toEqual([after.at(-1)]);
    });

    test('after it starts, at most half as many leads for spare parts are ignored', () => {
        const ignoredShare = (quarters: readonly string[]) => {
            const found = quarters.map((one) =>
                findKpi(rows, 'ignored_lead_rate', 'product_line parts', one),
            );
            const sum = (part: 'numerator' | 'denominator') =>
                found.reduce((total, row) => total + Number(row[part]), 0);
            return sum('numerator') / sum('denominator');
        };
        expect(ignoredShare(before)).toBeGreaterThan(0.5);
        expect(ignoredShare(after)).toBeLessThanOrEqual(ignoredShare(before) / 2);
        for (const quarter of after) {
            const { value } = findKpi(rows, 'ignored_lead_rate', 'product_line parts', quarter);
            expect(Number(value), quarter).toBeLessThanOrEqual(ignoredShare(before) / 2);
        }
    });

    test('and the company reaches its own target in most quarters', () => {
        const reached = after.filter(
            (quarter) => attainment('collected_revenue', 'company company', quarter) >= 1,
        );
        expect(reached.length).toBeGreaterThan(after.length / 2);
    });
});
