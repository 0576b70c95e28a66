import { type Batch, type Scan, type SourceFile, sqlText } from '../contracts/batch.ts';
import type { Warehouse } from './connection.ts';
import { type ContractCheck, contractChecks } from './contract-checks.ts';
import type { LoadRequest } from './load-request.ts';
import { filesOf, isLeftOut, placeSql } from './staging.ts';
import { temporary } from './temporary.ts';

/** A column of the contract with its name in the file, as messages show it. */
export function shownColumn(column: string, scan: Scan | undefined): string {
    const name = scan?.nameInFile(column);
    return name ? `${column} (${name})` : column;
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
            _file_no, ${placeSql('id', 'staged_files')}, null, problem.col, problem.expected, problem.got, _raw
        from single
        inner join ${temporary.stagedFiles} on file_no = _file_no`);
}

/** Writes the line of the file beside every reject, and the text of a row that is not readable at all. */
export async function addLines(warehouse: Warehouse, batches: readonly Batch[]): Promise<void> {
    const rows = await warehouse.query<{ file_no: number; rows: string }>(`
        select file_no, string_agg(distinct cast("row" as varchar), ',') as rows
        from ${temporary.newRejects} group by file_no`);
    const files = filesOf(batches);
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
