import { count } from '../count.ts';
import { feedersOf } from '../run/feeders.ts';
import { openWarehouseForReading } from '../warehouse/connection.ts';
import { type RemovedInput, readRemovedInputs } from '../warehouse/removed-inputs.ts';
import { readStatus, type StreamStatus } from '../warehouse/status.ts';
import { asTable } from './as-table.ts';
import type { Context } from './context.ts';

/** Streams, their last load, watermark, rows and rejects, as text or JSON. */
export async function describeStatus(context: Context, isJson: boolean): Promise<string> {
    const warehouse = await openWarehouseForReading(context.paths.warehouse);
    try {
        const streams = await readStatus(warehouse);
        const removed = await readRemovedInputs(warehouse, feedersOf(context.config));
        if (isJson) {
            const status = { schema_version: 1, streams, removed_inputs: removed };
            return `${JSON.stringify(status, null, 2)}\n`;
        }
        return [table(streams), ...removed.map(describeRemoved)].join('');
    } finally {
        await warehouse.close();
    }
}

function describeRemoved({ stream, input, rows, is_counted: isCounted }: RemovedInput): string {
    const counts = isCounted ? 'counted until the next load' : 'counted nowhere';
    return `\ninput ${input} of ${stream} is no longer in the config: ${count(rows, 'row')} left, ${counts}\n`;
}

function table(streams: readonly StreamStatus[]): string {
    const header = [
        ...['stream', 'connected', 'rows', 'rejected rows', 'left out', 'removed'],
        ...['last event', 'loaded at'],
    ];
    const rows = streams.map((one) => [
        one.stream,
        one.is_connected ? 'yes' : 'no',
        String(one.row_count),
        String(one.rejected_rows),
        String(one.left_out_rows),
        one.removed_rows === null ? '-' : String(one.removed_rows),
        one.last_event_at?.slice(0, 19) ?? '-',
        one.loaded_at?.slice(0, 19) ?? '-',
    ]);
    return asTable([header, ...rows]);
}
