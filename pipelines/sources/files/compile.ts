import type { InputConfig } from '../../config-schema.ts';
import type { Batch } from '../../contracts/batch.ts';
import type { CompileContext } from './compile-context.ts';
import { csvLayouts } from './csv.ts';
import { noteOnLastLine } from './last-line.ts';
import type { Layout } from './layout.ts';
import { ndjsonLayouts } from './ndjson.ts';
import { notesOnDownloads } from './note-downloads.ts';
import { parquetLayouts } from './parquet.ts';
import { compileScan } from './scan-sql.ts';

/**
 * Compiles one input to SQL that reads its files.
 * @throws SourceError for an unreadable file, ContractError for a missing column.
 */
export async function compileInput(context: CompileContext): Promise<Batch> {
    notesOnDownloads(context.files).forEach(context.onNote);
    const layouts = await layoutsOf(context);
    return {
        input: context.input.name,
        isSummed: context.input.sum_to_key ?? false,
        maximumRejectShare: context.input.max_reject_share ?? context.maximumRejectShare,
        scans: layouts.map((layout) => compileScan(layout, context)),
    };
}

async function layoutsOf(context: CompileContext): Promise<readonly Layout[]> {
    const { files } = context;
    const format = formatOf(context);
    if (format.type !== 'parquet') await noteLastLines(context);
    switch (format.type) {
        case 'csv':
            return csvLayouts(context, format);
        case 'ndjson':
            return ndjsonLayouts(context);
        case 'parquet':
            return parquetLayouts(files, context.describe);
    }
}

async function noteLastLines({ files, onNote }: CompileContext): Promise<void> {
    for (const file of files) {
        const note = await noteOnLastLine(file);
        if (note) onNote(note);
    }
}

function formatOf({ input, files }: CompileContext) {
    if (input.format) return input.format;
    const name = files[0]?.name.toLowerCase().replace(/\.gz$/, '') ?? '';
    if (name.endsWith('.parquet')) return { type: 'parquet' } as const;
    if (/\.(ndjson|jsonl|json)$/.test(name)) return { type: 'ndjson' } as const;
    return {
        type: 'csv',
        quote: '"',
        encoding: 'utf-8',
        header_row: 1,
        null_values: [],
    } as const satisfies InputConfig['format'];
}
