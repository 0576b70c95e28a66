import { type CountedFor, dimensionsOf, type Measure, measures } from './measures.ts';
import { generatedHeader } from './yaml.ts';

const all: readonly (readonly [name: string, measure: Measure])[] = Object.entries(measures);

/** The contract all measures share, written once, and a model of each fact. */
export function renderMeasureModels(): string {
    const models = [...Map.groupBy(all, ([, { fact }]) => fact)].map(
        ([fact, counted], index) => `    - name: measures_${fact}
      description: >
${counted.map(([name, { counts }]) => `          ${name}: ${counts}\n`).join('')}\
          One row per measure, day and combination of its dimensions.
      columns: ${index === 0 ? `&measure\n${columns}` : '*measure'}
`,
    );
    return `${generatedHeader}models:\n${models.join('')}`;
}

const columns = [
    ['measure', 'string'],
    ['date_day', 'date'],
    ['channel_id', 'string'],
    ['campaign_id', 'string'],
    ['landing_page', 'string'],
    ['product_line_id', 'string'],
    ['person_id', 'string'],
    ['department_id', 'string'],
    ['attribution_model', 'string'],
    ['value', 'decimal(28, 10)'],
    ['unknown_parts', 'bigint'],
    ['pending_parts', 'bigint'],
]
    .map(([name, type]) => `          - {name: ${name}, data_type: '${type}'}`)
    .join('\n');

/** The department a thing counts for, in SQL over the rows of its fact. */
const departments: Readonly<Record<CountedFor, string>> = {
    marketing: "'marketing'",
    sales: "'sales'",
    origin: 'sourcing_department_id',
    analyst: 'analyst_department_id',
    addressee: 'to_department_id',
    claimant: 'claimant_department_id',
};

/** The same list for dbt, which can read neither TypeScript nor, while it parses, a seed. */
export function renderMeasureMacro(): string {
    const entries = all.map(([name, measure]) => {
        const { fact, countedFor, hasPending = false, isUnknownAtZero = false } = measure;
        const fields = [
            `'model': 'measures_${fact}'`,
            `'dimensions': [${dimensionsOf(measure).map(quoted).join(', ')}]`,
            ...(countedFor ? [`'department': ${quoted(departments[countedFor])}`] : []),
            `'has_pending': ${hasPending}`,
            `'is_unknown_at_zero': ${isUnknownAtZero}`,
            `'is_by_origin': ${countedFor === 'origin'}`,
        ];
        return `        '${name}': {\n${fields.map((field) => `            ${field},\n`).join('')}        },\n`;
    });
    return `{# Rendered from pipelines/contracts/measures.ts by \`npm run render\`; edit that. #}
{% macro kpi_measures() %}
    {{ return({
${entries.join('')}    }) }}
{% endmacro %}
`;
}

const quoted = (text: string) => `'${text.replaceAll("'", "\\'")}'`;
