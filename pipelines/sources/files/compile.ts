import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { InputConfig } from '../../config-schema.ts';
import type { Batch, Scan } from '../../contracts/batch.ts';
import type { CompileContext } from './compile-context.ts';
import { csvLayouts } from './csv.ts';
import { withEvents } from './events-from.ts';
import type { FoundFile } from './find-files.ts';
import { formatOf } from './format-of.ts';
import { ga4EventLayouts } from './ga4-events/ga4-event-layouts.ts';
import { noteOnLastLine } from './last-line.ts';
import type { Layout } from './layout.ts';
import { applyLayout, noteOnSumOfDays } from './layouts/apply-layout.ts';
import { type ExportLayout, findLayout } from './layouts/export-layout.ts';
import { ndjsonLayouts } from './ndjson.ts';
import { notesOnDownloads } from './note-downloads.ts';
import { parquetLayouts } from './parquet.ts';
import { compileScan } from './scan-sql.ts';
import { sheetLayouts } from './sheets/sheet-layouts.ts';
import { statementLayouts } from './statements/statement-layouts.ts';
import { unpackFiles } from './unpack.ts';

/**
 * Compiles one input to SQL that reads its files.
 * @throws SourceError for an unreadable file, ContractError for a missing column.
 */
export async function compileInput(context: CompileContext): Promise<Batch> {
    const { input, scratchDirectory } = context;
    const files = await unpackFiles(input, context.files, scratchDirectory);
    notesOnDownloads(files).forEach(context.onNote);
    const layout = input.layout === undefined ? undefined : findLayout(input.layout);
    const isSummed = input.sum_to_key ?? layout?.sum_to_key ?? false;
    const runs = await runsOf(context, files, layout);
    const scans: Scan[] = [];
    for (const [index, run] of runs.entries()) {
        const directory = runs.length === 1 ? scratchDirectory : join(scratchDirectory, `${index}`);
        mkdirSync(directory, { recursive: true });
        const timezone = run.input.timezone ?? context.timezone;
        const input = withEvents(context.contract, run.input);
        const own = { ...context, ...run, input, timezone, isSummed, scratchDirectory: directory };
        const layouts = context.layout ? [context.layout] : await layoutsOf(own);
        scans.push(...layouts.map((layout) => compileScan(layout, own)));
    }
    const maximumRejectShare = input.max_reject_share ?? context.maximumRejectShare;
    const maximumLossShare = input.max_loss_share ?? context.maximumLossShare;
    const isComplete = input.complete ?? false;
    const idSpace = input.id_prefix === undefined ? undefined : JSON.stringify(input.id_prefix);
    const shares = { maximumRejectShare, maximumLossShare };
    return { input: input.name, isSummed, isComplete, idSpace, ...shares, scans };
}

interface Run {
    readonly input: InputConfig;
    readonly files: readonly FoundFile[];
}

/** Neighbouring files that are read with the same settings: a known layout comes in many tongues. */
async function runsOf(
    { input, onNote }: CompileContext,
    files: readonly FoundFile[],
    layout: ExportLayout | undefined,
): Promise<readonly Run[]> {
    if (layout === undefined) {
        for (const file of files) {
            const note = await noteOnSumOfDays(input, file);
            if (note) onNote(note);
        }
        return [{ input, files }];
    }
    const runs: { input: InputConfig; files: FoundFile[] }[] = [];
    const empty: FoundFile[] = [];
    for (const file of files) {
        const own = await applyLayout(input, layout, file);
        const last = runs.at(-1);
        if (own === undefined) empty.push(file);
        else if (last && JSON.stringify(last.input) === JSON.stringify(own)) last.files.push(file);
        else runs.push({ input: own, files: [file] });
    }
    if (runs.length === 0) return [{ input, files }];
    for (const { name } of empty) onNote(`${name} has no header: taken for a report without rows`);
    return runs;
}

async function layoutsOf(context: CompileContext): Promise<readonly Layout[]> {
    const { input, files } = context;
    if (input.layout && findLayout(input.layout)?.format.type === 'ga4_events') {
        return ga4EventLayouts(context);
    }
    const format = await formatOf(input, files);
    if (format.type === 'csv' || format.type === 'ndjson') await noteLastLines(context);
    switch (format.type) {
        case 'csv':
            return csvLayouts(context, format);
        case 'xlsx':
        case 'ods':
            return sheetLayouts(context, format);
        case '1c_client_bank':
        case 'camt053':
        case 'mt940':
            return statementLayouts(context, format);
        case 'ndjson':
            return ndjsonLayouts(context);
        case 'parquet':
            return parquetLayouts(context);
    }
}

async function noteLastLines({ files, onNote }: CompileContext): Promise<void> {
    for (const file of files) {
        const note = await noteOnLastLine(file);
        if (note) onNote(note);
    }
}
