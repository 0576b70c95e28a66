import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Config } from '../config.ts';
import type { InputConfig } from '../config-schema.ts';
import type { Batch } from '../contracts/batch.ts';
import { streams } from '../contracts/registry.ts';
import type { StreamContract } from '../contracts/stream.ts';
import { ConfigError } from '../errors.ts';
import { machineError } from '../machine-error.ts';
import { nearest } from '../nearest.ts';
import type { Clock } from '../sources/api/clock.ts';
import type { Days } from '../sources/api/days.ts';
import { compileInput } from '../sources/files/compile.ts';
import { type FoundFile, findFiles } from '../sources/files/find-files.ts';
import { assertSame, hashFile } from '../sources/files/fingerprint.ts';
import { findLayout } from '../sources/files/layouts/export-layout.ts';
import { assertLoadable } from '../warehouse/as-of.ts';
import type { Warehouse } from '../warehouse/connection.ts';
import type { LoadCounts, Waiver } from '../warehouse/load-request.ts';
import { declareStreams, keepUpWithClock, readFingerprints } from '../warehouse/load-state.ts';
import { loadTable } from '../warehouse/load-table.ts';
import { type RemovedInput, sortOutInputs } from '../warehouse/removed-inputs.ts';
import { feedersOf } from './feeders.ts';
import { loadConnections, type OnProgress } from './load-connections.ts';
import type { StreamOutcome } from './stream-outcome.ts';
import { readWaivers } from './waivers.ts';

export interface LoadOptions {
    readonly isFullRefresh: boolean;
    /** Whether rows that are lacking are really gone, as a person has said. */
    readonly isConfirmed?: boolean | undefined;
    /** Connections: loads what has landed before, without a question. */
    readonly isReplay?: boolean | undefined;
    /** Of a backfill: connections are asked for these days, and files are left alone. */
    readonly days?: Days | undefined;
    readonly onProgress?: OnProgress | undefined;
    readonly onLeftOut?: ((connection: string, feeds: readonly string[]) => void) | undefined;
    /** Of the company; left out, the folder of the warehouse. */
    readonly stateDirectory?: string | undefined;
    readonly clock?: Clock;
    /** Called when a stream is done, with the seconds it took. */
    readonly onStream: (outcome: StreamOutcome, seconds: number) => void;
    /** Told how a stream was loaded, for --verbose. */
    readonly onDetail?: ((text: string) => void) | undefined;
    /** Told of rows of an input that the config no longer has: from now on they count nowhere. */
    readonly onRemoved?: ((removed: RemovedInput) => void) | undefined;
    /** Streams to load; all connected ones when undefined. */
    readonly select?: ReadonlySet<string> | undefined;
}

const scratchMark = '.load-';

/** Counted up when the same file is read in another way: what was read the old way is read again. */
const readingVersion = 2;

interface StreamInput {
    readonly input: InputConfig;
    readonly files: readonly FoundFile[];
}

/** Loads every connected stream; one that fails leaves the others alone. */
export async function extractAndLoad(
    warehouse: Warehouse,
    config: Config,
    options: LoadOptions,
): Promise<readonly StreamOutcome[]> {
    assertInputs(config);
    if (options.select) assertConnected(config, options.select);
    await assertLoadable(warehouse);
    clearScratch(warehouse);
    await declareStreams(
        warehouse,
        feedersOf(config).map(({ stream, name, isZeroWithoutRows, provesDays }) => ({
            stream,
            input: name,
            is_zero_without_rows: isZeroWithoutRows,
            proves_days: provesDays,
        })),
    );
    const removed = await sortOutInputs(warehouse, options.select);
    for (const one of removed) options.onRemoved?.(one);
    const waivers = await readWaivers(config);
    const fingerprints = await readFingerprints(warehouse);
    const outcomes: StreamOutcome[] = [];
    for (const contract of streams) {
        const inputs = config.inputs.filter((input) => input.stream === contract.name);
        if (inputs.length === 0 || options.select?.has(contract.name) === false) continue;
        if (options.days) continue;
        const start = performance.now();
        const last = options.isFullRefresh ? null : (fingerprints.get(contract.name) ?? null);
        const { isFullRefresh, isConfirmed = false, onDetail } = options;
        const settings = { isFullRefresh, isConfirmed, onDetail };
        const job = {
            contract,
            inputs,
            lastFingerprint: last,
            waivers: waivers(contract.name),
            ...settings,
        };
        const outcome = await loadStream(warehouse, config, job);
        outcomes.push(outcome);
        options.onStream(outcome, (performance.now() - start) / 1000);
    }
    const { isReplay = false, stateDirectory = dirname(warehouse.path) } = options;
    const ofConnections = { ...options, isReplay, stateDirectory, waivers };
    return [...outcomes, ...(await loadConnections(warehouse, config, ofConnections))];
}

