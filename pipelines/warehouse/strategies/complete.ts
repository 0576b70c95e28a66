import { sqlName } from '../../contracts/batch.ts';
import { rawTable } from '../../contracts/ddl.ts';
import type { StreamContract } from '../../contracts/stream.ts';
import { count } from '../../count.ts';
import type { Warehouse } from '../connection.ts';
import type { LoadRequest } from '../load-request.ts';
import { isLeftOut } from '../staging.ts';
import { temporary } from '../temporary.ts';
import { columnList, sameKey } from './sql.ts';
import { keptRows } from './strategy.ts';

/**
 * Takes away what the newest file of an input lacks that holds everything. A row that is rejected is
 * not lacking; where a rejected row does not even tell its key, nothing is taken for lacking. What
 * such a file says of a row counts, whatever an earlier file of its input said of a later change.
 */
export async function takeLacking(
    warehouse: Warehouse,
    { contract, batches, onNote }: LoadRequest,
): Promise<void> {
    if (!batches.some(({ isComplete }) => isComplete)) return;
    const files = `(from ${temporary.stagedFiles} where is_complete)`;
    await warehouse.run(`
        update ${temporary.changes} set outcome = 'updated' where outcome = 'superseded' and id in (
            select staged.rowid
            from ${temporary.staged} as staged
            inner join ${temporary.changes} as own on own.id = staged.rowid
            inner join ${rawTable(contract)} as old on old.rowid = own.old_id
            inner join jointly.files as writer on writer.file_id = old._file_id
            inner join ${files} as files on files.file_no = staged._file_no
                and files.input = writer.input
        )`);
    const isNameless = contract.key.map((name) => `${sqlName(name)} is null`).join(' or ');
    const nameless = await warehouse.query<{ file: string; rows: number }>(`
        select file, cast(count(*) as integer) as rows
        from ${temporary.staged} inner join ${files} as files on files.file_no = staged._file_no
        where _broken and not (${isLeftOut}) and (${isNameless})
        group by file order by file`);
    for (const { file, rows } of nameless) {
        onNote(
            `${count(rows, 'row')} of ${file} cannot be told by ${contract.key.join(', ')}, so nothing that ` +
                'it lacks is taken for deleted',
        );
    }
    if (nameless.length > 0) return;
    await warehouse.run(`
        insert into ${temporary.gone}
        select old.rowid, ${columnList(contract.key, 'old')}
        from ${rawTable(contract)} as old
        inner join jointly.files as writer on writer.file_id = old._file_id
        semi join ${files} as files on files.input = writer.input
        anti join (${await saidRows(warehouse)}) as said on ${sameKey(contract.key, 'said', 'old')}
        anti join ${temporary.gone} as gone on gone.old_id = old.rowid`);
    await noteDeleted(warehouse, contract, onNote);
}

/** Rows that the files of the load say something of, be it that they are rejected. */
async function saidRows(warehouse: Warehouse): Promise<string> {
    return `
        select * from (${await keptRows(warehouse)})
        union all by name
        select * from ${temporary.staged} where _broken and not (${isLeftOut})`;
}

async function noteDeleted(
    warehouse: Warehouse,
    contract: StreamContract,
    onNote: LoadRequest['onNote'],
): Promise<void> {
    // Of money, what a restatement drops is said with the sum already.
    if (contract.strategy.kind === 'replace') return;
    const { amountColumn } = contract;
    const amount = amountColumn ? `cast(sum(old.${sqlName(amountColumn)}) as varchar)` : 'null';
    const key = contract.key.map((name) => `cast(old.${sqlName(name)} as varchar)`).join(', ');
    const [found] = await warehouse.query<{ rows: number; amount: string; example: string }>(`
        select
            cast(count(*) as integer) as rows, ${amount} as amount,
            min(concat_ws(', ', ${key})) as example
        from ${rawTable(contract)} as old
        semi join ${temporary.gone} as gone on gone.old_id = old.rowid
        having count(*) > 0`);
    if (!found) return;
    const worth = amountColumn && found.amount ? ` with ${amountColumn} ${found.amount}` : '';
    onNote(
        `${count(found.rows, 'row')}${worth} are deleted, because the newest file holds everything and ` +
            `lacks them (such as ${found.example}); they stay in the history`,
    );
}
