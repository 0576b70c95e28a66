import { sqlName } from '../../contracts/batch.ts';
import { rawTable } from '../../contracts/ddl.ts';
import type { StreamContract } from '../../contracts/stream.ts';
import type { Warehouse } from '../connection.ts';
import { temporary } from '../temporary.ts';
import { keptRows } from './strategy.ts';

/** `a.k1 = b.k1 and a.k2 = b.k2` */
export function sameKey(names: readonly string[], left: string, right: string): string {
    return names
        .map((name) => `${left}.${sqlName(name)} = ${right}.${sqlName(name)}`)
        .join(' and ');
}

/** True when two rows of one key differ in anything but what the loader itself adds. */
export function differs(contract: StreamContract, left: string, right: string): string {
    const columns = contract.columns
        .filter((column) => !contract.key.includes(column.name))
        .map(({ name }) => `${left}.${sqlName(name)} is distinct from ${right}.${sqlName(name)}`);
    const extra = `cast(${left}._extra as varchar) is distinct from cast(${right}._extra as varchar)`;
    return `(${[...columns, extra].join(' or ')})`;
}

/** A list of column names, each with its table in front. */
export function columnList(names: readonly string[], table?: string): string {
    return names.map((name) => (table ? `${table}.${sqlName(name)}` : sqlName(name))).join(', ');
}

/**
 * Staged rows that are kept and share `columns` with another kept row, as temp table `doubles`
 * with the lowest id of each key. Comparing one hash is much cheaper than grouping by text keys;
 * rows whose hashes collide are told apart by the keys afterwards.
 * @returns whether there are any
 */
export async function findDoubles(
    warehouse: Warehouse,
    columns: readonly string[],
): Promise<boolean> {
    const rows = await keptRows(warehouse);
    const hashed = `hash(${columnList(columns)})`;
    await warehouse.run(`
        create temp table ${temporary.doubledHashes} as
        select ${hashed} as key_hash from (${rows}) group by key_hash having count(*) > 1`);
    if (!(await warehouse.hasRows(temporary.doubledHashes))) return false;
    await warehouse.run(`
        create temp table ${temporary.doubles} as
        select * from (
            select
                *,
                count(*) over (partition by ${columnList(columns)}) as key_rows,
                min(id) over (partition by ${columnList(columns)}) as first_id
            from (${rows}) as kept
            semi join ${temporary.doubledHashes} on doubled_hashes.key_hash = ${hashed}
        ) where key_rows > 1`);
    return warehouse.hasRows(temporary.doubles);
}

/** Hashes counted at a time: more of them would fill the memory that loading may take. */
const hashesAtOnce = 1_000_000;

/**
 * Whether no two rows of the raw table share a key, judged by its hash: a chance hit says no. Rows
 * of an open transaction are read by one thread, so two parts of them are counted side by side.
 */
export async function hasUniqueKeys(
    warehouse: Warehouse,
    contract: StreamContract,
): Promise<boolean> {
    const table = rawTable(contract);
    const [size] = await warehouse.query<{ rows: number }>(`select count(*) as rows from ${table}`);
    const rows = size?.rows ?? 0;
    const pairs = Math.max(1, Math.ceil(rows / hashesAtOnce));
    const part = (remainder: number) => `
        select count(distinct key_hash) as keys from hashes
        where key_hash % ${2 * pairs} = ${remainder}`;
    let keys = 0;
    for (let pair = 0; pair < pairs; pair++) {
        const [counted] = await warehouse.query<{ keys: number }>(`
            with hashes as not materialized (
                select hash(${columnList(contract.key)}) as key_hash from ${table}
            )
            select sum(keys) as keys from (${part(2 * pair)} union all ${part(2 * pair + 1)})`);
        keys += counted?.keys ?? 0;
    }
    return keys === rows;
}
