import { existsSync, mkdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { rawTablesDdl } from '../contracts/ddl.ts';
import { opsTablesDdl } from '../contracts/ops-tables.ts';
import { BusyError, ConfigError, SourceError } from '../errors.ts';
import { machineError } from '../machine-error.ts';
import { memoryLimit, threads } from './limits.ts';
import { assertTables, hasAllTables, migrateTables } from './migrate.ts';
import { Warehouse } from './warehouse.ts';

export type { Warehouse } from './warehouse.ts';

const takenNames = new Set([
    ...['jointly', 'raw_files', 'raw_history', 'rules', 'staging', 'intermediate', 'marts'],
    ...['main', 'temp', 'system', 'memory'],
]);
/** What is not in the engine is not fetched from somebody's server while pay is computed. */
const offline = { autoinstall_known_extensions: 'false', autoload_known_extensions: 'false' };
const limits = { threads: String(threads), memory_limit: memoryLimit };

/**
 * Opens the warehouse for writing and creates what is missing: file, raw tables, ops tables.
 * @throws BusyError while another process has it open, ConfigError for one of another version
 */
export async function openWarehouse(path: string): Promise<Warehouse> {
    assertName(path);
    mkdirSync(dirname(path), { recursive: true });
    const isNew = !existsSync(path);
    const warehouse = await open(path, limits);
    try {
        // Making sure of sixty tables one by one takes as long as loading a small file.
        if (!isNew && (await hasAllTables(warehouse))) return warehouse;
        await warehouse.transaction(async () => {
            await warehouse.run([...rawTablesDdl(), ...opsTablesDdl()].join(';\n'));
            if (!isNew) await migrateTables(warehouse);
        });
        return warehouse;
    } catch (error) {
        await warehouse.close();
        throw error;
    }
}

/** Opens the warehouse for writing for as long as it is used. @throws as `openWarehouse` does */
export async function withWarehouse<T>(
    path: string,
    use: (warehouse: Warehouse) => Promise<T>,
): Promise<T> {
    const warehouse = await openWarehouse(path);
    try {
        return await use(warehouse);
    } finally {
        await warehouse.close();
    }
}

/**
 * Opens an existing warehouse for reading.
 * @throws BusyError while another process writes it, ConfigError when there is none or of another version
 */
export async function openWarehouseForReading(path: string): Promise<Warehouse> {
    if (!existsSync(path)) {
        throw new ConfigError({
            what: `There is no warehouse ${path}.`,
            fix: 'load the data first: npx jointly run --config FILE',
        });
    }
    const warehouse = await open(path, { access_mode: 'READ_ONLY', ...limits });
    try {
        await assertTables(warehouse);
        return warehouse;
    } catch (error) {
        await warehouse.close();
        throw error;
    }
}

/** Opens a database in memory, for checks that need the engine but no file. */
export async function openScratchWarehouse(): Promise<Warehouse> {
    return open(':memory:', {});
}

/** The engine names the database after its file, and that name must not be one of a schema. */
function assertName(path: string): void {
    const name = basename(path).split('.')[0] ?? '';
    // What dbt derives the database's name from ends at these characters, wherever they stand.
    if (!takenNames.has(name.toLowerCase()) && !/['"]/.test(name) && !/[#?;]/.test(path)) return;
    throw new ConfigError({
        what: `A warehouse cannot be named ${path}.`,
        expected: `a file whose name has no quotes and is none of ${[...takenNames].join(', ')}, in folders without #, ? and ;`,
        got: path,
        fix: 'give another file with --warehouse',
    });
}

async function open(path: string, options: Record<string, string>): Promise<Warehouse> {
    try {
        const instance = await DuckDBInstance.create(path, { ...offline, ...options });
        const connection = await instance.connect();
        await connection.run(`set TimeZone = 'UTC'`);
        return new Warehouse(path, instance, connection);
    } catch (cause) {
        const message = cause instanceof Error ? cause.message : String(cause);
        if (/Could not set lock/i.test(message)) {
            throw new BusyError({
                what: `The warehouse ${path} is in use by ${lockHolder(message)}.`,
                fix: 'wait until it is finished, or close the program that has the file open',
                cause,
            });
        }
        const machine = machineError(cause);
        if (machine instanceof ConfigError) throw machine;
        throw new SourceError({
            what: `The warehouse ${path} cannot be opened.`,
            why: message.split('\n')[0] ?? message,
            fix: 'restore it from a copy, or move it away and run again to build it from the exports',
            cause,
        });
    }
}

/** `python3.12 (PID 4711)`: the engine names the program with its path. */
function lockHolder(message: string): string {
    const [, program, pid] = /held in (.+?) \((PID \d+)\)/.exec(message) ?? [];
    return program && pid ? `${basename(program)} (${pid})` : 'another process';
}
