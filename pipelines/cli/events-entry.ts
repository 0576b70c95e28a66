import { configText } from '../config-text.ts';
import { findStream } from '../contracts/registry.ts';
import { count } from '../count.ts';
import { findEvents } from '../sources/files/layouts/match-header.ts';
import type { Fit, Recognised } from '../sources/files/layouts/recognise.ts';
import { block, type Entry, type EntryFiles, filesLines, headerRowLine } from './config-entry.ts';
import { datesOf, key, twoWayRemarks, valuesOf } from './entry-columns.ts';

/** Of one column as many values as tell how dates are written. */
const lookedAt = 50;

/**
 * A second input for files whose rows hold dates of events beside their record.
 * @returns undefined for files that have none
 */
export function eventsEntry(
    file: Recognised,
    { layout, match }: Fit,
    files: EntryFiles,
): Entry | undefined {
    const { events, eventColumn } = findStream(layout.events?.stream ?? '') ?? {};
    const record = match.names.get(events?.record ?? '');
    const found = findEvents(layout, file.header.cells);
    if (!layout.events || !events || record === undefined || found.size === 0) return undefined;
    const names = [...found.values()].flat();
    const values = names.flatMap((name) => valuesOf(file, name).slice(0, lookedAt));
    const guess = datesOf(file, values);
    const columns = [...found].map(([type, [first = '', ...others]]) => {
        const written = [first, ...others].map(configText).join(', ');
        return `${key(type)}: ${others.length > 0 ? `[${written}]` : written},`;
    });
    return {
        name: files.name,
        isWhole: true,
        remarks: [
            `${layout.events.stream}, one for each date in ${count(names.length, 'column')}: ${[...found.keys()].join(', ')} (input ${files.name})`,
            ...(guess ? twoWayRemarks(guess, eventColumn ?? '', values) : []),
        ],
        lines: [
            `name: ${configText(files.name)},`,
            `stream: ${configText(layout.events.stream)},`,
            ...filesLines(files),
            ...headerRowLine(file),
            `columns: { ${events.record}: ${configText(record)} },`,
            ...block('events_from', [
                ...block('columns', columns),
                ...(guess?.format ? [`format: ${configText(guess.format)},`] : []),
            ]),
        ],
    };
}
