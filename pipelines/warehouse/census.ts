import { appendFileSync } from 'node:fs';
import { sqlName, sqlText } from '../contracts/batch.ts';
import { type Column, isRecordId } from '../contracts/columns.ts';
import { rawTable } from '../contracts/ddl.ts';
import type { StreamContract } from '../contracts/stream.ts';
import { count } from '../count.ts';
import { ContractError } from '../errors.ts';
import type { Warehouse } from './connection.ts';

export interface Census {
    readonly contract: StreamContract;
    /** Whose rows are compared; those of files and other connections are not its. */
    readonly connection: string;
    /** What stands before its ids in the warehouse, and not in the system. */
    readonly idPrefix: string;
    /** NDJSON of all ids that the system has, each in `id`. */
    readonly idsPath: string;
    /** Where the rows are written that have to be marked anew. */
    readonly path: string;
    /** Share of the records that may be gone at once. */
    readonly maximumShare: number;
}

/**
 * Writes the rows of records that a system no longer has, marked as deleted, and of those that it has
 * again, not marked.
 * @returns how many
 * @throws ContractError when more are gone than is likely: whoever may not see a record gets no word of it
 */
export async function writeRemoved(warehouse: Warehouse, census: Census): Promise<number> {
    const { contract, connection, idPrefix, idsPath, path, maximumShare } = census;
    // Where there is no record at all, there is no file either.
    appendFileSync(idsPath, '');
    const key = sqlName(contract.key[0] ?? '');
    const compared = `
        select old.*, ids.id is null as is_gone, coalesce(old.is_deleted, false) as was_gone
        from ${rawTable(contract)} as old
        inner join jointly.files as writer on writer.file_id = old._file_id
            and writer.stream = ${sqlText(contract.name)} and writer.input = ${sqlText(connection)}
        left join (
            select distinct id from read_ndjson(${sqlText(idsPath)}, columns = {id: 'VARCHAR'})
        ) as ids on ${sqlText(idPrefix)} || ids.id = old.${key}`;
    const [found] = await warehouse.query<{ gone: number; there: number; changed: number }>(`
        select
            cast(count(*) filter (is_gone and not was_gone) as integer) as gone,
            cast(count(*) filter (not was_gone) as integer) as there,
            cast(count(*) filter (is_gone <> was_gone) as integer) as changed
        from (${compared})`);
    const { gone = 0, there = 0, changed = 0 } = found ?? {};
    if (gone > there * maximumShare) {
        throw new ContractError({
            what: `Connection ${connection}: ${count(gone, 'record')} of ${there} in ${contract.name} are no longer there. Nothing was marked as deleted.`,
            why: 'records that a user may not see are left out without a word',
            fix: 'check that the user of the connection may read all records; if they are really gone, load once with --yes',
        });
    }
    const columns = contract.columns.map((column) => {
        if (column.name === 'is_deleted') return `case when is_gone then 'true' end as is_deleted`;
        return `${isRecordId(column) ? withoutPrefix(column, idPrefix) : sqlName(column.name)}`;
    });
    await warehouse.run(`
        copy (select ${columns.join(', ')} from (${compared}) where is_gone <> was_gone)
        to ${sqlText(path)} (format json)`);
    return changed;
}

/** The rows are loaded like any other, which puts the prefix before their ids. */
function withoutPrefix({ name, isList }: Column, prefix: string): string {
    const column = sqlName(name);
    if (prefix === '') return column;
    const cut = (id: string) => `substr(${id}, ${prefix.length + 1})`;
    if (!isList) return `${cut(column)} as ${column}`;
    const ids = `list_transform(string_split(${column}, ';'), lambda id: ${cut('id')})`;
    return `array_to_string(${ids}, ';') as ${column}`;
}
