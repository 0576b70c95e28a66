import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, readSecret } from '../config.ts';
import { findStream } from '../contracts/registry.ts';
import type { StreamContract } from '../contracts/stream.ts';
import { type Clock, systemClock } from '../sources/api/clock.ts';
import { compileRows } from '../sources/api/compile-rows.ts';
import type { Connector, Feed, Tools } from '../sources/api/connector.ts';
import type { Days } from '../sources/api/days.ts';
import type { Progress } from '../sources/api/extract.ts';
import type { RowFile } from '../sources/api/row-files.ts';
import { type ConnectionConfig, openConnection, streamsOf } from '../sources/registry.ts';
import { writeLeft, writeRemoved } from '../warehouse/census.ts';
import type { Warehouse } from '../warehouse/connection.ts';
import { type Cursor, readCursors, writeCursors } from '../warehouse/cursors.ts';
import { loadTable } from '../warehouse/load-table.ts';
import { type Brought, bringFeed } from './bring-feed.ts';
import { returnMemory } from './return-memory.ts';
import type { StreamOutcome } from './stream-outcome.ts';
import type { Waivers } from './waivers.ts';

/** Told how far a feed of a connection is; undefined once it is through. */
export type OnProgress = (
    feed: { readonly connection: string; readonly name: string },
    progress: Progress | undefined,
) => void;

export interface ConnectionOptions {
    /** Folder of the company's state: landed pages, tokens and orders live in it. */
    readonly stateDirectory: string;
    readonly isFullRefresh: boolean;
    /** Whether rows that are lacking are really gone, as a person has said. */
    readonly isConfirmed?: boolean | undefined;
    /** Loads what has landed before, without a question. */
    readonly isReplay: boolean;
    /** Of a backfill: only what can be asked by day is asked, for these. */
    readonly days?: Days | undefined;
    readonly onProgress?: OnProgress | undefined;
    /** Told of feeds that a backfill leaves out. */
    readonly onLeftOut?: ((connection: string, feeds: readonly string[]) => void) | undefined;
    readonly select?: ReadonlySet<string> | undefined;
    readonly waivers: Waivers;
    readonly clock?: Clock;
    readonly onStream: (outcome: StreamOutcome, seconds: number) => void;
    readonly onDetail?: ((text: string) => void) | undefined;
}

interface ConnectionJob {
    readonly warehouse: Warehouse;
    readonly config: Config;
    readonly connection: ConnectionConfig;
    readonly options: ConnectionOptions;
    readonly scratch: string;
    readonly tell: (outcome: StreamOutcome, start: number) => void;
}

/** Loads every connection; one that fails leaves the others alone. */
export async function loadConnections(
    warehouse: Warehouse,
    config: Config,
    options: ConnectionOptions,
): Promise<readonly StreamOutcome[]> {
    const outcomes: StreamOutcome[] = [];
    const tell = (outcome: StreamOutcome, start: number) => {
        outcomes.push(outcome);
        options.onStream(outcome, (performance.now() - start) / 1000);
    };
    for (const connection of config.connections) {
        if (!isConnectionSelected(connection, options)) continue;
        const scratch = mkdtempSync(`${warehouse.path}.load-`);
        try {
            await loadConnection({ warehouse, config, connection, options, scratch, tell });
        } finally {
            rmSync(scratch, { recursive: true, force: true });
        }
    }
    return outcomes;
}

/** Whether a connection feeds one of the streams that are selected. */
export function isConnectionSelected(
    connection: ConnectionConfig,
    options: Pick<ConnectionOptions, 'select'>,
): boolean {
    return isSelected(streamsOf(connection), options);
}

function isSelected(
    streams: readonly string[],
    { select }: Pick<ConnectionOptions, 'select'>,
): boolean {
    return select === undefined || streams.some((name) => select.has(name));
}

/** Makes a connection ready to ask. @throws ConfigError when a secret is missing */
export async function openWithSecrets(
    config: Config,
    connection: ConnectionConfig,
    { stateDirectory, clock = systemClock }: Pick<ConnectionOptions, 'stateDirectory' | 'clock'>,
    onNote: Tools['onNote'],
): Promise<Connector> {
    return openConnection(connection, {
        clock,
        directory: directoryOf(connection, stateDirectory),
        secret: (name) => readSecret(config, connection.name, name),
        onNote,
    });
}

