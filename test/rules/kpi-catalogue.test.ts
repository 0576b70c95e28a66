import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Measure, measures } from '../../pipelines/contracts/measures.ts';
import { kpiCatalogue } from '../../pipelines/contracts/rules/reference.ts';
import { checkRule } from '../../pipelines/rules/check-rule.ts';
import { builtIn, refusalOf } from './rules-folder.ts';

const file = 'seeds/reference/kpi_catalogue.csv';
const catalogue = readFileSync(file, 'utf8');
const row = (kpi: string) => catalogue.split('\n').find((line) => line.startsWith(`${kpi},`)) ?? '';

const check = (from: string, to: string, kpi = 'cost_per_lead') =>
    checkRule(kpiCatalogue, catalogue.replace(row(kpi), row(kpi).replace(from, to)), file);

describe('the KPI catalogue', () => {
    it('stands as the product brings it', async () => {
        await expect(checkRule(kpiCatalogue, catalogue, file)).resolves.not.toHaveLength(0);
    });

    it.each([
        ['ratio', 'ratoi', 'aggregation'],
        ['currency', 'curency', 'unit'],
        [',down,', ',downwards,', 'direction'],
        ['spend,leads', 'spent,leads', 'numerator'],
        ['spend,leads', 'spend,', 'denominator'],
        ['ratio,spend,leads', 'additive,spend,leads', 'denominator'],
        ['company|department', 'company|departmnet', 'scopes'],
        ['no leads in this period', '', 'zero_denominator_reason'],
    ])('refuses %s written as %s', async (from, to, column) => {
        const line = catalogue.split('\n').indexOf(row('cost_per_lead')) + 1;
        await expect(check(from, to)).rejects.toMatchObject({
            trouble: { file, line, column },
        });
    });

    it('refuses a scope that one of the measures lacks: nobody owns the spend on ads', async () => {
        await expect(check('channel|campaign', 'channel|person')).rejects.toMatchObject({
            trouble: {
                column: 'scopes',
                expected: 'only scopes that spend has; it has no person',
                fix: 'write company|department|channel|product_line',
            },
        });
    });

    it('names all scopes that a measure lacks at once, and those that are left', async () => {
        await expect(check('spend,leads', 'spend,capacity_leads')).rejects.toMatchObject({
            trouble: {
                column: 'scopes',
                expected:
                    'only scopes that capacity_leads has; it has no department, channel, campaign, product_line',
                fix: 'write company',
            },
        });
    });

    it('says of a ratio without a denominator what it can become', async () => {
        await expect(check('spend,leads', 'spend,')).rejects.toMatchObject({
            trouble: {
                fix: 'name the measure it is divided by, or write additive as its aggregation',
            },
        });
    });

    it('has every KPI that a card of a page shows', () => {
        const macro = 'macros/reports/page_cards.sql';
        const shown = readFileSync(macro, 'utf8')
            .split('\n')
            .flatMap((text, index) =>
                [...text.matchAll(/\('(\w+)', '/g)].map(([, kpi = '']) => ({
                    kpi,
                    line: index + 1,
                })),
            );
        expect(shown.length).toBeGreaterThan(20);
        const unknown = shown.filter(({ kpi }) => row(kpi) === '');
        expect(unknown, `${macro}: no KPI of ${file}`).toEqual([]);
    });

    it('names measures that are counted, each by the model of its fact', () => {
        const counted = globSync('models/**/measures_*.sql').flatMap((path) => {
            const fact = path.replace(/^.*measures_(.*)\.sql$/, '$1');
            const sql = readFileSync(path, 'utf8');
            // A loop over measures of one condition names them as the keys of a list.
            const names = sql.matchAll(/sum_measure\(\s*'(\w+)'|^ *'(\w+)':|[{,] '(\w+)':/gmu);
            return [...names].map((found) => `${fact} ${found[1] ?? found[2] ?? found[3]}`);
        });
        const named = Object.entries<Measure>(measures).map(
            ([name, { fact }]) => `${fact} ${name}`,
        );
        expect(counted.toSorted()).toEqual(named.toSorted());
    });
});

describe('a ratio by department', () => {
    const added = (numerator: string, denominator: string, scopes = 'company|department') =>
        `mine,Mine,Mine.,a / b,ratio,up,ratio,${numerator},${denominator},company,${scopes},,parts are unknown,nothing to divide by,day,next day,0,1,2010-01-01,`;
    const refusal = async (row: string) => {
        const lines = builtIn('reference/kpi_catalogue');
        return refusalOf({ 'reference/kpi_catalogue': [...lines, row] });
    };

    it('of sales over marketing is refused: marketing would be at 0 of 1611, final', async () => {
        expect(
            await refusal(added('booked_revenue', 'mqls')),
        ).toContain(`line ${builtIn('reference/kpi_catalogue').length + 1}, column scopes: expected no department, because booked_revenue counts for sales and mqls for marketing, got 'company|department'
  fix: drop department from scopes, or use collected_revenue, which follows who brought the deal, for booked_revenue`);
    });

    it.each([
        ['booked_revenue', 'spend', 'or use collected_revenue,'],
        ['spend', 'won_deals', 'or use sourced_deals,'],
        ['mqls', 'won_deals', 'drop department from scopes'],
        ['leads', 'sourced_deals', 'drop department from scopes'],
        ['collected_revenue', 'won_deals', 'or use sourced_deals,'],
        ['reclaimed_revenue', 'collected_revenue', 'drop department from scopes'],
    ])('is refused of %s over %s', async (numerator, denominator, fix) => {
        expect(await refusal(added(numerator, denominator))).toContain(fix);
    });

    it.each([
        ['collected_revenue', 'mqls'],
        ['sourced_deals', 'leads'],
        ['spend', 'sourced_deals'],
        ['won_deals', 'closed_deals'],
    ])('stands of %s over %s, where no side is zero by its making', async (above, below) => {
        expect(await refusal(added(above, below))).toBeUndefined();
    });

    it('may be one of the company alone', async () => {
        expect(await refusal(added('booked_revenue', 'mqls', 'company|channel'))).toBeUndefined();
    });

    it('has its like by person: an analyst sells nothing', async () => {
        expect(await refusal(added('booked_revenue', 'audit_cost', 'company|person'))).toContain(
            'drop person from scopes',
        );
        expect(await refusal(added('booked_revenue', 'sqls', 'company|person'))).toBeUndefined();
    });
});
