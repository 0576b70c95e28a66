import { type Batch, type Scan, type SourceFile, sqlName, sqlText } from '../contracts/batch.ts';
import type { StreamContract } from '../contracts/stream.ts';
import { ContractError } from '../errors.ts';
import { machineError } from '../machine-error.ts';
import type { Warehouse } from './connection.ts';
import { brokenSql } from './contract-checks.ts';
import { onOneThread, wideMegabytes } from './limits.ts';
import type { LoadRequest } from './load-request.ts';
import { temporary } from './temporary.ts';

/** Reads all scans into the staged rows and numbers their files. Nothing of the warehouse changes. */
export async function stage(
    warehouse: Warehouse,
    { contract, batches, startedAt, hasAmpleMemory }: LoadRequest,
): Promise<void> {
    const names = contract.columns.map((column) => sqlName(column.name)).join(', ');
    const hasUntil = scansOf(batches).some((scan) => scan.until);
    for (const { firstFile, ...scan } of scansOf(batches)) {
        const until = hasUntil ? `, ${scan.until ?? 'cast(null as date)'} as _until` : '';
        const broken = brokenSql(contract, startedAt);
        // A row that is left out does not land either, but nothing is wrong with it.
        const unwanted = [scan.skipped, scan.absent].filter((one) => one !== undefined);
        const isBroken = [...unwanted, broken].join(' or ');
        // Why a row is broken is worked out for those that are.
        const isExplained = ['_broken', ...unwanted.map((one) => `not ${one}`)].join(' and ');
        const select = `
            select
                ${names}, _extra, _broken, cast(_file_index as integer) + ${firstFile} as _file_no,
                case when ${isExplained} then ${scan.raw} end as _raw,
                case when ${isExplained} then cast(${scan.problems} as json) end as _problems${until}
            from (select *, ${isBroken} as _broken from (${scan.rows}))`;
        try {
            const read = () =>
                warehouse.run(
                    firstFile === 0
                        ? `create temp table ${temporary.staged} as ${select}`
                        : `insert into ${temporary.staged} ${select}`,
                );
            await (scan.isWide && !hasAmpleMemory
                ? onOneThread(warehouse, wideMegabytes, read)
                : read());
        } catch (error) {
            throw machineError(error) ?? (await scan.explainError(error));
        }
    }
    const absent = `count(*) filter (${isAbsent(contract, batches)})`;
    const sizes = `
        select
            _file_no, min(rowid) as first_id, count(*) - ${absent} as row_count,
            count(*) filter (_broken) - ${absent} as broken_count,
            count(*) filter (${isLeftOut}) - ${absent} as left_out_count,
            bool_or(_broken) as has_broken,
            max(rowid) - min(rowid) + 1 = count(*) as is_in_order
        from ${temporary.staged} group by _file_no`;
    await numberFiles(warehouse, batches, { firstId: await nextFileId(warehouse), sizes });
}

/** Condition over staged rows, true for one that the input leaves out. */
export const isLeftOut = '_broken and _problems is null';

/** Condition over staged rows, true for an event that its row of the file does not hold. */
function isAbsent({ eventColumn }: StreamContract, batches: readonly Batch[]): string {
    const files = scansOf(batches)
        .filter((scan) => scan.absent)
        .flatMap(({ firstFile, files }) => files.map((_, index) => firstFile + index));
    if (files.length === 0) return 'false';
    return `${isLeftOut} and ${sqlName(eventColumn)} is null and _file_no in (${files.join(', ')})`;
}

/** SQL of the row of its file, from 1, that a staged row with this id comes from. */
export function placeSql(id: string, files: string): string {
    return `((${id} - ${files}.first_id) // ${files}.events_per_row + 1)`;
}

export interface NumberedScan extends Scan {
    /** Number of its first file among the files of all scans, from 0. */
    readonly firstFile: number;
    /** Rows of one key and file are added up. */
    readonly isSummed: boolean;
}

