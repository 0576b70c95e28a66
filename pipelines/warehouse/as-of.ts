import { sqlText } from '../contracts/batch.ts';
import { historyTable, rawTable } from '../contracts/ddl.ts';
import { opsTables } from '../contracts/ops-tables.ts';
import { streams } from '../contracts/registry.ts';
import { historyColumns, loaderColumns, type StreamContract } from '../contracts/stream.ts';
import { BugError, ConfigError } from '../errors.ts';
import { openWarehouse, type Warehouse } from './connection.ts';
import { inAnyOrder } from './in-any-order.ts';
import { shownInstant, sqlInstant } from './instant.ts';
import { sizeOf } from './load-state.ts';
import { removedTable, removedTables } from './removed-inputs.ts';
import { readStep, recordStep } from './step-state.ts';
import { columnList } from './strategies/sql.ts';

/** What was known of a company at an instant. */
export interface Known {
    /** The instant, UTC. */
    readonly asOf: string;
    /** Loads that had ended by then. */
    readonly loads: number;
    /** End of the last of them, UTC. */
    readonly lastLoadAt: string;
    /** Number of the last file that they had read. */
    readonly lastFileId: number;
}

/**
 * What the warehouse knew at an instant: what its loads had brought that had ended by then.
 *
 * @param written an instant with its offset (`2026-03-31T18:00Z`), or a day, which is meant to its end
 * @param timezone of the company, in which a day ends
 * @throws ConfigError for text of another form, an instant that has not come, one before the first
 * load, and one for which a version without a history kept too little
 */
export async function findKnown(
    warehouse: Warehouse,
    written: string,
    timezone: string,
): Promise<Known> {
    const { asOf, begins } = await readInstant(warehouse, written, timezone);
    if (begins > sqlInstant(new Date())) {
        throw refusal(`${written} has not come yet: nobody knows what will be known then.`);
    }
    const [known] = await warehouse.query<Known & { first: string | null; kept: string | null }>(`
        with loads as (
            select
                load_id, any_value(finished_at) as finished_at, max(file_id) as last_id,
                -- A version without a history did not keep what its loads replaced.
                any_value(history_rows) is null as is_forgetful
            from jointly.loads inner join jointly.files using (load_id)
            group by load_id
        )
        select
            cast(min(finished_at) as varchar) as first,
            cast(max(finished_at) filter (is_forgetful) as varchar) as kept,
            max(last_id) filter (finished_at <= timestamp ${sqlText(asOf)}) as "lastFileId",
            count(*) filter (finished_at <= timestamp ${sqlText(asOf)}) as loads,
            cast(max(finished_at) filter (finished_at <= timestamp ${sqlText(asOf)}) as varchar)
                as "lastLoadAt"
        from loads`);
    if (!known?.first) throw refusal('Nothing has been loaded yet.');
    const fix = 'give a later date and time';
    if (known.loads === 0) {
        throw refusal(
            `Nothing was known at ${shownInstant(asOf)}: the first load ended ${shownInstant(known.first)}.`,
            fix,
        );
    }
    if (known.kept !== null && known.lastLoadAt < known.kept) {
        throw refusal(
            `What was known at ${shownInstant(asOf)} was not kept: up to ${shownInstant(known.kept)} the warehouse was ` +
                'loaded by a version that forgot the rows it replaced.',
            fix,
        );
    }
    return { ...known, asOf };
}

async function readInstant(warehouse: Warehouse, written: string, timezone: string) {
    const isDay = /^\d{4}-\d\d-\d\d$/.test(written);
    const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$/.test(
        written,
    );
    // The engine wants seconds.
    const whole = written.replace(/T(\d\d:\d\d)(Z|[+-])/, 'T$1:00$2');
    const day = `timezone(${sqlText(timezone)}, try_cast(${sqlText(written)} as timestamp)`;
    const instant = `try_cast(${sqlText(whole)} as timestamptz)`;
    const [read] = await warehouse.query<{ asOf: string | null; begins: string | null }>(`
        select strftime(least(as_of, current_timestamp), '%Y-%m-%d %H:%M:%S.%f') as "asOf",
            strftime(begins, '%Y-%m-%d %H:%M:%S.%f') as begins
        from (select
            ${isDay ? `${day} + interval 1 day) - interval 1 microsecond` : instant} as as_of,
            ${isDay ? `${day})` : instant} as begins)`);
    if ((isDay || isInstant) && read?.asOf && read.begins) {
        return { asOf: read.asOf, begins: read.begins };
    }
    throw new ConfigError({
        what: '--as-of is no date and no instant.',
        expected:
            'a day such as 2026-03-31, to its end, or an instant with its offset such as 2026-03-31T18:00Z',
        got: written,
        fix: 'write it like one of them',
    });
}

function refusal(what: string, fix?: string): ConfigError {
    return new ConfigError({ what: `--as-of: ${what}`, ...(fix ? { fix } : {}) });
}

/**
 * Writes a new warehouse with what another one knew: rows, history, rejects, loads and the state of
 * every stream. A stream counts as connected when it had been loaded. All of it or nothing is there.
 */
