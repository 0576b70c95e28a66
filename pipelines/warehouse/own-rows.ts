import { sqlName, sqlText } from '../contracts/batch.ts';
import { rawTable } from '../contracts/ddl.ts';
import { ContractError } from '../errors.ts';
import type { Warehouse } from './connection.ts';
import type { LoadRequest } from './load-request.ts';
import { temporary } from './temporary.ts';

interface Shared {
    readonly input: string;
    readonly key: string;
}

/**
 * Deal 42 of one system is not deal 42 of another: rows that a connection would take from another one
 * are refused, or they would change places with every run.
 * @throws ContractError naming both
 */
export async function assertOwnRows(
    warehouse: Warehouse,
    { contract, batches, cursors }: LoadRequest,
): Promise<void> {
    const [own] = batches;
    if (cursors === undefined || own === undefined) return;
    // Two that say the same of their ids are one system.
    const space = own.idSpace === undefined ? 'null' : sqlText(own.idSpace);
    const key = contract.key.map((name) => `cast(old.${sqlName(name)} as varchar)`).join(', ');
    const [shared] = await warehouse.query<Shared>(`
        select writer.input, concat_ws(', ', ${key}) as key
        from ${rawTable(contract)} as old
        semi join (
            select old_id from ${temporary.changes} union all select old_id from ${temporary.gone}
        ) as taken on taken.old_id = old.rowid
        inner join jointly.files as writer on writer.file_id = old._file_id
        where writer.input <> ${sqlText(own.input)}
        and (writer.id_prefix is null or writer.id_prefix is distinct from ${space})
        and writer.input in (select connection from jointly.cursors)
        order by key limit 1`);
    if (shared === undefined) return;
    throw new ContractError({
        what: `Connections ${shared.input} and ${own.input} both have ${contract.key.join(', ')} ${shared.key} in ${contract.name}. Nothing of this stream was changed.`,
        why: 'ids of two systems say nothing of each other, and one record would take the place of the other',
        fix: `write id_prefix: '${own.input}:' into connection ${own.input}; where both read the same account, take it out of one`,
    });
}
