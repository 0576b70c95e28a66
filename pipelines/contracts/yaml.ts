import { stringify } from 'yaml';

export const generatedHeader =
    '# Rendered from pipelines/contracts by `npm run render`; edit the contract.\n';

/** YAML as dbt reads it: version 1.1, in which `yes` and `2026-01-01` are no text. */
export function toYaml(value: Readonly<Record<string, unknown>>): string {
    return stringify(value, { version: '1.1', lineWidth: 0, singleQuote: true });
}
