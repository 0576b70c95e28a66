import { streams } from './registry.ts';

/** Which streams can lose records, for dbt, which cannot read TypeScript. */
export function renderRemovalMacros(): string {
    const having = (column: string) =>
        streams.filter(({ columns }) => columns.some(({ name }) => name === column));
    const deletable = having('is_deleted').map(({ name }) => `        '${name}',\n`);
    const mergeable = having('merged_into').map(
        ({ name, key }) => `        '${name}': '${key[0]?.replace(/_id$/, '')}',\n`,
    );
    const keyed = streams
        .filter(({ strategy }) => strategy.kind === 'merge')
        .map(({ name, key }) => `        '${name}': ['${key.join("', '")}'],\n`);
    return `{# Rendered from pipelines/contracts by \`npm run render\`; edit the contract. #}

{# Streams of records that their system can delete. #}
{% macro deletable_streams() -%}
    {{ return([
${deletable.join('')}    ]) }}
{%- endmacro %}

{# Streams of records of which one can take in another, and what such a record is. #}
{% macro mergeable_streams() -%}
    {{ return({
${mergeable.join('')}    }) }}
{%- endmacro %}

{# Streams of records that are known by their key, and the columns of it. #}
{% macro keyed_streams() -%}
    {{ return({
${keyed.join('')}    }) }}
{%- endmacro %}
`;
}
