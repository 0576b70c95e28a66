import { existsSync } from 'node:fs';
import type { Config } from '../config.ts';
import { streams } from '../contracts/registry.ts';
import { count } from '../count.ts';
import { openWarehouseForReading, type Warehouse } from '../warehouse/connection.ts';
import { readCursors } from '../warehouse/cursors.ts';
import { readFingerprints } from '../warehouse/load-state.ts';
import { planFeed } from './bring-feed.ts';
import { assertConnected, type LoadOptions, planInputs } from './extract-load.ts';
import { feedsToAsk, isConnectionSelected, openWithSecrets } from './load-connections.ts';

export interface PlanLoadOptions
    extends Pick<LoadOptions, 'isFullRefresh' | 'select' | 'days' | 'clock'> {
    readonly stateDirectory: string;
    readonly warehouse: string;
    readonly onLine: (text: string) => void;
    /** A source that cannot be planned leaves the others alone. */
    readonly onFailure: (name: string, error: Error) => void;
}

/**
 * Says what a load would read and ask, a line each. Files are compared with the last load; systems are
 * asked for proof that they can be read, as before every load, and for nothing else. Nothing is landed or
 * loaded; a token that was renewed for it is kept, because the one before it may be over.
 */
export async function planLoad(config: Config, options: PlanLoadOptions): Promise<void> {
    if (options.select) assertConnected(config, options.select);
    const warehouse = existsSync(options.warehouse)
        ? await openWarehouseForReading(options.warehouse)
        : undefined;
    try {
        if (!options.days) await planFiles(config, warehouse, options);
        await planConnections(config, warehouse, options);
    } finally {
        await warehouse?.close();
    }
}

async function planFiles(
    config: Config,
    warehouse: Warehouse | undefined,
    { isFullRefresh, select, onLine, onFailure }: PlanLoadOptions,
): Promise<void> {
    const last =
        warehouse && !isFullRefresh
            ? await readFingerprints(warehouse)
            : new Map<string, string | null>();
    for (const contract of streams) {
        const { name } = contract;
        const isFed = config.inputs.some(({ stream }) => stream === name);
        if (!isFed || select?.has(name) === false) continue;
        try {
            const { files, isUnchanged } = await planInputs(
                config,
                contract,
                last.get(name) ?? null,
            );
            const what = isUnchanged ? 'unchanged since the last load' : 'would be read';
            onLine(`load ${name.padEnd(19)} ${count(files, 'file')} ${what}`);
        } catch (error) {
            onFailure(name, error instanceof Error ? error : new Error(String(error)));
        }
    }
}

async function planConnections(
    config: Config,
    warehouse: Warehouse | undefined,
    options: PlanLoadOptions,
): Promise<void> {
    for (const connection of config.connections) {
        if (!isConnectionSelected(connection, options)) continue;
        const cursors = warehouse ? await readCursors(warehouse, connection.name) : new Map();
        try {
            const connector = await openWithSecrets(config, connection, options, options.onLine);
            try {
                const { feeds, leftOut } = feedsToAsk(connector, options);
                for (const feed of feeds) {
                    const { cursor, plan } = await planFeed({
                        connection,
                        feed,
                        known: cursors.get(feed.name),
                        isFullRefresh: options.isFullRefresh,
                        days: options.days,
                    });
                    const [days] = plan.covered ?? [];
                    const since = days
                        ? `days ${days.firstDay} to ${days.lastDay}`
                        : cursor === null
                          ? 'everything'
                          : `what changed since ${cursor}`;
                    const what =
                        plan.slices.length === 0
                            ? 'nothing is due'
                            : `would ask for ${since}, in ${count(plan.slices.length, 'part')}`;
                    onLineOf(options, connection.name, feed.name, what);
                }
                if (leftOut.length > 0)
                    onLineOf(options, connection.name, leftOut.join(', '), notByDay);
            } finally {
                await connector.close?.();
            }
        } catch (error) {
            const failure = error instanceof Error ? error : new Error(String(error));
            options.onFailure(connection.name, failure);
        }
    }
}

/** Of feeds that a backfill leaves out. */
export const notByDay =
    'has no days to ask for: its records are found by when they changed; load --full-refresh asks for all of them';

function onLineOf({ onLine }: PlanLoadOptions, connection: string, feed: string, what: string) {
    onLine(`load ${`${feed} (${connection})`.padEnd(19)} ${what}`);
}
