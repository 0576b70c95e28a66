import { sqlName, sqlText } from '../contracts/batch.ts';
import { rawTable } from '../contracts/ddl.ts';
import type { StreamContract } from '../contracts/stream.ts';
import { count } from '../count.ts';
import { ContractError } from '../errors.ts';
import type { Warehouse } from './connection.ts';
import type { LoadRequest } from './load-request.ts';
import { columnList, sameKey } from './strategies/sql.ts';
import { keptRows } from './strategies/strategy.ts';
import { temporary } from './temporary.ts';

interface Loss {
    readonly input: string;
    readonly file: string;
    readonly allowed: number;
    readonly share: number;
    readonly rows: number;
    readonly lost: string;
    readonly before: string;
    readonly example: string;
}

/**
 * An export that was cut off or filtered looks like one from which rows were really removed. Money
 * that a restatement drops is judged by its sum, rows of an input that is complete by their number,
 * both against what of the same input is stated anew. What an earlier load has dropped is not
 * judged again.
 * @throws ContractError when more is lost than the input allows and nobody has confirmed it
 */
export async function assertLossShare(
    warehouse: Warehouse,
    request: LoadRequest,
    isFirstLoad: boolean,
): Promise<void> {
    const { contract, batches, isConfirmed, isFullRefresh } = request;
    if (isConfirmed || isFullRefresh) return;
    const isComplete = batches.some((batch) => batch.isComplete);
    const money = contract.columns.find(({ isAdditive, required }) => isAdditive && required);
    const isReplaced = contract.strategy.kind === 'replace' && money !== undefined;
    if (!isReplaced && !isComplete) return;
    const worth = (table: string) => (isReplaced ? `${table}.${sqlName(money.name)}` : '1');
    const shares = batches.map(
        ({ input, maximumLossShare }) => `(${sqlText(input)}, cast(${maximumLossShare} as double))`,
    );
    const key = contract.key.map((name) => `cast(%.${sqlName(name)} as varchar)`).join(', ');
    const label = (table: string) => `concat_ws(', ', ${key.replaceAll('%', table)})`;
    const restated = [
        ...(isFirstLoad ? [] : restatedRows(contract, worth('old'), label('old'))),
        restatedFiles(contract, await keptRows(warehouse), {
            worth: worth('staged'),
            label: label('staged'),
        }),
    ];
    const [worst] = await warehouse.query<Loss>(`
        select
            input, allowed, cast(count(*) filter (is_lost) as integer) as rows,
            cast(sum(worth) filter (is_lost) as varchar) as lost,
            cast(sum(worth) as varchar) as before,
            cast(sum(worth) filter (is_lost) as double) / cast(sum(worth) as double) as share,
            min(label) filter (is_lost and worth <> 0) as example,
            (select arg_max(file, file_no) from ${temporary.stagedFiles} as files
                where files.input = restated.input) as file
        from (${restated.join(' union all ')}) as restated
        inner join (values ${shares.join(', ')}) as shares(input, allowed) using (input)
        group by input, allowed
        having sum(worth) filter (is_lost) > sum(worth) * allowed
        order by share desc, input limit 1`);
    if (worst) throw tooMuch(contract, worst, isReplaced ? money.name : undefined);
}

/** Rows that are there: those that the load has, too, and those that it takes away. */
function restatedRows(contract: StreamContract, worth: string, label: string): readonly string[] {
    const rows = (ids: string, isLost: boolean) => `
        select writer.input, ${worth} as worth, ${label} as label, ${isLost} as is_lost
        from ${rawTable(contract)} as old
        semi join (${ids}) as ids on ids.old_id = old.rowid
        inner join jointly.files as writer on writer.file_id = old._file_id`;
    return [rows(`from ${temporary.changes}`, false), rows(`from ${temporary.gone}`, true)];
}

/** Rows of files that are read for the first time and that a later file of the load restates. */
function restatedFiles(
    contract: StreamContract,
    kept: string,
    { worth, label }: { readonly worth: string; readonly label: string },
): string {
    return `
        select files.input, ${worth} as worth, ${label} as label,
            not exists (
                select 1 from (${kept}) as kept where ${sameKey(contract.key, 'kept', 'staged')}
            ) as is_lost
        from ${temporary.staged} as staged
        inner join ${temporary.stagedFiles} as files on files.file_no = staged._file_no
        semi join (from ${temporary.losers} where outcome = 'superseded') as lost
            on lost.id = staged.rowid
        anti join jointly.files as known on known.stream = ${sqlText(contract.name)}
            and known.input = files.input and known.file = files.file
        anti join ${rawTable(contract)} as old on ${sameKey(contract.key, 'old', 'staged')}
        qualify row_number() over (
            partition by ${columnList(contract.key, 'staged')} order by staged._file_no desc
        ) = 1`;
}

function tooMuch(contract: StreamContract, loss: Loss, money: string | undefined): ContractError {
    const percent = (share: number) => `${(share * 100).toFixed(1).replace('.0', '')} %`;
    const worth = money ? ` with ${money} ${loss.lost} of ${loss.before}` : ` of ${loss.before}`;
    return new ContractError({
        what:
            `Stream ${contract.name}, input ${loss.input}: ${count(loss.rows, 'row')}${worth} would no ` +
            `longer count (such as ${loss.example}). That is ${percent(loss.share)}, and ` +
            `${percent(loss.allowed)} may go at once. Nothing of this stream was changed.`,
        why: 'a later file restates their days or is said to hold everything, and lacks them',
        file: loss.file,
        fix:
            'export it whole if it was filtered or cut off; if the rows are really gone, load once with ' +
            '--yes, or raise max_loss_share of the input',
    });
}
