import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { measureNames } from '../../pipelines/contracts/measures.ts';
import { kpiCatalogue } from '../../pipelines/contracts/rules/reference.ts';
import { checkRule } from '../../pipelines/rules/check-rule.ts';

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
            },
        });
    });

    it('names measures that are counted, each by a model of its name', () => {
        const models = globSync('models/**/measure_*.sql').map((path) =>
            path.replace(/^.*measure_(.*)\.sql$/, '$1'),
        );
        expect(models.toSorted()).toEqual([...measureNames].toSorted());
    });
});
