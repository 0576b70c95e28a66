import { sqlName } from '../../contracts/batch.ts';
import type { StreamContract } from '../../contracts/stream.ts';
import type { Warehouse } from '../connection.ts';
import { temporary } from '../temporary.ts';
import { columnList } from './sql.ts';

/**
 * Adds rows of one key and file up where the input says that they are parts (an ad, a device, an age
 * each). The first row of the key holds the sums; the others lose to it. Rows that are equal in every
 * column of the file are one part, delivered twice. Parts in two currencies have no sum: their
 * rows stay as they are, to be rejected.
 */
export async function sumToKey(warehouse: Warehouse, contract: StreamContract): Promise<void> {
    const additive = contract.columns.filter(({ isAdditive }) => isAdditive);
    const others = contract.columns.filter(
        ({ name, isAdditive }) => !isAdditive && !contract.key.includes(name),
    );
    const all = columnList(contract.columns.map(({ name }) => name));
    const isCopy = `row_number() over (partition by ${all}, cast(_extra as varchar) order by id) > 1 as is_copy`;
    // A name may change in the course of a day; what every row must have may not.
    const mustAgree = others.filter(({ required }) => required).map(({ name }) => sqlName(name));
    const agrees = ['true', ...mustAgree.map((name) => `count(distinct ${name}) = 1`)];
    const sums = additive.map(({ name, type }) => {
        const column = sqlName(name);
        return `cast(sum(${column}) filter (not is_copy) as ${type}) as ${column}`;
    });
    const latest = others.map(({ name }) => {
        const column = sqlName(name);
        return `arg_max(${column}, id) filter (${column} is not null) as ${column}`;
    });
    await warehouse.run(`
        create temp table ${temporary.sums} as
        select first_id, ${[...sums, ...latest].join(', ')}
        from (
            select doubles.*, ${isCopy}
            from ${temporary.doubles} as doubles
            semi join (from ${temporary.stagedFiles} where is_summed) as files
                on files.file_no = doubles._file_no
        )
        group by first_id
        having ${agrees.join(' and ')} and count(*) filter (not is_copy) > 1`);
    if ((await warehouse.query(`select 1 from ${temporary.sums} limit 1`)).length === 0) return;
    await warehouse.run(`
        insert into ${temporary.losers}
        select id, case when is_copy then 'duplicate' else 'summed' end
        from (
            select id, first_id, ${isCopy}
            from ${temporary.doubles} where first_id in (select first_id from ${temporary.sums})
        )
        where id <> first_id`);
    const assignments = [...additive, ...others].map(
        ({ name }) => `${sqlName(name)} = sums.${sqlName(name)}`,
    );
    // The other columns of the file are those of one part and say nothing of the sum.
    await warehouse.run(`
        update ${temporary.staged} set ${assignments.join(', ')}, _extra = null
        from ${temporary.sums} where staged.rowid = sums.first_id`);
}
