import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findStream } from '../contracts/registry.ts';
import type { StreamContract } from '../contracts/stream.ts';
import { openWithSecrets } from '../run/load-connections.ts';
import { compileRows } from '../sources/api/compile-rows.ts';
import type { Feed } from '../sources/api/connector.ts';
import { createRowFiles } from '../sources/api/row-files.ts';
import type { ConnectionConfig } from '../sources/registry.ts';
import type { Warehouse } from '../warehouse/connection.ts';
import { peek } from '../warehouse/peek.ts';
import type { Context } from './context.ts';
import { describeSeen } from './look-into-input.ts';

const lookedAt = 1000;

/**
 * Reads the first rows of each table of a connection as a load would, and keeps nothing.
 * @param warehouse one that holds nothing, of openPeekWarehouse
 * @returns what was seen, in lines
 * @throws JointlyError for a table that cannot be read, or lacks a column that is mapped
 */
export async function lookIntoTables(
    warehouse: Warehouse,
    { config, paths }: Context,
    connection: ConnectionConfig,
): Promise<string> {
    const notes: string[] = [];
    const options = { stateDirectory: paths.directory };
    const connector = await openWithSecrets(config, connection, options, (text) =>
        notes.push(text),
    );
    const share = connection.max_reject_share ?? config.max_reject_share;
    try {
        // What counts ids has no rows.
        for (const feed of connector.feeds.filter(({ census }) => census === undefined)) {
            notes.push(await lookInto(warehouse, connection, feed, share));
        }
    } finally {
        await connector.close?.();
    }
    return notes.join('\n        ');
}

async function lookInto(
    warehouse: Warehouse,
    connection: ConnectionConfig,
    feed: Feed,
    maximumRejectShare: number,
): Promise<string> {
    const { slices, lookups } = await feed.plan(null);
    const scratchDirectory = mkdtempSync(join(tmpdir(), 'jointly-doctor-'));
    try {
        const files = createRowFiles(scratchDirectory, feed.streams);
        const read = new Set<string>();
        for (const { place } of slices) {
            const { text } = await feed.ask(place);
            const { rows } = feed.read(text, lookups);
            files.take(rows, { page: 0 });
            for (const name of Object.keys(rows[0]?.cells ?? {})) read.add(name);
        }
        const [file] = files.close({ shownAs: feed.name, covered: [], mapping: feed.mapping });
        const name = feed.mapping?.name ?? feed.name;
        if (file === undefined || file.rows === 0)
            return `${name}: no rows since ${connection.since}`;
        const contract = findStream(file.stream) as StreamContract;
        const batch = await compileRows({
            connection: connection.name,
            contract,
            files: [file],
            idPrefix: connection.id_prefix,
            maximumRejectShare,
            maximumLossShare: 1,
            scratchDirectory,
            describe: (sql) => warehouse.query(sql),
        });
        const seen = await peek(warehouse, contract, batch, lookedAt);
        // A row says nothing of what its table lacks; columns that are mapped are there.
        const columns = seen.columns.map((one) =>
            one.from === one.column && !read.has(one.column) && one.kind === 'cell'
                ? { ...one, kind: 'absent' as const }
                : one,
        );
        const head = `${name} as ${contract.name}: `;
        return describeSeen(head, 'the table', { ...seen, columns }, maximumRejectShare);
    } finally {
        rmSync(scratchDirectory, { recursive: true, force: true });
    }
}
