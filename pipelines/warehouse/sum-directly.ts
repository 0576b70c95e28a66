import { sqlName } from '../contracts/batch.ts';
import type { StreamContract } from '../contracts/stream.ts';
import type { Warehouse } from './connection.ts';
import type { NumberedScan } from './staging.ts';
import { columnList } from './strategies/sql.ts';

/** Said of a key with more than two parts where `summedRows` was told that there are none. */
export const manyParts = 'a key has more than two parts';

/**
 * Select of what the rows of each file add up to: a row for each key and for whatever else its parts
 * say alike. Parts that say different things, in two currencies, leave two rows of a key, which
 * cannot stay. Copies of a part cannot either: whether there are any is told by a hash of each, so
 * that at worst a chance hit sends the load by way of a copy.
 * @param rows select of the rows, with `_file_index` and `_extra`
 * @param hasManyParts whether a key may have more than two parts
 */
export function summedRows(contract: StreamContract, rows: string, hasManyParts: boolean): string {
    const additive = contract.columns.filter(({ isAdditive }) => isAdditive);
    const others = contract.columns.filter(({ isAdditive }) => !isAdditive);
    const names = columnList(others.map(({ name }) => name));
    const sums = additive.map(({ name, type }) => {
        const column = sqlName(name);
        return `cast(sum(${column}) as ${type}) as ${column}`;
    });
    // Parts of one key are alike in all but their amounts and what nothing is read from.
    const hash = `hash(${columnList(additive.map(({ name }) => name))}, cast(_extra as varchar))`;
    // To keep the hashes of a key in a list takes half as long again as to add its amounts up.
    const areCopies = hasManyParts
        ? 'list_unique(list(part_hash)) < count(*)'
        : 'min(part_hash) = max(part_hash)';
    const areMany = hasManyParts ? '' : `when count(*) > 2 then error('${manyParts}')`;
    return `
        select
            ${names}, _file_index, ${sums.join(', ')},
            case when count(*) = 1 then any_value(_extra) end as _extra
        from (select *, ${hash} as part_hash from (${rows}))
        group by ${names}, _file_index
        having case
            when count(*) = 1 then true
            ${areMany}
            when ${areCopies} then error('parts of a key that may be equal')
            else true
        end`;
}

/** Rows that are looked at for how many parts a key has. */
const lookedAt = 2000;

/** Whether a key has more than two parts among the first rows. */
export async function hasManyParts(
    warehouse: Warehouse,
    contract: StreamContract,
    { rows }: NumberedScan,
): Promise<boolean> {
    const found = await warehouse.query(`
        select 1 from (from (${rows}) limit ${lookedAt})
        group by ${columnList(contract.key)} having count(*) > 2 limit 1`);
    return found.length > 0;
}