function assertInputs({ file, inputs, connections }: Config): void {
    if (inputs.length > 0 || connections.length > 0) return;
    throw new ConfigError({
        what: 'The config has no inputs yet: there is nothing to load.',
        file,
        fix: 'add one entry per export to inputs (the comments in the file show how), or connect a system: npx jointly connect',
    });
}

/** @throws ConfigError for a stream that nothing feeds */
export function assertConnected(config: Config, select: ReadonlySet<string>): void {
    const connected = new Set(feedersOf(config).map(({ stream }) => stream));
    const unknown = [...select].find((name) => !connected.has(name));
    if (unknown === undefined) return;
    const guess = nearest(unknown, [...connected]);
    throw new ConfigError({
        what: `--select: the config has neither input nor connection for a stream ${unknown}${guess ? `; did you mean ${guess}?` : '.'}`,
        fix: `choose from: ${[...connected].join(', ')}`,
    });
}

/** A killed run leaves its copies of files behind. */
function clearScratch({ path }: Warehouse): void {
    for (const name of readdirSync(dirname(path))) {
        if (name.startsWith(`${basename(path)}${scratchMark}`)) {
            rmSync(join(dirname(path), name), { recursive: true, force: true });
        }
    }
}

interface StreamJob {
    readonly contract: StreamContract;
    readonly inputs: readonly InputConfig[];
    /** Of the last load; null when everything is read again. */
    readonly lastFingerprint: string | null;
    readonly waivers: readonly Waiver[];
    readonly isFullRefresh: boolean;
    readonly isConfirmed: boolean;
    readonly onDetail: LoadOptions['onDetail'];
}

async function loadStream(
    warehouse: Warehouse,
    config: Config,
    { contract, inputs, waivers, lastFingerprint, ...settings }: StreamJob,
): Promise<StreamOutcome> {
    const scratchDirectory = mkdtempSync(`${warehouse.path}${scratchMark}`);
    try {
        const found = await findInputs(config, inputs);
        let hashed: Promise<string> | undefined;
        const fingerprint = () => {
            hashed ??= fingerprintOf(config, contract, found);
            return hashed;
        };
        if (lastFingerprint !== null && (await fingerprint()) === lastFingerprint) {
            const isCurrent = await keepUpWithClock(warehouse, contract, new Date());
            if (isCurrent) return { stream: contract.name, status: 'unchanged' };
        }
        const notes: string[] = [];
        const warnings: string[] = [];
        const counts = await readAndLoad(warehouse, config, contract, {
            onNote: (text) => notes.push(text),
            onWarning: (text) => warnings.push(text),
            found,
            fingerprint,
            scratchDirectory,
            waivers,
            ...settings,
        });
        return { stream: contract.name, status: 'loaded', counts, notes, warnings };
    } catch (error) {
        const reason = machineError(error) ?? error;
        return {
            stream: contract.name,
            status: 'failed',
            error: reason instanceof Error ? reason : new Error(String(reason)),
        };
    } finally {
        rmSync(scratchDirectory, { recursive: true, force: true });
    }
}

