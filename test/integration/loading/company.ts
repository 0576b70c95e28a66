import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readConfig } from '../../../pipelines/config.ts';
import type { ConfigInput } from '../../../pipelines/config-schema.ts';
import { JointlyError } from '../../../pipelines/errors.ts';
import { extractAndLoad } from '../../../pipelines/run/extract-load.ts';
import type { StreamOutcome } from '../../../pipelines/run/stream-outcome.ts';
import type { Clock } from '../../../pipelines/sources/api/clock.ts';
import type { Days } from '../../../pipelines/sources/api/days.ts';
import { openWarehouse, type Warehouse } from '../../../pipelines/warehouse/connection.ts';

export type TestInput = NonNullable<ConfigInput['inputs']>[number];

export interface TestLoad {
    readonly isFullRefresh?: boolean;
    readonly isConfirmed?: boolean;
    readonly isReplay?: boolean;
    readonly days?: Days;
    readonly clock?: Clock;
    readonly onDetail?: (text: string) => void;
}

export interface TestCompany {
    readonly directory: string;
    /** Whoever asks for it opens the file: until the next load or query it is closed here. */
    readonly warehousePath: string;
    readonly configPath: string;
    readonly write: (name: string, content: string | Uint8Array) => void;
    readonly remove: (name: string) => void;
    readonly configure: (inputs: readonly TestInput[], rest?: Partial<ConfigInput>) => void;
    readonly load: (options?: TestLoad) => Promise<readonly StreamOutcome[]>;
    /** Closes the warehouse: the next load opens it as another process does. */
    readonly leave: () => void;
    readonly query: <Row = Record<string, unknown>>(sql: string) => Promise<Row[]>;
    readonly close: () => void;
}

/**
 * A company in a temp folder: files, config and warehouse, loaded through the real code. The warehouse
 * stays open between loads and queries, because opening and closing take longer than they do.
 */
export function createTestCompany(): TestCompany {
    const directory = mkdtempSync(join(tmpdir(), 'jointly-load-'));
    const path = join(directory, 'state', 'warehouse.duckdb');
    const configPath = join(directory, 'company.config.json');
    let opening: Promise<Warehouse> | undefined;
    let opened: Warehouse | undefined;
    const open = async () => {
        opening ??= openWarehouse(path);
        try {
            opened = await opening;
            return opened;
        } catch (error) {
            opening = undefined;
            throw error;
        }
    };
    const leave = () => {
        void opened?.close();
        opened = undefined;
        opening = undefined;
    };
    return {
        directory,
        get warehousePath() {
            leave();
            return path;
        },
        configPath,
        write: (name, content) => {
            mkdirSync(dirname(join(directory, name)), { recursive: true });
            writeFileSync(join(directory, name), content);
        },
        remove: (name) => {
            if (join(directory, name) === path) leave();
            rmSync(join(directory, name));
        },
        configure: (inputs, rest = {}) => {
            const company = {
                id: 'test',
                name: 'Test',
                currency: 'EUR',
                timezone: 'Europe/Bucharest',
                country: 'RO',
            };
            writeFileSync(configPath, JSON.stringify({ company, inputs, ...rest }));
        },
        load: async ({ isFullRefresh = false, ...options } = {}) => {
            const config = await readConfig(configPath);
            return extractAndLoad(await open(), config, {
                isFullRefresh,
                ...options,
                onStream: () => {},
            });
        },
        leave,
        query: async (sql) => (await open()).query(sql),
        close: () => {
            leave();
            rmSync(directory, { recursive: true, force: true });
        },
    };
}

/** The only outcome of a load of one stream. */
export function only(outcomes: readonly StreamOutcome[]): StreamOutcome {
    if (outcomes.length !== 1) throw new Error(`expected one stream, got ${outcomes.length}`);
    return outcomes[0] as StreamOutcome;
}

/** The message of a stream that failed; throws when it did not. */
export function failureOf(outcomes: readonly StreamOutcome[]) {
    const outcome = only(outcomes);
    if (outcome.status !== 'failed') throw new Error(`the load did not fail: ${outcome.status}`);
    if (!(outcome.error instanceof JointlyError)) throw outcome.error;
    return {
        message: outcome.error.message,
        exitCode: outcome.error.exitCode,
        ...outcome.error.trouble,
    };
}

/** The counts of a stream that loaded; throws when it did not. */
export function countsOf(outcomes: readonly StreamOutcome[]) {
    const outcome = only(outcomes);
    if (outcome.status === 'failed') throw outcome.error;
    if (outcome.status !== 'loaded') throw new Error(`nothing was loaded: ${outcome.status}`);
    return outcome.counts;
}

/** What a load did, by stream: counts, or that it is unchanged; throws the error of the first that failed. */
export function countsByStream(outcomes: readonly StreamOutcome[]) {
    return Object.fromEntries(
        outcomes.map((outcome) => {
            if (outcome.status === 'failed') throw outcome.error;
            return [outcome.stream, outcome.status === 'loaded' ? outcome.counts : outcome.status];
        }),
    );
}

export const spendHeader = 'platform,account_id,campaign_id,spend_date,spend_amount,currency_code';

/** A line of ad spend of the campaign `c`, account `a`. */
export function spend(day: string, amount: string, campaign = 'c', account = 'a'): string {
    return `google,${account},${campaign},${day},${amount},EUR`;
}

/** CSV text of a header and lines. */
export function csv(...lines: readonly string[]): string {
    return `${lines.join('\n')}\n`;
}

export const spendInput: TestInput = { name: 'ads', stream: 'ad_spend', files: ['ads/*.csv'] };