export async function copyKnown(from: string, to: string, known: Known): Promise<void> {
    const target = await openWarehouse(to);
    try {
        await target.run(`attach ${sqlText(from)} as company (read_only)`);
        const removed = await removedTables(target, 'company');
        await inAnyOrder(target, () =>
            target.transaction(async () => {
                for (const contract of streams) {
                    await copyStream(target, contract, known, removed.has(contract.name));
                }
                await copyBook(target, known);
                for (const contract of streams) await copyState(target, contract, known);
            }),
        );
        await target.run('detach company');
        await recordStep(target, 'as_of', known.asOf);
    } finally {
        await target.close();
    }
}

async function copyStream(
    target: Warehouse,
    contract: StreamContract,
    { lastFileId }: Known,
    hasRemoved: boolean,
): Promise<void> {
    const names = columnList([...contract.columns, ...loaderColumns].map(({ name }) => name));
    const all = `${names}, ${columnList(historyColumns.map(({ name }) => name))}`;
    const isLater = `_file_id <= ${lastFileId} and _ended_file_id > ${lastFileId}`;
    // Rows of inputs that are no longer in the config wait in a table of their own.
    const ended = [historyTable(contract), ...(hasRemoved ? [removedTable(contract)] : [])];
    const columns = [...contract.columns, ...loaderColumns].map(({ name }) => name);
    await target.run(`
        insert into ${rawTable(contract)} by name
        select ${names} from company.${rawTable(contract)} where _file_id <= ${lastFileId}
        ${ended.map((table) => `union all by name select columns(lambda one: one in (${columns.map(sqlText).join(', ')})) from company.${table} where ${isLater}`).join('\n')}`);
    await target.run(`
        insert into ${historyTable(contract)} (${all})
        select ${all} from company.${historyTable(contract)} where _ended_file_id <= ${lastFileId}`);
}

/** The others are written anew, from what is copied or from the ledger. */
const isBook = (table: string) =>
    !['inputs', 'stream_state', 'step_state', 'ledger_entries'].includes(table) &&
    !table.startsWith('signed_');

/** What the loads kept book of: a row belongs to a load, or names the file it is of. */
async function copyBook(target: Warehouse, { lastFileId }: Known): Promise<void> {
    const isKnown: Record<string, string> = {
        load_id: `load_id in (select load_id from company.jointly.files where file_id <= ${lastFileId})`,
        since_file_id: `since_file_id <= ${lastFileId}`,
        file_id: `file_id <= ${lastFileId}`,
    };
    for (const { name, columns } of opsTables) {
        if (!isBook(name)) continue;
        const names = columns.map(([column]) => column);
        const list = columnList(names);
        const known = Object.entries(isKnown).find(([column]) => names.includes(column))?.[1];
        if (!known) throw new BugError({ what: `jointly.${name} does not say what wrote a row.` });
        const isOver = names.includes('ended_file_id') ? `and ended_file_id <= ${lastFileId}` : '';
        await target.run(`
            insert into jointly.${name} (${list})
            select ${list} from company.jointly.${name} where ${known} ${isOver}`);
        if (!opsTables.some((one) => one.name === `past_${name}`)) continue;
        await target.run(`
            insert into jointly.${name} (${list})
            select ${list} from company.jointly.past_${name}
            where ${known} and ended_file_id > ${lastFileId}`);
    }
    await target.run(`
        insert into jointly.inputs
        select distinct stream, input, coalesce(is_zero_without_rows, false), proves_days
        from jointly.files left join company.jointly.inputs using (stream, input)`);
}

/** What was known of a stream at the instant, when days had come that were ahead at its last load. */
async function copyState(
    target: Warehouse,
    contract: StreamContract,
    { asOf }: Known,
): Promise<void> {
    const { name, eventColumn } = contract;
    const [last] = await target.query<Record<'load_id' | 'loaded_at' | 'fingerprint', string>>(`
        select load_id, cast(any_value(finished_at) as varchar) as loaded_at,
            any_value(fingerprint) as fingerprint
        from jointly.loads inner join jointly.files using (load_id, stream)
        where stream = ${sqlText(name)}
        group by load_id order by max(file_id) desc limit 1`);
    const size = await sizeOf(target, contract, asOf);
    const sizeThen = last && (await sizeOf(target, contract, last.loaded_at));
    const isSame = JSON.stringify(size) === JSON.stringify(sizeThen);
    await target.db
        .insertInto('jointly.stream_state')
        .values({
            stream: name,
            is_connected: last !== undefined,
            event_column: eventColumn,
            ...size,
            ...last,
            ...(last && !isSame ? { loaded_at: asOf } : {}),
        })
        .execute();
}

/** @throws ConfigError for a warehouse that `copyKnown` wrote: a load would make it something else */
export async function assertLoadable(warehouse: Warehouse): Promise<void> {
    const asOf = await readStep(warehouse, 'as_of');
    if (asOf === undefined) return;
    throw new ConfigError({
        what: `The warehouse holds what was known at ${shownInstant(asOf)}, and stays so.`,
        file: warehouse.path,
        fix: 'load into another one: leave out --warehouse, or give another file',
    });
}
