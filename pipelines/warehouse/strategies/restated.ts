import { sqlName } from '../../contracts/batch.ts';
import type { ReplaceStrategy, StreamContract } from '../../contracts/stream.ts';
import { ContractError } from '../../errors.ts';
import type { Warehouse } from '../connection.ts';
import { temporary } from '../temporary.ts';
import { columnList, sameKey } from './sql.ts';

interface Part {
    readonly earlier: string;
    readonly later: string;
    readonly account: string;
    readonly lost: string;
    readonly said: string;
}

/**
 * A later file may drop a campaign from a day. Where the two have no campaign in common at all, it
 * is no restatement but another part of the same report, and rows would be lost in silence.
 * @throws ContractError naming both files
 */
export async function assertRestated(
    warehouse: Warehouse,
    contract: StreamContract,
    { window, partition }: ReplaceStrategy,
): Promise<void> {
    const subject = contract.key.filter((name) => name !== window && !partition.includes(name));
    if (subject.length === 0) return;
    const said = (names: readonly string[]) => `
        select distinct ${columnList(names)}, _file_no from ${temporary.staged} where not _broken`;
    const words = (names: readonly string[], table: string) =>
        `concat_ws(', ', ${columnList(names, table)})`;
    const [part] = await warehouse.query<Part>(`
        with
        subjects as (${said([...partition, ...subject])}),
        days as (${said([...partition, window])}),
        -- Of several later files the first one decides: the next restate what it said.
        taken_days as (
            select days.*, min(windows._file_no) as next_no
            from days
            inner join ${temporary.windows} on ${sameKey(partition, 'windows', 'days')}
                and windows._file_no > days._file_no
                and days.${sqlName(window)} between windows.first_day and windows.last_day
            group by all
        ),
        parts as (
            select
                ${columnList(partition, 'own')}, own._file_no, pairs.next_no,
                min(${words(subject, 'own')}) as lost
            from (
                select distinct ${columnList(partition)}, _file_no, next_no from taken_days
            ) as pairs
            inner join subjects as own on own._file_no = pairs._file_no
                and ${sameKey(partition, 'own', 'pairs')}
            left join subjects as other on other._file_no = pairs.next_no
                and ${sameKey([...partition, ...subject], 'other', 'own')}
            group by ${columnList(partition, 'own')}, own._file_no, pairs.next_no
            having count(other._file_no) = 0
        )
        select
            first_file.file as earlier, next_file.file as later, parts.lost,
            ${words(partition, 'parts')} as account,
            min(${words(subject, 'subjects')}) as said
        from parts
        inner join subjects on subjects._file_no = parts.next_no
            and ${sameKey(partition, 'subjects', 'parts')}
        inner join ${temporary.stagedFiles} as first_file on first_file.file_no = parts._file_no
        inner join ${temporary.stagedFiles} as next_file on next_file.file_no = parts.next_no
        group by all
        order by earlier, later, account limit 1`);
    if (!part) return;
    const name = subject.join(', ');
    throw new ContractError({
        what:
            `${part.earlier} and ${part.later} speak for the same days of ${partition.join(', ')} ` +
            `${part.account} and have no ${name} in common.`,
        why: `a later file replaces what an earlier one says of its days, so the rows of ${part.earlier} would be lost`,
        file: part.later,
        column: name,
        expected: `${part.lost}, as in ${part.earlier}`,
        got: part.said,
        fix: `export every ${name} of an account into one file, or name an account of its own for each file`,
    });
}
