import { type Scan, sqlText } from '../contracts/batch.ts';
import { ContractError, describePlace } from '../errors.ts';
import type { Warehouse } from './connection.ts';
import { oneRowPerKey } from './contract-checks.ts';
import type { LoadRequest } from './load-request.ts';
import { shownColumn } from './rejects.ts';
import { scansOf } from './staging.ts';
import { temporary } from './temporary.ts';

const shownRejects = 5;

/** Rejects that are looked at for what would mend them: totals stand at the end. */
const judgedRejects = 10_000;

interface ShownReject {
    readonly file_no: number;
    readonly file: string;
    readonly row: number;
    readonly line: number | null;
    readonly column: string;
    readonly expected: string;
    readonly got: string | null;
    readonly raw: string | null;
}

interface RefusedInput {
    readonly input: string;
    readonly share: number;
    readonly rejected: number;
    readonly total: number;
}

/** @throws ContractError when an input has more rejected rows than its share allows. */
export async function assertRejectShare(
    warehouse: Warehouse,
    { contract, batches }: LoadRequest,
): Promise<void> {
    const shares = batches.map(
        ({ input, maximumRejectShare }) =>
            `(${sqlText(input)}, cast(${maximumRejectShare} as double))`,
    );
    const [worst] = await warehouse.query<RefusedInput>(`
        select input, share, sum(rejected) as rejected, sum(rows_meant) as total
        from (
            select input, row_count - coalesce(left_out_count, 0) as rows_meant, (
                select count(distinct "row") from ${temporary.newRejects} as r where r.file_no = f.file_no
            ) as rejected
            from ${temporary.stagedFiles} as f
        )
        inner join (values ${shares.join(', ')}) as shares(input, share) using (input)
        group by input, share
        having sum(rejected) > sum(rows_meant) * share
        order by input limit 1`);
    if (!worst) return;
    const shown = await warehouse.query<ShownReject>(`
        select file_no, file, "row", line, "column", expected, got, cast(raw as varchar) as raw
        from ${temporary.newRejects} inner join ${temporary.stagedFiles} using (file_no)
        where input = ${sqlText(worst.input)}
        order by file_no, "row", "column" limit ${judgedRejects}`);
    const scans = scansOf(batches);
    const scanOf = (reject: ShownReject) =>
        scans.findLast((scan) => scan.firstFile <= reject.file_no) as Scan;
    const places = shown
        .slice(0, shownRejects)
        .map((one) => `  ${describeReject(one, scanOf(one))}`);
    throw new ContractError({
        what:
            `Stream ${contract.name}, input ${worst.input}: ${worst.rejected} of ${worst.total} ` +
            `rows break the contract, and ${worst.share * 100} % may. ` +
            `Nothing of this stream was changed.\n${places.join('\n')}`,
        fix: adviceOn(shown, scanOf),
    });
}

/**
 * Rows of one key with different amounts are parts that add up, or one of them is wrong. Setting
 * both aside would leave their money out, so no share of broken rows lets them pass.
 * @throws ContractError for rows of money that meet
 */
export async function assertNoConflicts(
    warehouse: Warehouse,
    { contract }: LoadRequest,
): Promise<void> {
    const additive = contract.columns.filter(({ isAdditive }) => isAdditive);
    if (additive.length === 0) return;
    const [first] = await warehouse.query<ShownReject & { input: string; rows: number }>(`
        select input, file, "row", line, got, count(*) over () as rows
        from ${temporary.newRejects} inner join ${temporary.stagedFiles} using (file_no)
        where expected = ${sqlText(oneRowPerKey(contract))}
        order by file_no, "row" limit 1`);
    if (!first) return;
    const names = additive.map(({ name }) => name).join(', ');
    throw new ContractError({
        what:
            `Stream ${contract.name}, input ${first.input}: ${first.rows} rows share their ` +
            `${contract.key.join(', ')} and say different things. Nothing of this stream was changed.`,
        file: first.file,
        row: first.row,
        ...(first.line === null ? {} : { line: first.line }),
        expected: oneRowPerKey(contract),
        got: first.got ?? '',
        fix:
            `in input ${first.input} write sum_to_key: true when the rows are parts of one ` +
            `(an ad, a device, an age each), which adds up ${names}; or export one row for each`,
    });
}

function adviceOn(shown: readonly ShownReject[], scanOf: (reject: ShownReject) => Scan): string {
    const onRow = shown
        .map((one) => (one.raw === null ? undefined : scanOf(one).adviceOnRow(one.raw)))
        .find((advice) => advice);
    // To let a sum of other rows pass as broken would hide the rows that really are.
    if (onRow) return onRow;
    const onCell = shown
        .map((one) => one.got !== null && scanOf(one).adviceOn(one.column, one.got))
        .find((advice) => advice);
    return `${onCell || 'correct the export or the columns of the input in the config'}, or raise max_reject_share of the input`;
}

function describeReject(reject: ShownReject, scan: Scan): string {
    return describePlace({
        file: reject.file,
        row: reject.row,
        ...(reject.line === null ? {} : { line: reject.line }),
        ...(reject.column === '' ? {} : { column: shownColumn(reject.column, scan) }),
        expected: reject.expected,
        got: reject.got === null ? 'an empty cell' : `'${reject.got}'`,
    });
}
