import { grainOf } from './rule.ts';
import { rules } from './rules/registry.ts';
import { generatedHeader, toYaml } from './yaml.ts';

/**
 * dbt properties of the rule files: without them dbt would guess types from the rows it sees.
 * Numbers people write by hand fit an integer.
 */
export function renderRuleSeeds(): string {
    const seeds = rules.map((rule) => ({
        name: rule.file.split('/').at(-1) ?? rule.file,
        description: `${rule.description} One row per ${grainOf(rule)}.`,
        config: {
            // Otherwise a table that is there keeps its old columns and types.
            full_refresh: true,
            column_types: Object.fromEntries(
                rule.columns.map(({ name, type }) => [name, type === 'bigint' ? 'integer' : type]),
            ),
        },
        columns: rule.columns.map(({ name, description }) => ({ name, description })),
    }));
    return generatedHeader + toYaml({ version: 2, seeds });
}
