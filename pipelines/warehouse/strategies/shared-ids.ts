import { sqlName, sqlText } from '../../contracts/batch.ts';
import { ContractError } from '../../errors.ts';
import type { LoadRequest } from '../load-request.ts';
import { placeSql } from '../staging.ts';
import { temporary } from '../temporary.ts';
import type { Warehouse } from '../warehouse.ts';

interface Pair {
    readonly keys: number;
    readonly key: string;
    readonly first_input: string;
    readonly first_file: string;
    readonly first_row: number;
    readonly first: string;
    readonly second_input: string;
    readonly second_file: string;
    readonly second_row: number;
    readonly second: string;
}

/**
 * Two systems number their records alike. A row of one must not pass for a later version of the
 * other's, which would be lost; runs once rows that share a key are known.
 * @throws ContractError that shows both rows
 */
export async function assertOwnIds(
    warehouse: Warehouse,
    { contract, batches }: LoadRequest,
): Promise<void> {
    const pairs = batches.flatMap((one, index) =>
        batches
            .slice(index + 1)
            .filter((other) => one.idSpace === undefined || one.idSpace !== other.idSpace)
            .map((other) => `(${sqlText(one.input)}, ${sqlText(other.input)})`),
    );
    if (pairs.length === 0) return;
    const doubles = await warehouse.query(`
        select 1 from duckdb_tables() where temporary and table_name = 'doubles'`);
    if (doubles.length === 0) return;
    const isOther = contract.columns
        .filter(({ name }) => !contract.key.includes(name))
        .map(({ name }) => `one.${sqlName(name)} is distinct from other.${sqlName(name)}`);
    if (isOther.length === 0) return;
    const rowOf = (table: string) => {
        const cells = contract.columns.map(
            ({ name }) => `${sqlName(name)} := ${table}.${sqlName(name)}`,
        );
        return `cast(to_json(struct_pack(${cells.join(', ')})) as varchar)`;
    };
    const key = contract.key
        .map((name) => `cast(one.${sqlName(name)} as varchar)`)
        .join(`, ', ', `);
    const [pair] = await warehouse.query<Pair>(`
        with shared as (
            select doubles.first_id from ${temporary.doubles} as doubles
            inner join ${temporary.stagedFiles} as files on files.file_no = _file_no
            group by 1 having count(distinct input) > 1
        )
        select
            cast(count(distinct one.first_id) over () as integer) as keys,
            concat(${key}) as key,
            files.input as first_input, files.file as first_file,
            ${placeSql('one.id', 'files')} as first_row, ${rowOf('one')} as first,
            others.input as second_input, others.file as second_file,
            ${placeSql('other.id', 'others')} as second_row, ${rowOf('other')} as second
        from (from ${temporary.doubles} semi join shared using (first_id)) as one
        inner join ${temporary.doubles} as other on other.first_id = one.first_id
        inner join ${temporary.stagedFiles} as files on files.file_no = one._file_no
        inner join ${temporary.stagedFiles} as others on others.file_no = other._file_no
        inner join (values ${pairs.join(', ')}) as systems(one_input, other_input)
            on systems.one_input = files.input and systems.other_input = others.input
        where ${isOther.join(' or ')}
        order by one.id, other.id limit 1`);
    if (!pair) return;
    const names = contract.key.join(', ');
    const more = pair.keys > 1 ? `, and of ${pair.keys - 1} more` : '';
    throw new ContractError({
        what:
            `Stream ${contract.name}: inputs ${pair.first_input} and ${pair.second_input} deliver ` +
            `different rows of ${names} ${pair.key}${more}. Nothing of this stream was changed.\n` +
            `  ${pair.first_file}, row ${pair.first_row}: ${withoutNulls(pair.first)}\n` +
            `  ${pair.second_file}, row ${pair.second_row}: ${withoutNulls(pair.second)}`,
        why: 'one of them would replace the other, although they may be records of two systems',
        fix:
            `if they are, write id_prefix: '${pair.second_input}:' in input ${pair.second_input} and in the other inputs ` +
            `that name its records; if both are exports of one system, write id_prefix: '' in both, and the later row counts`,
    });
}

function withoutNulls(row: string): string {
    const cells = Object.entries(JSON.parse(row)).filter(([, value]) => value !== null);
    return JSON.stringify(Object.fromEntries(cells));
}