async function findInputs(
    config: Config,
    inputs: readonly InputConfig[],
): Promise<readonly StreamInput[]> {
    const found: StreamInput[] = [];
    for (const input of inputs) {
        const { files, name, newest_by: newestBy } = input;
        const all = await findFiles(files, config.directory, name, newestBy);
        found.push({ input, files: input.complete ? all.slice(-1) : all });
    }
    return found;
}

/**
 * The files that a load of a stream would read.
 * @param last fingerprint of the last load
 */
export async function planInputs(
    config: Config,
    contract: StreamContract,
    last: string | null,
): Promise<{ readonly files: number; readonly isUnchanged: boolean }> {
    const inputs = config.inputs.filter((input) => input.stream === contract.name);
    const found = await findInputs(config, inputs);
    const isUnchanged = last !== null && (await fingerprintOf(config, contract, found)) === last;
    return { files: found.reduce((sum, one) => sum + one.files.length, 0), isUnchanged };
}

interface Reading {
    readonly found: readonly StreamInput[];
    readonly fingerprint: () => Promise<string>;
    readonly scratchDirectory: string;
    readonly waivers: readonly Waiver[];
    readonly isFullRefresh: boolean;
    readonly isConfirmed: boolean;
    readonly onDetail: LoadOptions['onDetail'];
    readonly onNote: (text: string) => void;
    readonly onWarning: (text: string) => void;
}

async function readAndLoad(
    warehouse: Warehouse,
    config: Config,
    contract: StreamContract,
    reading: Reading,
): Promise<LoadCounts> {
    const startedAt = new Date();
    const { found, fingerprint, scratchDirectory, onNote } = reading;
    try {
        const batches: Batch[] = [];
        for (const { input, files } of found) {
            batches.push(
                await compileInput({
                    contract,
                    input,
                    files,
                    timezone: input.timezone ?? config.company.timezone,
                    maximumRejectShare: config.max_reject_share,
                    maximumLossShare: config.max_loss_share,
                    scratchDirectory: mkdtempSync(join(scratchDirectory, `${input.name}-`)),
                    describe: (sql) => warehouse.query(sql),
                    onNote,
                }),
            );
        }
        // Files are hashed while the engine reads them; a rejection is met where it is awaited.
        fingerprint().catch(() => {});
        return await loadTable(warehouse, {
            contract,
            batches,
            loadId: randomUUID(),
            isFullRefresh: reading.isFullRefresh,
            isConfirmed: reading.isConfirmed,
            timezone: config.company.timezone,
            waivers: reading.waivers,
            modifiedMs: new Map(
                found.flatMap(({ files }) => files.map((file) => [file.name, file.modifiedMs])),
            ),
            startedAt,
            fingerprint: async () => {
                const hash = await fingerprint();
                for (const { files } of found) files.forEach(assertSame);
                return hash;
            },
            onDetail: reading.onDetail,
            onNote,
            onWarning: reading.onWarning,
        });
    } catch (error) {
        // A damaged file breaks the reading in odd ways; what is wrong with the file says more.
        await fingerprint();
        throw error;
    }
}

/** Hash of everything that decides what a load of the stream writes. */
async function fingerprintOf(
    config: Config,
    contract: StreamContract,
    inputs: readonly StreamInput[],
): Promise<string> {
    const hash = createHash('sha256');
    const { row: _row, ...declaration } = contract;
    hash.update(
        JSON.stringify([
            readingVersion,
            declaration,
            config.company.timezone,
            config.max_reject_share,
            config.max_loss_share,
        ]),
    );
    for (const { input, files } of inputs) {
        hash.update(JSON.stringify(input));
        if (input.layout) hash.update(JSON.stringify(findLayout(input.layout)));
        for (const file of files) hash.update(`${file.name}\n${await hashFile(file)}\n`);
    }
    return hash.digest('hex');
}
