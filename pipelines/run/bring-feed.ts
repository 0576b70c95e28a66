import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../sources/api/clock.ts';
import type { Feed, Plan } from '../sources/api/connector.ts';
import type { Days } from '../sources/api/days.ts';
import { type Extraction, extractFeed, type Progress, replayRun } from '../sources/api/extract.ts';
import { openLanding } from '../sources/api/landing.ts';
import { createRowFiles, type RowFile, type RowFiles } from '../sources/api/row-files.ts';
import type { ConnectionConfig } from '../sources/registry.ts';
import type { Cursor } from '../warehouse/cursors.ts';

/** What a run of one feed brought. */
export interface Brought {
    readonly files: readonly RowFile[];
    /** Where the feed stands once all of it is loaded. */
    readonly cursor: Cursor;
    /** Streams of it that are not loaded yet. */
    readonly waiting: Set<string>;
    /** All ids of a stream that are there. */
    readonly census: { readonly stream: string; readonly idsPath: string } | undefined;
}

export interface BringOptions {
    readonly connection: ConnectionConfig;
    readonly feed: Feed;
    /** Where the feed stands in the warehouse. */
    readonly known: Cursor | undefined;
    /** Folder of what is kept for the connection. */
    readonly directory: string;
    readonly scratch: string;
    readonly clock: Clock;
    readonly isFullRefresh: boolean;
    readonly isReplay: boolean;
    /** Of a backfill. */
    readonly days?: Days | undefined;
    readonly onProgress?: ((progress: Progress) => void) | undefined;
    readonly onDetail: ((text: string) => void) | undefined;
}

/** Counted up when pages are read in another way: what is loaded is asked for again. */
const readingVersion = 2;

/**
 * Asks for what is new of one feed, or replays what has landed, and writes its rows to files.
 * @returns one result for each run: one, unless it is a replay
 */
export async function bringFeed(options: BringOptions): Promise<readonly Brought[]> {
    const { connection, feed, known, clock, isFullRefresh, onDetail } = options;
    const landing = openLanding(
        join(options.directory, 'landing', feed.name),
        `landing/${connection.name}/${feed.name}`,
        clock,
    );
    const scope = scopeOf(connection, feed);
    if (options.isReplay) {
        const all: Brought[] = [];
        let cursor: string | null = null;
        for (const run of landing.runs().filter(({ isDone }) => isDone)) {
            const one = await collect(options, run.id, scope, async (files) =>
                replayRun(feed, run, { cursor, ...takenBy(files) }),
            );
            cursor = one.cursor.cursor;
            all.push(one);
        }
        return all;
    }
    const cursor = cursorOf(known, scope, isFullRefresh);
    const one = await collect(options, 'new', scope, (files) =>
        extractFeed(feed, {
            connection: connection.name,
            clock,
            landing,
            scope,
            cursor,
            loadedRun: known?.run ?? null,
            isFullRefresh,
            days: options.days,
            onProgress: options.onProgress,
            ...takenBy(files),
        }),
    );
    const asked = options.days
        ? `${options.days.from} to ${options.days.to}`
        : `from ${cursor ?? 'the beginning'}`;
    onDetail?.(`${connection.name}, ${feed.name}: asked ${asked}`);
    return [one];
}

function takenBy({ take, takeIds, takeRecords }: RowFiles) {
    return { onRows: take, onIds: takeIds, onRecords: takeRecords };
}

async function collect(
    { connection, feed, scratch }: BringOptions,
    name: string,
    scope: string,
    extract: (files: RowFiles) => Promise<Extraction>,
): Promise<Brought> {
    const directory = join(scratch, feed.name, name);
    mkdirSync(directory, { recursive: true });
    const files = createRowFiles(directory, feed.streams);
    const extraction = await extract(files);
    return {
        files: files.close({ ...extraction, mapping: feed.mapping }),
        cursor: {
            connection: connection.name,
            feed: feed.name,
            cursor: extraction.cursor,
            scope,
            run: extraction.run,
        },
        waiting: new Set(feed.streams),
        census:
            feed.census !== undefined && extraction.isDue
                ? { stream: feed.census, idsPath: files.idsPath }
                : undefined,
    };
}

function cursorOf(known: Cursor | undefined, scope: string, isFullRefresh: boolean) {
    return known?.scope === scope && !isFullRefresh ? known.cursor : null;
}

/** What a load of the feed would ask for; nothing is landed or loaded. */
export async function planFeed({
    connection,
    feed,
    known,
    isFullRefresh,
    days,
}: Pick<BringOptions, 'connection' | 'feed' | 'known' | 'isFullRefresh' | 'days'>): Promise<{
    readonly cursor: string | null;
    readonly plan: Plan;
}> {
    const cursor = cursorOf(known, scopeOf(connection, feed), isFullRefresh);
    return { cursor, plan: await feed.plan(cursor, days) };
}

/** Settings that decide neither what is asked nor how it is read. */
const besideScope = new Set([
    ...['address', 'version', 'max_reject_share'],
    ...['reload_days', 'deep_reload_days', 'deep_reload_every_days'],
]);

/** With another account or another mapping, what was loaded before says nothing of what is there. */
function scopeOf(connection: ConnectionConfig, { scope }: Feed): string {
    const settings = Object.entries(connection).filter(([name]) => !besideScope.has(name));
    const text = JSON.stringify([readingVersion, scope ?? settings.sort()]);
    return createHash('sha256').update(text).digest('hex');
}
