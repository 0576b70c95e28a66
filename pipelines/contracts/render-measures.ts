import { dimensionsOf, type Measure, measures } from './measures.ts';
import { generatedHeader } from './yaml.ts';

const all: readonly (readonly [name: string, measure: Measure])[] = Object.entries(measures);

/** The contract all measures share, written once, and a model of each. */
export function renderMeasureModels(): string {
    const models = all.map(
        ([name, { counts }], index) => `    - name: measure_${name}
      description: >
          ${counts} One row per day and combination of its dimensions.
      columns: ${index === 0 ? `&measure\n${columns}` : '*measure'}
`,
    );
    return `${generatedHeader}models:\n${models.join('')}`;
}

const columns = [
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

/** The same list for dbt, which can read neither TypeScript nor, while it parses, a seed. */
export function renderMeasureMacro(): string {
    const entries = all.map(([name, measure]) => {
        const { countedFor, hasPending = false, isUnknownAtZero = false } = measure;
        const fields = [
            `'dimensions': [${dimensionsOf(measure).map(quoted).join(', ')}]`,
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
