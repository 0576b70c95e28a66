import { streams } from './registry.ts';
import type { StreamContract } from './stream.ts';

/** What the contracts say of streams as a whole, for dbt, which cannot read TypeScript. */
export function renderStreamMacros(): string {
    const list = (isWanted: (contract: StreamContract) => boolean) =>
        streams
            .filter(isWanted)
            .map(({ name }) => `'${name}'`)
            .join(', ');
    const isDated = ({ columns, eventColumn }: StreamContract) =>
        columns.some(({ name, type }) => name === eventColumn && type === 'date');
    return `{# Rendered from pipelines/contracts by \`npm run render\`; edit the contract. #}

{# Streams whose source speaks day by day. #}
{% macro daily_streams() -%}
    (${list(({ dayWithoutRows }) => dayWithoutRows !== undefined)})
{%- endmacro %}

{# Those of them that may have a quiet day. #}
{% macro daily_streams_with_quiet_days() -%}
    (${list(({ dayWithoutRows }) => dayWithoutRows === 'quiet')})
{%- endmacro %}

{# Streams whose rows are money. #}
{% macro money_streams() -%}
    (${list(({ amountColumn }) => amountColumn !== undefined)})
{%- endmacro %}

{# Streams that know the day of an event alone. #}
{% macro day_streams() -%}
    (${list(isDated)})
{%- endmacro %}

{# The company's calendar day of an event. #}
{% macro event_date(stream, event) -%}
    case
        when {{ stream }} in {{ day_streams() }} then cast({{ event }} as date)
        else {{ company_date(event) }}
    end
{%- endmacro %}
`;
}
