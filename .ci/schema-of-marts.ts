import { z } from 'zod';
import { readersName } from '../dashboards/messages/in-duckdb.ts';

const manifest = z.object({
    nodes: z.record(
        z.string(),
        z.object({
            name: z.string(),
            resource_type: z.string(),
            columns: z.record(z.string(), z.object({ data_type: z.string().nullish() })),
        }),
    ),
});

/**
 * Statements that create the published marts without rows, with the types a reader's browser has:
 * the export hands every number out as a double.
 *
 * @param parsed dbt's manifest.json
 * @returns the statements, and the published names that no model with a contract answers to
 */
export function schemaStatements(
    parsed: unknown,
    published: readonly string[],
): { statements: readonly string[]; missing: readonly string[] } {
    const models = new Map(
        Object.values(manifest.parse(parsed).nodes)
            .filter((node) => node.resource_type === 'model')
            .map((node) => [node.name, node.columns]),
    );
    const statements: string[] = [];
    const missing: string[] = [];
    for (const table of published) {
        const columns = Object.entries(models.get(table) ?? {});
        if (columns.length === 0 || columns.some(([, column]) => !column.data_type)) {
            missing.push(table);
            continue;
        }
        const list = columns.map(
            ([name, column]) => `"${readersName(name)}" ${shown(column.data_type ?? '')}`,
        );
        statements.push(`create table ${table} (${list.join(', ')})`);
    }
    return { statements, missing };
}

/** Names of the models that have a contract, so that pages could read them. */
export function martsOf(parsed: unknown): readonly string[] {
    return Object.values(manifest.parse(parsed).nodes)
        .filter(({ resource_type }) => resource_type === 'model')
        .filter(({ columns }) => Object.values(columns).some(({ data_type }) => data_type))
        .map(({ name }) => name);
}

function shown(type: string): string {
    return /^(decimal|numeric|u?(tiny|small|big|huge)int|u?integer|int|float|double)/i.test(type)
        ? 'double'
        : type;
}
