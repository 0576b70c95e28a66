import { historySchema, opsSchema, rawSchema } from './ddl.ts';
import { opsTables } from './ops-tables.ts';
import { streams } from './registry.ts';
import { mergeable } from './removal.ts';
import { generatedHeader, toYaml } from './yaml.ts';

/** Columns that say what became of a record: they are told of once, in removal.ts. */
const marks = Object.keys(mergeable);

/** dbt sources of the raw tables; what the loader adds to each is told of in stream.ts. */
export function renderRawSources(): string {
    const tables = streams.map((stream) => ({
        name: stream.name,
        description: `${stream.description} One row per ${stream.key.join(', ')}.`,
        columns: stream.columns
            .filter(({ name }) => !marks.includes(name))
            .map((column) => ({
                name: column.name,
                description: column.description,
                data_type: column.type,
            })),
    }));
    const source = {
        name: 'files',
        schema: rawSchema,
        description: 'Exports as they were loaded, one table per stream, typed and checked.',
        tables,
    };
    const history = {
        name: 'history',
        schema: historySchema,
        description: 'Rows of the same shape that a load replaced or took away.',
        tables: streams.map(({ name }) => ({ name })),
    };
    return generatedHeader + toYaml({ version: 2, sources: [source, history] });
}

/** dbt sources of the tables in which loading keeps book; their columns are told of in ops-tables.ts. */
export function renderOpsSources(): string {
    const tables = opsTables
        .filter(({ name }) => name !== 'step_state' && !name.startsWith('past_'))
        .map(({ name, description }) => ({ name, description }));
    const source = {
        name: opsSchema,
        schema: opsSchema,
        description: 'What was loaded, what was refused, and how far each stream reaches.',
        tables,
    };
    return generatedHeader + toYaml({ version: 2, sources: [source] });
}
