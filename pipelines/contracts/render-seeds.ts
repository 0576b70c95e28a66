import { rules } from './rules/registry.ts';
import { generatedHeader, toYaml } from './yaml.ts';

/** dbt properties of the rule files: without them dbt would guess types from the rows it sees. */
export function renderRuleSeeds(): string {
    const seeds = rules.map((rule) => ({
        name: rule.file.split('/').at(-1) ?? rule.file,
        description: `${rule.description} One row per ${rule.key.join(', ')}${rule.isDated ? ' and period of validity' : ''}.`,
        config: {
            column_types: Object.fromEntries(
                rule.columns.map((column) => [column.name, column.type]),
            ),
        },
        columns: rule.columns.map(({ name, description }) => ({ name, description })),
    }));
    return generatedHeader + toYaml({ version: 2, seeds });
}
