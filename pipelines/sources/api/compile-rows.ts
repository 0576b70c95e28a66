import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Batch } from '../../contracts/batch.ts';
import type { StreamContract } from '../../contracts/stream.ts';
import { compileInput } from '../files/compile.ts';
import type { CompileContext } from '../files/compile-context.ts';
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
    const { timezone, name, ...mapping } = files[0]?.mapping ?? asTheStream;
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
            files: scan.files.map((file) => {
                const own = ofPath.get(file.path) as RowFile;
                return {
                    ...file,
                    covered: own.covered,
                    linesOf: async (numbers) => pagesOf(own, numbers),
                };
            }),
        })),
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
