import { sqlName } from '../../contracts/batch.ts';
import type { StreamContract } from '../../contracts/stream.ts';
import type { Warehouse } from '../connection.ts';
import { temporary } from '../temporary.ts';
import { columnList } from './sql.ts';

/**
 * Puts the ids of one record together where a report writes a row for each of them: a deal joined to
 * its contacts stands there once per contact. Rows of one key and file that differ in nothing else
 * are such a record; the last of them, which the others lose to, holds the ids of all.
 */
export async function joinLists(warehouse: Warehouse, contract: StreamContract): Promise<void> {
    const lists = contract.columns.filter(({ isList }) => isList).map(({ name }) => sqlName(name));
    if (lists.length === 0) return;
    const others = contract.columns.filter(({ isList }) => !isList).map(({ name }) => name);
    const joined = lists.map((name) => `string_agg(${name}, ';' order by id) as ${name}`);
    const differ = lists.map((name) => `count(distinct ${name}) > 1`);
    await warehouse.run(`
        update ${temporary.staged}
        set ${lists.map((name) => `${name} = joined.${name}`).join(', ')}
        from (
            select max(id) as last_id, ${joined.join(', ')}
            from ${temporary.doubles}
            group by _file_no, ${columnList(others)}
            having ${differ.join(' or ')}
        ) as joined
        where staged.rowid = joined.last_id`);
}
