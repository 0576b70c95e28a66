import type { InputConfig } from '../../config-schema.ts';
import { sqlName, sqlText } from '../../contracts/batch.ts';
import { type EventColumns, madeBy, type StreamContract } from '../../contracts/stream.ts';
import { cellsSql } from './cells-sql.ts';
import type { CompileContext } from './compile-context.ts';
import type { Layout } from './layout.ts';
import { type ColumnSource, missingColumn } from './mapping.ts';

/**
 * The input as if one event stood in a row: its time is read from all columns that hold one, and
 * what it is and its id are the same everywhere. `eventsSql` tells the events apart.
 */
export function withEvents(contract: StreamContract, input: InputConfig): InputConfig {
    const { events, eventColumn } = contract;
    if (!input.events_from || !events) return input;
    const { columns, format } = input.events_from;
    return {
        ...input,
        columns: {
            ...input.columns,
            [eventColumn]: {
                column: Object.values(columns).flat(),
                ...(format === undefined ? {} : { format }),
            },
        },
        constants: {
            ...input.constants,
            ...Object.fromEntries(
                madeBy(events).map((name) => [name, Object.keys(columns).join(', ')]),
            ),
        },
    };
}

export interface EventsSql {
    readonly perRow: number;
    /** The relation with each row once for every event, counted by `_event` from 0. */
    readonly relation: string;
    /** SQL of the text of a contract column that differs from event to event. */
    readonly textOf: (column: string) => string | undefined;
    /** SQL over the typed columns that makes the id of the event; undefined where it needs none. */
    readonly id: (timeText: string) => { readonly name: string; readonly sql: string } | undefined;
    /** Contract columns that are read from the names of the columns, too. */
    readonly made: readonly string[];
    /** Names of the columns of dates, as messages show them. */
    readonly names: string;
}

/**
 * @returns undefined for an input whose rows are one event or record each
 * @throws ContractError for a column of dates that the file lacks
 */
export function eventsSql(
    layout: Layout,
    { contract, input }: CompileContext,
    sources: readonly ColumnSource[],
): EventsSql | undefined {
    const { events, eventColumn } = contract;
    if (!input.events_from || !events) return undefined;
    const { columns } = input.events_from;
    const types = Object.keys(columns);
    const time = sources.find(({ column }) => column.name === eventColumn);
    if (time?.kind !== 'cell') return undefined;
    const cells = Object.values(columns).map((written) => {
        const names = [written].flat();
        const [name, ...fallbacks] = names.filter((one) => layout.columns.includes(one));
        if (name !== undefined) return cellsSql(layout, { ...time, name, fallbacks });
        const file = layout.files[0]?.name ?? '';
        throw missingColumn(contract, input, file, time.column, names, layout.columns);
    });
    const texts: Record<string, string> = {
        [events.type]: caseOf(types.map(sqlText)),
        // A single date stays as the file has it, typed where the file is.
        ...(cells.length > 1 ? { [eventColumn]: caseOf(cells) } : {}),
    };
    return {
        perRow: types.length,
        relation: `(select *, file_index, unnest(range(${types.length})) as _event from ${layout.relation})`,
        textOf: (column) => texts[column],
        id: (timeText) => idSql(events, eventColumn, timeText),
        made: madeBy(events),
        names: Object.values(columns).flat().join(', '),
    };
}

function caseOf(values: readonly string[]): string {
    return `case _event ${values.map((sql, at) => `when ${at} then ${sql}`).join(' ')} end`;
}

/** The same record, event and instant have the same id, however the file writes the instant. */
function idSql({ record, type, id }: EventColumns, time: string, timeText: string) {
    if (id === undefined) return undefined;
    const instant = `coalesce(cast(${sqlName(time)} as varchar), ${timeText})`;
    const sql = `concat_ws(':', ${sqlName(record)}, ${sqlName(type)}, ${instant})`;
    return { name: id, sql };
}
