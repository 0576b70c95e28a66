import { z } from 'zod';
import { findStream, streams } from '../../contracts/registry.ts';
import { madeBy } from '../../contracts/stream.ts';
import { nearest } from '../../nearest.ts';
import { columnNames, type Mapping, timeFormat } from './mapping-schema.ts';

/** One row of a CRM with several dates: each that is there is an event of its record. */
export const eventsFrom = z.strictObject({
    /** The column of the date of each event, by what happened: `{ mql: 'Became an MQL on' }`. */
    columns: z
        .record(z.string(), columnNames)
        .refine((columns) => Object.keys(columns).length > 0, 'names no column'),
    /** Of all these dates. */
    format: timeFormat.optional(),
});

export type EventsFrom = z.output<typeof eventsFrom>;

/** Whether the stream has such events, and whether nothing else says what they are. */
export function checkEvents(
    value: Mapping & { readonly stream: string; readonly events_from?: EventsFrom | undefined },
    refuse: (path: string[], message: string) => void,
): void {
    const { stream, events_from: from } = value;
    if (!from) return;
    const { columns = [], events, eventColumn } = findStream(stream) ?? {};
    if (!events || !eventColumn) {
        const names = streams.filter((one) => one.events).map(({ name }) => name);
        refuse(['events_from'], `is for ${names.join(' and ')}; take it out`);
        return;
    }
    const words = columns.find(({ name }) => name === events.type)?.values;
    for (const type of Object.keys(from.columns)) {
        if (!words || words.includes(type)) continue;
        const guess = nearest(type, words);
        refuse(
            ['events_from', 'columns', type],
            guess
                ? `is no ${events.type}; did you mean ${guess}?`
                : `is none of ${words.join(', ')}`,
        );
    }
    for (const part of ['columns', 'constants'] as const) {
        for (const name of [eventColumn, ...madeBy(events)]) {
            if (value[part][name] === undefined) continue;
            refuse([part, name], 'is what events_from says; take it out');
        }
    }
}
