import { sqlName, sqlText } from '../../contracts/batch.ts';
import { rawTable } from '../../contracts/ddl.ts';
import type { StreamContract } from '../../contracts/stream.ts';
import type { Warehouse } from '../connection.ts';
import { latestChange } from '../contract-checks.ts';
import type { LoadRequest } from '../load-request.ts';
import { temporary } from '../temporary.ts';
import { joinLists } from './join-lists.ts';
import { columnList, differs, findDoubles, hasUniqueKeys, sameKey } from './sql.ts';
import { createLosers, keptRows, type Strategy } from './strategy.ts';

/** One row per key: the latest by cursor, then the later input, file and row. */
export const merge: Strategy = { isSettled: hasUniqueKeys, settle, compare };

async function settle(warehouse: Warehouse, { contract }: LoadRequest): Promise<void> {
    await createLosers(warehouse);
    if (!(await findDoubles(warehouse, contract.key))) return;
    await joinLists(warehouse, contract);
    const cursor = cursorOf(contract);
    const latestFirst = [...(cursor ? [`${sqlName(cursor)} desc nulls last`] : []), 'id desc'];
    await warehouse.run(`
        insert into ${temporary.losers}
        select id, 'duplicate' from (
            select id, row_number() over (
                partition by ${columnList(contract.key)} order by ${latestFirst.join(', ')}
            ) as place
            from ${temporary.doubles}
        ) where place > 1`);
}

async function compare(warehouse: Warehouse, { contract, startedAt }: LoadRequest): Promise<void> {
    const cursor = cursorOf(contract);
    const [first] = contract.key as [string, ...string[]];
    const isOlder = cursor ? isOlderBy(sqlName(cursor), latestChange(startedAt)) : 'false';
    const rows = await keptRows(warehouse);
    await warehouse.run(`
        create temp table ${temporary.changes} as
        select
            kept.id,
            old.rowid as old_id,
            case
                when old.${sqlName(first)} is null then 'inserted'
                when ${isOlder} then 'superseded'
                when ${differs(contract, 'old', 'kept')} then 'updated'
                else 'unchanged'
            end as outcome
        from (${rows}) as kept
        left join ${rawTable(contract)} as old on ${sameKey(contract.key, 'old', 'kept')}`);
    await warehouse.run(`
        create temp table ${temporary.gone} as
        select cast(null as bigint) as old_id, ${columnList(contract.key)}
        from ${temporary.staged} limit 0`);
}

/** Whether the kept row is older than the one that is there, whose cursor may be a misread year. */
function isOlderBy(cursor: string, limit: string): string {
    return (
        `(old.${cursor} <= timestamp ${sqlText(limit)} and ` +
        `coalesce(old.${cursor} > kept.${cursor}, kept.${cursor} is null))`
    );
}

function cursorOf(contract: StreamContract): string | undefined {
    return contract.strategy.kind === 'merge' ? contract.strategy.cursor : undefined;
}
