import { sqlName } from '../../contracts/batch.ts';
import { rawTable } from '../../contracts/ddl.ts';
import type { StreamContract } from '../../contracts/stream.ts';
import type { Warehouse } from '../connection.ts';
import type { LoadRequest } from '../load-request.ts';
import { temporary } from '../temporary.ts';
import { sameKey } from './sql.ts';
import { keptRows } from './strategy.ts';

interface Dropped {
    readonly rows: number;
    readonly amount: string;
    readonly example: string;
    readonly files: string | null;
}

/**
 * Says how much money a restatement takes away: a later file that was filtered to some campaigns
 * looks like one from which the others were removed.
 */
export async function noteDropped(
    warehouse: Warehouse,
    { contract, onNote }: LoadRequest,
    isFirstLoad: boolean,
): Promise<void> {
    const money = contract.columns.find(({ isAdditive, required }) => isAdditive && required);
    if (!money || contract.strategy.kind !== 'replace') return;
    const amount = sqlName(money.name);
    const key = contract.key.map((name) => `cast(dropped.${sqlName(name)} as varchar)`);
    const kept = await keptRows(warehouse);
    const [found] = await warehouse.query<Dropped>(`
        select
            count(*) as rows, cast(sum(${amount}) as varchar) as amount,
            min(concat_ws(', ', ${key.join(', ')})) as example,
            string_agg(distinct file, ', ' order by file) as files
        from (${droppedRows(contract, kept, isFirstLoad)}) as dropped
        where ${amount} <> 0
        having count(*) > 0`);
    if (!found) return;
    const of = found.files ? ` of ${found.files}` : '';
    onNote(
        `${found.rows} rows${of} with ${money.name} ${found.amount} are in no later file of their days ` +
            `and no longer count (such as ${found.example}); where the later file was filtered, export it whole`,
    );
}

/** Rows that count no more and that no row replaces: of earlier files, and of earlier loads. */
function droppedRows(contract: StreamContract, kept: string, isFirstLoad: boolean): string {
    const ofFiles = `
        select staged.*, file
        from ${temporary.staged}
        inner join ${temporary.stagedFiles} as files on files.file_no = staged._file_no
        semi join (from ${temporary.losers} where outcome = 'superseded') as lost
            on lost.id = staged.rowid
        anti join (${kept}) as kept on ${sameKey(contract.key, 'kept', 'staged')}`;
    if (isFirstLoad) return ofFiles;
    const names = contract.columns.map(({ name }) => `old.${sqlName(name)}`).join(', ');
    // What an earlier file of this load still says is found there.
    return `
        select * from (${ofFiles})
        union all by name
        select ${names}, null as file
        from ${rawTable(contract)} as old
        semi join ${temporary.gone} as gone on ${sameKey(contract.key, 'gone', 'old')}
        anti join ${temporary.staged} as staged on ${sameKey(contract.key, 'staged', 'old')}`;
}
