import { appendFileSync } from 'node:fs';
import { sqlName, sqlText } from '../contracts/batch.ts';
import { isRecordId } from '../contracts/columns.ts';
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
    const own = withoutPrefix(`old.${key}`, idPrefix);
    // Two joins: one on either of two ids would compare every record with every id.
    const compared = `
        with ids as (
            select distinct id from read_ndjson(${sqlText(idsPath)}, columns = {id: 'VARCHAR'})
        )
        select
            old.*,
            ids.id is null and records.id is null as is_gone,
            coalesce(old.is_deleted, false) as was_gone
        from ${rawTable(contract)} as old
        inner join jointly.files as writer on writer.file_id = old._file_id
            and writer.stream = ${sqlText(contract.name)} and writer.input = ${sqlText(connection)}
        left join ids on ids.id = ${own}
        left join ids as records on records.id = ${recordOf(own)}`;
    // Of a record that is there, some part may be none of it any more: that is not known here.
    const isChanged = `is_gone <> was_gone and (is_gone or ${withoutPrefix(key, idPrefix)} = ${recordOf(withoutPrefix(key, idPrefix))})`;
    const [found] = await warehouse.query<{ gone: number; there: number; changed: number }>(`
        select
            cast(count(*) filter (is_gone and not was_gone) as integer) as gone,
            cast(count(*) filter (not was_gone) as integer) as there,
            cast(count(*) filter (${isChanged}) as integer) as changed
        from (${compared})`);
    const { gone = 0, there = 0, changed = 0 } = found ?? {};
    if (gone > there * maximumShare) {
        throw new ContractError({
            what: `Connection ${connection}: ${count(gone, 'record')} of ${there} in ${contract.name} are no longer there. Nothing was marked as deleted.`,
            why: 'records that a user may not see are left out without a word',
            fix: 'check that the user of the connection may read all records; if they are really gone, load once with --yes',
        });
    }
    const columns = columnsWith(contract, idPrefix, `case when is_gone then 'true' end`);
    await warehouse.run(`
        copy (select ${columns} from (${compared}) where ${isChanged})
        to ${sqlText(path)} (format json)`);
    return changed;
}

export interface LeftRecords {
    readonly contract: StreamContract;
    readonly connection: string;
    readonly idPrefix: string;
    /** NDJSON files of rows that are about to be loaded. */
    readonly rowPaths: readonly string[];
    /** NDJSON files of records with the keys that are left of each; the last word on a record counts. */
    readonly recordPaths: readonly string[];
    readonly path: string;
}

/**
 * Writes the rows of records that are no longer part of them, marked as deleted: those that the
 * warehouse has, and those that came and went within what is about to be loaded.
 * @returns how many
 */
export async function writeLeft(warehouse: Warehouse, left: LeftRecords): Promise<number> {
    const { contract, connection, idPrefix, rowPaths, recordPaths, path } = left;
    const key = sqlName(contract.key[0] ?? '');
    const list = (paths: readonly string[]) => `[${paths.map(sqlText).join(', ')}]`;
    const names = contract.columns.map(({ name }) => sqlName(name));
    const known = columnsWith(contract, idPrefix, 'old.is_deleted');
    const asText = names.map((name) => `cast(${name} as varchar) as ${name}`).join(', ');
    const types = contract.columns.map(({ name }) => `${sqlName(name)}: 'VARCHAR'`).join(', ');
    const [counted] = await warehouse.query<{ rows: number }>(`
        copy (
            with records as (
                select id, arg_max(keys, place) as keys from (
                    select id, keys, row_number() over () as place
                    from read_ndjson(${list(recordPaths)}, columns = {id: 'VARCHAR', keys: 'VARCHAR[]'})
                ) group by id
            ),
            known as (
                select ${asText} from (select ${known}, old._file_id from ${rawTable(contract)} as old) as old
                inner join jointly.files as writer on writer.file_id = old._file_id
                    and writer.stream = ${sqlText(contract.name)}
                    and writer.input = ${sqlText(connection)}
                where not coalesce(old.is_deleted, false)
                union all
                select ${names.join(', ')} from read_ndjson(${list(rowPaths)}, columns = {${types}})
            )
            select ${columnsWith(contract, '', `'true'`)}
            from known
            inner join records on records.id = ${recordOf(`known.${key}`)}
            where not list_contains(records.keys, known.${key})
            qualify row_number() over (partition by known.${key}) = 1
        ) to ${sqlText(path)} (format json)`);
    return Number(Object.values(counted ?? {})[0] ?? 0);
}

/** The record of which a row is a part. */
const recordOf = (key: string) => `split_part(${key}, '/', 1)`;

/** The columns of a table of the stream, without the prefix: they are loaded like others, which puts it before ids. */
function columnsWith({ columns }: StreamContract, prefix: string, mark: string): string {
    return columns
        .map((column) => {
            const name = sqlName(column.name);
            if (column.name === 'is_deleted') return `${mark} as is_deleted`;
            if (prefix === '' || !isRecordId(column)) return name;
            return `${column.isList ? listWithoutPrefix(name, prefix) : withoutPrefix(name, prefix)} as ${name}`;
        })
        .join(', ');
}

const withoutPrefix = (id: string, prefix: string) =>
    prefix === '' ? id : `substr(${id}, ${prefix.length + 1})`;

function listWithoutPrefix(ids: string, prefix: string): string {
    const cut = `list_transform(string_split(${ids}, ';'), lambda id: ${withoutPrefix('id', prefix)})`;
    return `array_to_string(${cut}, ';')`;
}
