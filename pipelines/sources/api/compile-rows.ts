import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Batch, type SourceFile, sqlName, sqlText } from '../../contracts/batch.ts';
import type { StreamContract } from '../../contracts/stream.ts';
import { compileInput } from '../files/compile.ts';
import type { CompileContext } from '../files/compile-context.ts';
import {
    engineError,
    jsonObject,
    type Layout,
    literalPath,
    pointNumbers,
} from '../files/layout.ts';
import { maximumObjectBytes } from '../files/spread-json.ts';
import type { RowMapping } from './connector.ts';
import type { RowFile } from './row-files.ts';

export interface RowsToCompile {
    readonly connection: string;
    readonly contract: StreamContract;
    /** At least one. */
    readonly files: readonly RowFile[];
    readonly idPrefix: string | undefined;
    readonly maximumRejectShare: number;
    readonly maximumLossShare: number;
    readonly scratchDirectory: string;
    readonly describe: CompileContext['describe'];
}

/** Rows of a connection as a batch: NDJSON files, those that are read alike together. */
export async function compileRows(rows: RowsToCompile): Promise<Batch> {
    const { connection, files } = rows;
    const alike = Map.groupBy(files, ({ mapping }) => JSON.stringify(mapping));
    const batches: Batch[] = [];
    for (const own of alike.values()) {
        batches.push(await compileAlike(rows, own, String(batches.length)));
    }
    const [first] = batches;
    const scans = batches.flatMap((batch) => batch.scans);
    return { ...(first as Batch), input: connection, scans };
}

/** Columns have the names of the stream where nothing else is said. */
const asTheStream: RowMapping = {
    name: '',
    timezone: 'UTC',
    columns: {},
    constants: {},
    skip_rows: [],
};

async function compileAlike(
    { connection, contract, ...rows }: RowsToCompile,
    files: readonly RowFile[],
    folder: string,
): Promise<Batch> {
    const scratchDirectory = join(rows.scratchDirectory, contract.name, folder);
    mkdirSync(scratchDirectory, { recursive: true });
    const given = files[0]?.mapping;
    const { timezone, name, ...mapping } = given ?? asTheStream;
    const batch = await compileInput({
        contract,
        input: {
            name: name || connection,
            stream: contract.name,
            files: [],
            format: { type: 'ndjson' },
            ...mapping,
            ...(rows.idPrefix === undefined ? {} : { id_prefix: rows.idPrefix }),
        },
        files: files.map(({ path, name }) => {
            const { size, mtimeMs } = statSync(path);
            return { path, name, bytes: size, modifiedMs: mtimeMs };
        }),
        ...(given ? {} : { layout: layoutOf(contract, files) }),
        timezone,
        maximumRejectShare: rows.maximumRejectShare,
        maximumLossShare: rows.maximumLossShare,
        scratchDirectory,
        describe: rows.describe,
        onNote: () => {},
    });
    const ofPath = new Map(files.map((file) => [file.path, file]));
    return {
        ...batch,
        scans: batch.scans.map((scan) => ({
            ...scan,
            files: scan.files.map((file) => ({
                ...file,
                ...sourceFile(ofPath.get(file.path) as RowFile),
            })),
        })),
    };
}

function sourceFile(file: RowFile): SourceFile {
    const { name, path, covered } = file;
    return { name, path, covered, linesOf: async (numbers) => pagesOf(file, numbers) };
}

/** Rows that were written here have all columns of the stream and no others: nothing has to be found out. */
function layoutOf(contract: StreamContract, files: readonly RowFile[]): Layout {
    const names = contract.columns.map(({ name }) => name);
    const types = names.map((name) => `${sqlName(name)}: 'VARCHAR'`);
    const paths = files.map(({ path }) => sqlText(literalPath(path)));
    return {
        files: files.map(sourceFile),
        relation:
            `read_ndjson([${paths.join(', ')}], columns = {${types.join(', ')}}, ` +
            `maximum_object_size = ${maximumObjectBytes})`,
        columns: names,
        text: (name) => `nullif(${sqlName(name)}, '')`,
        numbers: pointNumbers,
        extra: () => 'null',
        source: names.map((name) => sqlName(name)),
        raw: (cells) => jsonObject(names, cells),
        // As for all JSON: the engine's buffers of it are large, and it has two of them.
        megabytesPerThread: 80,
        explainError: async (error) => engineError(error),
    };
}

/** What a reader looks for is the page of the landing folder on which a row stands. */
function pagesOf({ pages, rows }: RowFile, numbers: readonly number[]): Map<number, number> {
    const found = new Map<number, number>();
    for (const number of numbers.filter((one) => one <= rows)) {
        const page = pages.find(({ lastRow }) => lastRow >= number);
        if (page) found.set(number, page.page);
    }
    return found;
}
