import { type Batch, type Scan, type SourceFile, sqlText } from '../contracts/batch.ts';
import { ContractError, describePlace } from '../errors.ts';
import type { Warehouse } from './connection.ts';
import type { LoadRequest } from './load-request.ts';
import { type ContractCheck, contractChecks, isLeftOut, oneRowPerKey, scansOf } from './staging.ts';
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

/** Creates the empty temp table of this load's rejects. */
export async function createRejects(warehouse: Warehouse): Promise<void> {
    await warehouse.run(`
        create temp table ${temporary.newRejects} (
            file_no integer, "row" bigint, line bigint, "column" varchar, expected varchar,
            got varchar, raw json
        )`);
}

/** Writes down what is wrong with every broken row, cell by cell. */
export async function collectRejects(
    warehouse: Warehouse,
    { contract, startedAt }: LoadRequest,
): Promise<void> {
    const problem = ({ column, expected, broken, got }: ContractCheck) =>
        `case when coalesce(${broken}, false) ` +
        `and not list_contains(list_transform(unreadable, lambda one: one.col), ${sqlText(column)}) ` +
        `then {'col': ${sqlText(column)}, 'expected': ${sqlText(expected)}, 'got': ${got}} end`;
    const checks = contractChecks(contract, startedAt).map(problem).join(', ');
    await warehouse.run(`
        insert into ${temporary.newRejects}
        with
        broken_rows as (
            select
                *, rowid as id,
                from_json(_problems, '[{"col": "VARCHAR", "expected": "VARCHAR", "got": "VARCHAR"}]')
                    as unreadable
            from ${temporary.staged} where _broken and not (${isLeftOut})
        ),
        single as (
            select
                _file_no, id, _raw,
                unnest(list_concat(
                    unreadable, list_filter([${checks}], lambda one: one is not null)
                )) as problem
            from broken_rows
        )
        select
            _file_no, id - first_id + 1, null, problem.col, problem.expected, problem.got, _raw
        from single
        inner join ${temporary.stagedFiles} on file_no = _file_no`);
}

/** Writes the line of the file beside every reject, and the text of a row that is not readable at all. */
export async function addLines(warehouse: Warehouse, batches: readonly Batch[]): Promise<void> {
    const rows = await warehouse.query<{ file_no: number; rows: string }>(`
        select file_no, string_agg(distinct cast("row" as varchar), ',') as rows
        from ${temporary.newRejects} group by file_no`);
    const files = batches.flatMap((batch) => batch.scans.flatMap((scan) => scan.files));
    for (const { file_no: fileNo, rows: list } of rows) {
        const file = files[fileNo] as SourceFile;
        await addText(warehouse, fileNo, file);
        const lines = await file.linesOf(list.split(',').map(Number));
        const pairs = [...lines].map(([row, line]) => `(${row}, ${line})`);
        if (pairs.length === 0) continue;
        await warehouse.run(`
            update ${temporary.newRejects} set line = found.line
            from (values ${pairs.join(', ')}) as found("row", line)
            where new_rejects.file_no = ${fileNo} and new_rejects."row" = found."row"`);
    }
}

async function addText(warehouse: Warehouse, fileNo: number, file: SourceFile): Promise<void> {
    if (file.textOf === undefined) return;
    const rows = await warehouse.query<{ row: number }>(`
        select distinct "row" from ${temporary.newRejects}
        where file_no = ${fileNo} and raw is null`);
    if (rows.length === 0) return;
    const texts = [...(await file.textOf(rows.map(({ row }) => row)))];
    if (texts.length === 0) return;
    const pairs = texts.map(([row, text]) => `(${row}, ${sqlText(text)})`);
    await warehouse.run(`
        update ${temporary.newRejects} set
            raw = to_json(found.text),
            got = case when "column" = '' then found.text else got end
        from (values ${pairs.join(', ')}) as found("row", text)
        where file_no = ${fileNo} and new_rejects."row" = found."row" and raw is null`);
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
    const name = scan.nameInFile(reject.column);
    return describePlace({
        file: reject.file,
        row: reject.row,
        ...(reject.line === null ? {} : { line: reject.line }),
        ...(reject.column === ''
            ? {}
            : { column: name ? `${reject.column} (${name})` : reject.column }),
        expected: reject.expected,
        got: reject.got === null ? 'an empty cell' : `'${reject.got}'`,
    });
}