/** The scans of all inputs in reading order. */
export function scansOf(batches: readonly Batch[]): readonly NumberedScan[] {
    let firstFile = 0;
    return batches
        .flatMap(({ scans, isSummed }) => scans.map((scan) => ({ ...scan, isSummed })))
        .map((scan) => {
            const numbered = { ...scan, firstFile };
            firstFile += scan.files.length;
            return numbered;
        });
}

/** The files of all inputs in reading order: the number of each is its place. */
export function filesOf(batches: readonly Batch[]): readonly SourceFile[] {
    return batches.flatMap((batch) => batch.scans.flatMap((scan) => scan.files));
}

interface FileNumbers {
    /** Number of the first file in jointly.files. */
    readonly firstId: number;
    /** Select of _file_no, first_id, row_count and whatever else is known of files that have rows. */
    readonly sizes: string;
}

/** Keeps the files in reading order. */
export async function numberFiles(
    warehouse: Warehouse,
    batches: readonly Batch[],
    { firstId, sizes }: FileNumbers,
): Promise<void> {
    const files = batches.flatMap((batch) =>
        batch.scans.flatMap(({ eventsPerRow, files }) =>
            files.map((file) => ({ ...batch, file: file.name, eventsPerRow })),
        ),
    );
    const rows = files.map(
        ({ input, file, isSummed, isComplete, idSpace, eventsPerRow }, index) =>
            `(${index}, ${sqlText(input)}, ${sqlText(file)}, ${isSummed}, ${isComplete}, ${prefixSql(idSpace)}, ${eventsPerRow})`,
    );
    await warehouse.run(`
        create temp table ${temporary.stagedFiles} as
        select
            names.file_no, names.input, names.file, names.is_summed, names.is_complete,
            cast(names.id_prefix as varchar) as id_prefix, names.events_per_row,
            names.file_no + ${firstId} as file_id,
            coalesce(counts.row_count, 0) as row_count,
            counts.* exclude (_file_no, row_count)
        from (values ${rows.join(', ')}) as names(file_no, input, file, is_summed, is_complete, id_prefix, events_per_row)
        left join (${sizes}) as counts on counts._file_no = names.file_no`);
}

/** An empty prefix says whose the ids are, and changes none. */
function prefixSql(idSpace: string | undefined): string {
    return idSpace === undefined || idSpace === '""' ? 'null' : sqlText(idSpace);
}

/** Lines below the data that the inputs leave out. */
export function footerLinesOf(batches: readonly Batch[]): number {
    return filesOf(batches).reduce((sum, file) => sum + (file.leftOutLines ?? 0), 0);
}

/** Number that the first file of a load gets in jointly.files. */
export async function nextFileId(warehouse: Warehouse): Promise<number> {
    const [next] = await warehouse.query<{ id: number }>(
        'select coalesce(max(file_id), 0) + 1 as id from jointly.files',
    );
    return next?.id ?? 1;
}

/**
 * A file with rows of which the engine reads none must not pass for an empty one.
 * @throws ContractError naming the first line that holds a row
 */
export async function assertNothingLost(
    warehouse: Warehouse,
    batches: readonly Batch[],
): Promise<void> {
    const files = filesOf(batches);
    const empty = await warehouse.query<{ file_no: number }>(
        // Rows without any of their events have been read all the same.
        `select file_no from ${temporary.stagedFiles}
        where row_count = 0 and first_id is null order by file_no`,
    );
    for (const { file_no: fileNo } of empty) {
        const file = files[fileNo];
        const line = (await file?.linesOf([1]))?.get(1);
        if (file && line !== undefined) {
            throw new ContractError({
                what: `No row of ${file.name} could be read, although it holds some.`,
                file: file.name,
                line,
                fix: 'check format.quote, format.delimiter and format.header_row of the input',
            });
        }
    }
}
