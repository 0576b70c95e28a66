import { sqlName } from '../../contracts/batch.ts';
import { rawTable } from '../../contracts/ddl.ts';
import type { StreamContract } from '../../contracts/stream.ts';
import type { Warehouse } from '../connection.ts';
import { columnList, differs, sameKey } from './sql.ts';
import { keptRows, type Strategy } from './strategy.ts';

/** One row per key: the latest by cursor, then the later input, file and row. */
export const merge: Strategy = { settle, compare };

async function settle(warehouse: Warehouse, contract: StreamContract): Promise<void> {
    const key = columnList(contract.key);
    const cursor = cursorOf(contract);
    const latestFirst = [...(cursor ? [`${sqlName(cursor)} desc nulls last`] : []), 'rowid desc'];
    // Only keys that occur twice are ranked: ranking every row would cost more than the load.
    await warehouse.run(`
        create temp table losers as
        with
        doubled as (
            select ${key} from temp.staged where not _broken group by ${key} having count(*) > 1
        ),
        ranked as (
            select
                staged.rowid as id,
                row_number() over (
                    partition by ${columnList(contract.key, 'staged')}
                    order by ${latestFirst.map((one) => `staged.${one}`).join(', ')}
                ) as rank
            from temp.staged
            inner join doubled on ${sameKey(contract.key, 'staged', 'doubled')}
            where not staged._broken
        )
        select id, 'duplicate' as outcome from ranked where rank > 1`);
}

async function compare(warehouse: Warehouse, contract: StreamContract): Promise<void> {
    const cursor = cursorOf(contract);
    const [first] = contract.key as [string, ...string[]];
    const isOlder = cursor
        ? `coalesce(old.${sqlName(cursor)} > kept.${sqlName(cursor)}, old.${sqlName(cursor)} is not null and kept.${sqlName(cursor)} is null)`
        : 'false';
    await warehouse.run(`
        create temp table changes as
        select
            kept.id,
            case
                when old.${sqlName(first)} is null then 'inserted'
                when ${isOlder} then 'superseded'
                when ${differs(contract, 'old', 'kept')} then 'updated'
                else 'unchanged'
            end as outcome
        from (${keptRows}) as kept
        left join ${rawTable(contract)} as old on ${sameKey(contract.key, 'old', 'kept')}`);
    await warehouse.run(
        `create temp table gone as select ${columnList(contract.key)} from temp.staged limit 0`,
    );
}

function cursorOf(contract: StreamContract): string | undefined {
    return contract.strategy.kind === 'merge' ? contract.strategy.cursor : undefined;
}
