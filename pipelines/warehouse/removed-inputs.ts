import { sqlName, sqlText } from '../contracts/batch.ts';
import { historyTable, rawTable } from '../contracts/ddl.ts';
import { streams } from '../contracts/registry.ts';
import type { StreamContract } from '../contracts/stream.ts';
import { sqlInstant } from './instant.ts';
import { sizeOf } from './load-state.ts';
import { endRows } from './past-rows.ts';
import { nextFileId } from './staging.ts';
import type { Warehouse } from './warehouse.ts';

const schema = 'removed_inputs';

/** Rows of an input that the config no longer has: they count nowhere, and wait for its return. */
export interface RemovedInput {
    readonly stream: string;
    readonly input: string;
    readonly rows: number;
    /** Whether they still stand among the others, because nothing was loaded since. */
    readonly is_counted: boolean;
}

type Named = Pick<RemovedInput, 'stream' | 'input'>;

/**
 * Takes the rows of inputs out of their tables that the config no longer has, and brings those of
 * inputs back that it has again. A stream that this changes is read anew by its next load.
 * @param select streams that are loaded next; all when undefined
 * @returns what was taken out now
 */
export async function sortOutInputs(
    warehouse: Warehouse,
    select: ReadonlySet<string> | undefined,
): Promise<readonly RemovedInput[]> {
    const removed: RemovedInput[] = [];
    const there = await removedTables(warehouse);
    const read = await inputsRead(warehouse);
    for (const contract of streams) {
        if (select?.has(contract.name) === false) continue;
        const inputs = read.filter(({ stream }) => stream === contract.name);
        const others = inputs.filter((one) => !one.is_in_config);
        const gone = await rowsOf(warehouse, contract, rawTable(contract), others);
        const own = there.has(contract.name) ? inputs.filter((one) => one.is_in_config) : [];
        const back = await rowsOf(warehouse, contract, removedTable(contract), own);
        if (gone.length + back.length === 0) continue;
        removed.push(...gone);
        await warehouse.transaction(async () => {
            if (back.length > 0) await bringBack(warehouse, contract, back);
            if (gone.length > 0) await takeOut(warehouse, contract, gone);
            await warehouse.db
                .updateTable('jointly.stream_state')
                .set({
                    ...(await sizeOf(warehouse, contract, sqlInstant(new Date()))),
                    fingerprint: null,
                })
                .where('stream', '=', contract.name)
                .execute();
        });
    }
    return removed;
}

/**
 * What is left of inputs that the config no longer has.
 * @param inputs those of the config, which may have changed since the last load
 */
export async function readRemovedInputs(
    warehouse: Warehouse,
    inputs: readonly { readonly stream: string; readonly name: string }[],
): Promise<readonly RemovedInput[]> {
    const there = await removedTables(warehouse);
    const isOwn = (stream: string, input: string) =>
        inputs.some((one) => one.stream === stream && one.name === input);
    const found: RemovedInput[] = [];
    const read = await inputsRead(warehouse);
    for (const contract of streams) {
        const others = read.filter(
            ({ stream, input }) => stream === contract.name && !isOwn(stream, input),
        );
        found.push(...(await rowsOf(warehouse, contract, rawTable(contract), others)));
        if (!there.has(contract.name)) continue;
        found.push(...(await rowsOf(warehouse, contract, removedTable(contract), others)));
    }
    return found;
}

export const removedTable = ({ name }: StreamContract) => `${schema}.${sqlName(name)}`;

/** Streams that have rows of such inputs. @param database of the warehouse; its own when undefined */
export async function removedTables(
    warehouse: Warehouse,
    database?: string,
): Promise<ReadonlySet<string>> {
    const rows = await warehouse.query<{ name: string }>(`
        select table_name as name from duckdb_tables()
        where schema_name = ${sqlText(schema)}
        and database_name = ${database === undefined ? 'current_database()' : sqlText(database)}`);
    return new Set(rows.map(({ name }) => name));
}

/** Inputs of which files were read, and whether the config of this load has them. */
async function inputsRead(
    warehouse: Warehouse,
): Promise<readonly (Named & { readonly is_in_config: boolean })[]> {
    return warehouse.query(`
        select distinct stream, input, exists (
            select 1 from jointly.inputs as own
            where own.stream = files.stream and own.input = files.input
        ) as is_in_config
        from jointly.files`);
}

/** How many rows of a table are of which input; it is looked at only where there may be some. */
async function rowsOf(
    warehouse: Warehouse,
    contract: StreamContract,
    table: string,
    inputs: readonly Named[],
): Promise<readonly RemovedInput[]> {
    if (inputs.length === 0) return [];
    return warehouse.query<RemovedInput>(`
        select
            files.stream, files.input, cast(count(*) as integer) as rows,
            ${table === rawTable(contract)} as is_counted
        from ${table} inner join jointly.files as files on file_id = _file_id
        where ${isOfInputs(contract, inputs)}
        group by files.stream, files.input order by files.input`);
}

const isOfInputs = ({ name }: StreamContract, inputs: readonly Named[]) => `
    _file_id in (
        select file_id from jointly.files where stream = ${sqlText(name)}
        and input in (${inputs.map(({ input }) => sqlText(input)).join(', ')})
    )`;

async function takeOut(
    warehouse: Warehouse,
    contract: StreamContract,
    inputs: readonly Named[],
): Promise<void> {
    const [raw, removed] = [rawTable(contract), removedTable(contract)];
    const nextId = await nextFileId(warehouse);
    // The number tells from which load on they count nowhere, as it does in the history.
    const rows = `
        select *, ${nextId} as _ended_file_id from ${raw} where ${isOfInputs(contract, inputs)}`;
    const isThere = (await removedTables(warehouse)).has(contract.name);
    await warehouse.run(`create schema if not exists ${schema}`);
    // An earlier version may have known fewer columns.
    await warehouse.run(
        `create or replace table ${removed} as ${isThere ? `select * from ${removed} union all by name ` : ''}${rows}`,
    );
    await warehouse.run(`delete from ${raw} where ${isOfInputs(contract, inputs)}`);
    const isOfThem = `stream = ${sqlText(contract.name)}
        and input in (${inputs.map(({ input }) => sqlText(input)).join(', ')})`;
    await endRows(warehouse, 'rejects', `${nextId}`, isOfThem);
    await endRows(warehouse, 'rejected_rows', `${nextId}`, isOfThem);
}

/**
 * A row of which another input has brought one in the meantime stays out, in the history. The others
 * count as if they had never been away.
 */
async function bringBack(
    warehouse: Warehouse,
    contract: StreamContract,
    inputs: readonly Named[],
): Promise<void> {
    const [raw, removed] = [rawTable(contract), removedTable(contract)];
    const isSame = contract.key
        .map((name) => `raw.${sqlName(name)} = removed.${sqlName(name)}`)
        .join(' and ');
    await warehouse.run(`
        insert into ${raw} by name
        select * exclude (_ended_file_id) from ${removed} as removed
        where ${isOfInputs(contract, inputs)}
        and not exists (select 1 from ${raw} as raw where ${isSame})`);
    await warehouse.run(`
        insert into ${historyTable(contract)} by name
        select *, true as _is_gone from ${removed} as removed
        where ${isOfInputs(contract, inputs)}
        and not exists (
            select 1 from ${raw} as raw where ${isSame} and raw._file_id = removed._file_id
        )`);
    await warehouse.run(`delete from ${removed} where ${isOfInputs(contract, inputs)}`);
}
