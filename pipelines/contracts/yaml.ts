import { Document, isMap, isScalar, visit } from 'yaml';

export const generatedHeader =
    '# Rendered from pipelines/contracts by `npm run render`; edit the contract.\n';

/**
 * YAML as dbt reads it: version 1.1, in which `yes` and `2026-01-01` are no text. A column is one
 * line, as in the files that people write, and so is a list of bare names.
 */
export function toYaml(value: Readonly<Record<string, unknown>>): string {
    const document = new Document(value, { version: '1.1' });
    visit(document, {
        Seq: (_, sequence) => {
            const { items } = sequence;
            sequence.flow = items.every((item) => isMap(item) && item.items.length === 1);
            for (const item of items) {
                if (isMap(item) && item.items.every((pair) => isScalar(pair.value))) {
                    item.flow = true;
                }
            }
        },
    });
    return document.toString({ lineWidth: 0, singleQuote: true, flowCollectionPadding: false });
}
