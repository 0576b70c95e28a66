import { join } from 'node:path';
import { sqlText } from '../../../contracts/batch.ts';
import { count } from '../../../count.ts';
import { ContractError } from '../../../errors.ts';
import type { CompileContext } from '../compile-context.ts';
import type { FoundFile } from '../find-files.ts';
import { formatOf } from '../format-of.ts';
import { engineError, type Layout, literalPath } from '../layout.ts';
import { type ReadableFile, readable, textOf } from '../ndjson.ts';
import { typedLayout } from '../parquet.ts';
import { firstUnreadable } from './first-unreadable.ts';
import { ndjsonEvents, parquetEvents } from './read-events.ts';
import { visitColumns, visitsSql } from './visits-sql.ts';

const columnsOfVisits = new Map(
    [...visitColumns].map(([name, type]) => [name, { type, sql: name }]),
);

/** Events that are read for each visit that a look into the files wants. */
const lookedAtEvents = 50;

/**
 * Folds the events of all files of an input to visits, for the one loader there is. Events without a
 * visitor or a visit, of people who do not want to be recognised, are left out and counted.
 * @throws ContractError for a file that is no export of events, or has a line that is no event
 */
export async function ga4EventLayouts(context: CompileContext): Promise<readonly Layout[]> {
    const { files, input, describe, scratchDirectory, maximumRows, onNote } = context;
    const { type } = await formatOf(input, files);
    const texts = type === 'parquet' ? undefined : await readableCopies(files, scratchDirectory);
    const all = texts
        ? ndjsonEvents(texts.map(({ readPath }) => readPath))
        : await parquetEvents(files, describe);
    const events = maximumRows ? `${all} limit ${maximumRows * lookedAtEvents}` : all;
    const path = join(scratchDirectory, 'visits.parquet');
    const visits = `read_parquet(${sqlText(literalPath(path))})`;
    try {
        await describe(`copy (${visitsSql(events)}) to ${sqlText(path)} (format parquet)`);
    } catch (error) {
        throw engineError(error);
    }
    const [found] = await describe(`
        select
            sum(events) as events,
            coalesce(sum(events) filter (where session_id is null), 0) as without,
            sum(unreadable) as unreadable
        from ${visits}`);
    if (Number(found?.unreadable) > 0) {
        throw await unreadableEvents(context, { all, texts, rows: Number(found?.unreadable) });
    }
    const without = Number(found?.without);
    if (without > 0) {
        onNote(
            `${without.toLocaleString('en')} of ${count(Number(found?.events), 'event')} name no visitor ` +
                'or no visit, as GA4 keeps them of people who gave no consent: they are left out',
        );
    }
    const layout = typedLayout(files, columnsOfVisits, {
        relation: `(select * from ${visits} where session_id is not null)`,
        explainError: async (error) => engineError(error),
    });
    const [first, ...rest] = layout.files;
    return first ? [{ ...layout, files: [{ ...first, leftOutLines: without }, ...rest] }] : [];
}

function readableCopies(files: readonly FoundFile[], directory: string) {
    return Promise.all(
        files.map((file, index) => readable(file, join(directory, `events-${index}.ndjson`))),
    );
}

interface Unreadable {
    /** SQL of the events. */
    readonly all: string;
    /** Of NDJSON. */
    readonly texts: readonly ReadableFile[] | undefined;
    readonly rows: number;
}

/** A visit that lacks an event would say a wrong beginning, so there is no visit without all. */
async function unreadableEvents(
    { files, describe }: CompileContext,
    { all, texts, rows }: Unreadable,
): Promise<ContractError> {
    const [row] = await describe(`
        select file_index, row_number from (${all})
        where event_name is null or event_timestamp is null
        order by file_index, row_number limit 1`);
    const at = Number(row?.file_index ?? 0);
    const text = texts?.[at];
    const place = text
        ? await firstUnreadable(textOf(text))
        : { line: Number(row?.row_number), got: 'an event without one of them' };
    const name = files[at]?.name ?? '';
    return new ContractError({
        what: `${name} holds what is no event of GA4; ${count(rows, 'row')} of the input are none.`,
        file: name,
        line: place.line,
        expected: 'an event with event_name and event_timestamp',
        got: place.got,
        fix: 'export the table of that day again: BigQuery writes no such row, so the file was cut or changed',
    });
}
