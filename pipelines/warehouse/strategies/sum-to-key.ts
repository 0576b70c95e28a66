import { sqlName } from '../../contracts/batch.ts';
import type { StreamContract } from '../../contracts/stream.ts';
import type { Warehouse } from '../connection.ts';
import { temporary } from '../temporary.ts';
import { columnList } from './sql.ts';

/**
 * Adds rows of one key and file up where the input says that they are parts (an ad, a device, an age
 * each). The sum stands in place of the first row of the key; all of them lose to it. Rows that are
 * equal in every column of the file are one part, delivered twice. Parts in two currencies have no
 * sum: their rows stay as they are, to be rejected.
 */
export async function sumToKey(warehouse: Warehouse, contract: StreamContract): Promise<void> {
    const additive = contract.columns.filter(({ isAdditive }) => isAdditive);
    const others = contract.columns.filter(
        ({ name, isAdditive }) => !isAdditive && !contract.key.includes(name),
    );
    const parts = `
        select * from ${temporary.doubles} as doubles
        semi join (from ${temporary.stagedFiles} where is_summed) as files
            on files.file_no = doubles._file_no`;
    await findCopies(warehouse, contract, parts);
    // A name may change in the course of a day; what every row must have may not.
    const mustAgree = others.filter(({ required }) => required).map(({ name }) => sqlName(name));
    const agrees = mustAgree.map((name) => `min(${name}) = max(${name})`);
    const keys = contract.key.map(sqlName).map((name) => `any_value(${name}) as ${name}`);
    const sums = additive.map(({ name, type }) => {
        const column = sqlName(name);
        return `cast(sum(${column}) as ${type}) as ${column}`;
    });
    const latest = others.map(({ name }) => {
        const column = sqlName(name);
        return `arg_max(${column}, id) filter (${column} is not null) as ${column}`;
    });
    // The other columns of the file are those of one part and say nothing of the sum.
    await warehouse.run(`
        insert into ${temporary.sums} by name
        select
            first_id as id, any_value(_file_no) as _file_no, false as _broken,
            ${[...keys, ...sums, ...latest].join(', ')}
        from (${parts}) as parts
        anti join ${temporary.copies} as copies on copies.id = parts.id
        group by first_id
        having ${[...agrees, 'count(*) > 1'].join(' and ')}`);
    await warehouse.run(`
        insert into ${temporary.losers}
        select doubles.id, case
            when doubles.id = first_id then 'sum'
            when copies.id is not null then 'duplicate'
            else 'summed'
        end
        from ${temporary.doubles} as doubles
        semi join ${temporary.sums} as sums on sums.id = doubles.first_id
        left join ${temporary.copies} as copies on copies.id = doubles.id`);
}

/** Rows are compared by one hash, and those that share theirs by all of their columns. */
async function findCopies(
    warehouse: Warehouse,
    contract: StreamContract,
    parts: string,
): Promise<void> {
    const all = `${columnList(contract.columns.map(({ name }) => name))}, cast(_extra as varchar)`;
    await warehouse.run(`
        create temp table ${temporary.copies} as
        with parts as (select *, hash(${all}) as row_hash from (${parts}))
        select id from (
            select id, row_number() over (partition by ${all} order by id) > 1 as is_copy
            from parts
            semi join (select row_hash from parts group by row_hash having count(*) > 1) as shared
                on shared.row_hash = parts.row_hash
        ) where is_copy`);
}