/** Folder of what is kept for one connection. */
function directoryOf({ name }: ConnectionConfig, stateDirectory: string): string {
    return join(stateDirectory, 'connections', name);
}

async function loadConnection(job: ConnectionJob): Promise<void> {
    const { warehouse, config, connection, options } = job;
    const notes: string[] = [];
    let connector: Connector;
    try {
        connector = await openWithSecrets(config, connection, options, (text) => notes.push(text));
    } catch (error) {
        job.tell(failure(job, 'all streams', error), performance.now());
        return;
    }
    const known = await readCursors(warehouse, connection.name);
    let brought: readonly Brought[];
    try {
        brought = await bringFeeds(job, connector, known);
    } finally {
        await connector.close?.();
    }
    returnMemory();
    for (const stream of streamsOf(connection)) {
        await loadStream(job, stream, brought, notes);
        await loadCensus(job, stream, brought);
    }
}

/** What is new of every feed; one that fails leaves the others alone. */
async function bringFeeds(
    job: ConnectionJob,
    connector: Connector,
    known: ReadonlyMap<string, Cursor>,
): Promise<readonly Brought[]> {
    const { connection, options, scratch } = job;
    const brought: Brought[] = [];
    const { feeds, leftOut } = feedsToAsk(connector, options);
    if (leftOut.length > 0) options.onLeftOut?.(connection.name, leftOut);
    for (const feed of feeds) {
        const start = performance.now();
        const named = { connection: connection.name, name: feed.name };
        try {
            const runs = await bringFeed({
                connection,
                feed,
                known: known.get(feed.name),
                directory: directoryOf(connection, options.stateDirectory),
                scratch,
                clock: options.clock ?? systemClock,
                isFullRefresh: options.isFullRefresh,
                isReplay: options.isReplay,
                days: options.days,
                onProgress: (progress) => options.onProgress?.(named, progress),
                onDetail: options.onDetail,
            });
            brought.push(...runs);
        } catch (error) {
            job.tell(failure(job, feed.name, error), start);
        } finally {
            options.onProgress?.(named, undefined);
        }
    }
    return brought;
}

/** Feeds of a connection that are selected, and of a backfill the names of those it cannot ask. */
export function feedsToAsk(
    { feeds }: Connector,
    options: Pick<ConnectionOptions, 'select' | 'days'>,
): { readonly feeds: readonly Feed[]; readonly leftOut: readonly string[] } {
    const wanted = feeds.filter((feed) =>
        isSelected([...feed.streams, feed.census ?? ''], options),
    );
    if (options.days === undefined) return { feeds: wanted, leftOut: [] };
    return {
        feeds: wanted.filter(({ isByDay }) => isByDay),
        leftOut: wanted.filter(({ isByDay }) => !isByDay).map(({ name }) => name),
    };
}

function failure({ connection }: ConnectionJob, stream: string, cause: unknown): StreamOutcome {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    return { stream, connection: connection.name, status: 'failed', error };
}

async function loadStream(
    job: ConnectionJob,
    stream: string,
    brought: readonly Brought[],
    notes: string[],
): Promise<void> {
    const start = performance.now();
    const mine = brought.filter(({ waiting }) => waiting.has(stream));
    if (mine.length === 0) return;
    for (const { waiting } of mine) waiting.delete(stream);
    // A feed moves on with the last of its streams; of several runs of it, the last one counts.
    const whole = mine.filter(({ waiting }) => waiting.size === 0);
    const cursors = [...new Map(whole.map(({ cursor }) => [cursor.feed, cursor])).values()];
    const files = mine.flatMap((one) => one.files.filter((file) => file.stream === stream));
    try {
        job.tell(await loadFiles(job, { stream, files, cursors, notes }), start);
    } catch (error) {
        // Without these rows the feed is not loaded, whatever its other streams say.
        for (const { waiting } of mine) waiting.add(stream);
        job.tell(failure(job, stream, error), start);
    }
}

