import { type Column, describeExpected } from '../contracts/columns.ts';
import { dimensionsOf, type Measure, measures } from '../contracts/measures.ts';
import { grainOf, isReference, type RuleContract } from '../contracts/rule.ts';
import { kpiCatalogue } from '../contracts/rules/reference.ts';
import { rules } from '../contracts/rules/registry.ts';
import { scopeTypes } from '../contracts/rules/targets.ts';

const intro = `# Rules

Comma-separated files in UTF-8. A dated row holds from \`valid_from\` to the day before \`valid_to\`; empty
means open. A change is a new row, never a changed one: what was paid by the old row stays explained.
Files that are missing or empty mean that there is no such rule. \`jointly doctor\` checks all of them.

For files under \`reference/\` the product has defaults (in its folder \`seeds/reference\`): copy one here
to change it; yours is then the only one that counts.
`;

/** What every rule file of a company is for, and what its columns mean, as Markdown. */
export function rulesGuide(): string {
    const files = rules.toSorted(
        (one, other) => Number(isReference(one)) - Number(isReference(other)),
    );
    return [intro, ...files.map(section)].join('\n');
}

function section(contract: RuleContract): string {
    const { file, description, columns } = contract;
    const rows = columns.map((column) => `| ${column.name} | ${meaning(column)} |`);
    return [
        `## ${file}.csv`,
        '',
        `${description} One row per ${grainOf(contract)}.`,
        '',
        '| column | meaning |',
        '|---|---|',
        ...rows,
        '',
        ...(contract === kpiCatalogue ? measureTable() : []),
    ].join('\n');
}

/** What a KPI can be made of, and the scopes it can then have. */
function measureTable(): readonly string[] {
    const rows = Object.entries<Measure>(measures).map(([name, measure]) => {
        const own: readonly string[] = ['company', ...dimensionsOf(measure)];
        const scopes = scopeTypes.filter((scope) => own.includes(scope));
        return `| ${name} | ${measure.counts} | ${scopes.join(', ')} |`;
    });
    return ['| measure | counts | scopes |', '|---|---|---|', ...rows, ''];
}

function meaning(column: Column): string {
    const expected = describeExpected(column);
    const kind = expected === 'text' ? '' : ` ${expected[0]?.toUpperCase()}${expected.slice(1)}.`;
    return `${column.description}${kind}${column.required ? '' : ' May be empty.'}`.replaceAll(
        '|',
        '\\|',
    );
}