/** Marks what the connection has loaded and no longer has. Of several runs, the last one counts. */
async function loadCensus(
    job: ConnectionJob,
    stream: string,
    brought: readonly Brought[],
): Promise<void> {
    const last = brought.findLast(({ census }) => census?.stream === stream);
    if (last?.census === undefined) return;
    const { warehouse, config, connection, options, scratch } = job;
    const start = performance.now();
    try {
        const path = join(scratch, `${stream}-removed.ndjson`);
        const rows = await writeRemoved(warehouse, {
            contract: findStream(stream) as StreamContract,
            connection: connection.name,
            idPrefix: connection.id_prefix ?? '',
            idsPath: last.census.idsPath,
            path,
            maximumShare: options.isConfirmed || options.isReplay ? 1 : config.max_loss_share,
        });
        const name = `landing/${connection.name}/${last.cursor.feed}/${last.cursor.run}`;
        const file = { stream, path, rows, pages: [], name, covered: [] };
        const cursors = [last.cursor];
        const outcome = await loadFiles(job, { stream, files: [file], cursors, notes: [] });
        if (outcome.status === 'loaded') job.tell(outcome, start);
    } catch (error) {
        job.tell(failure(job, stream, error), start);
    }
}

interface FilesToLoad {
    readonly stream: string;
    readonly files: readonly RowFile[];
    readonly cursors: readonly Cursor[];
    /** Of the connection; the first stream that has rows tells them. */
    readonly notes: string[];
}

async function loadFiles(
    { warehouse, config, connection, options, scratch }: ConnectionJob,
    { stream, files, cursors, notes: earlier }: FilesToLoad,
): Promise<StreamOutcome> {
    const own = { stream, connection: connection.name };
    const contract = findStream(stream) as StreamContract;
    const left = await partsLeft(warehouse, {
        contract,
        files,
        connection,
        scratch,
    });
    const said = [
        ...files.filter(({ rows, covered }) => rows > 0 || covered.length > 0),
        ...(left ? [left] : []),
    ];
    if (said.length === 0) {
        await warehouse.transaction(() => writeCursors(warehouse, cursors, null));
        return { ...own, status: 'unchanged' };
    }
    const notes = earlier.splice(0);
    const warnings: string[] = [];
    const batch = await compileRows({
        connection: connection.name,
        contract,
        files: said,
        idPrefix: connection.id_prefix,
        maximumRejectShare: connection.max_reject_share ?? config.max_reject_share,
        maximumLossShare: config.max_loss_share,
        scratchDirectory: scratch,
        describe: (sql) => warehouse.query(sql),
    });
    const runs = files.map(({ name }) => name).join('\n');
    const counts = await loadTable(warehouse, {
        contract,
        batches: [batch],
        loadId: randomUUID(),
        // What was asked for is never all there is: rows that did not come are not gone.
        isFullRefresh: false,
        // What is replayed was judged when it came.
        isConfirmed: options.isReplay || (options.isConfirmed ?? false),
        timezone: config.company.timezone,
        waivers: options.waivers(stream),
        modifiedMs: new Map(),
        startedAt: new Date(),
        fingerprint: async () => createHash('sha256').update(runs).digest('hex'),
        cursors,
        onDetail: options.onDetail,
        onNote: (text) => notes.push(text),
        onWarning: (text) => warnings.push(text),
    });
    return { ...own, status: 'loaded', counts, notes, warnings };
}

/** Rows that records have lost, as a last file: they come after what was said of the same rows before. */
async function partsLeft(
    warehouse: Warehouse,
    {
        contract,
        files,
        connection,
        scratch,
    }: Pick<FilesToLoad, 'files'> & {
        readonly contract: StreamContract;
        readonly connection: ConnectionConfig;
        readonly scratch: string;
    },
): Promise<RowFile | undefined> {
    const recordPaths = files.flatMap(({ recordsPath }) => recordsPath ?? []);
    const [first] = files;
    if (recordPaths.length === 0 || first === undefined) return undefined;
    const path = join(scratch, `${contract.name}-left.ndjson`);
    const rowPaths = files.map((file) => file.path);
    const rows = await writeLeft(warehouse, {
        contract,
        connection: connection.name,
        idPrefix: connection.id_prefix ?? '',
        rowPaths,
        recordPaths,
        path,
    });
    if (rows === 0) return undefined;
    return { stream: contract.name, path, rows, pages: [], name: first.name, covered: [] };
}
