import { sqlName, sqlText } from '../contracts/batch.ts';
import { rawTable } from '../contracts/ddl.ts';
import type { StreamContract } from '../contracts/stream.ts';
import { count } from '../count.ts';
import type { LoadRequest } from './load-request.ts';
import { firstFileId } from './load-state.ts';
import { endRows, restateRows } from './past-rows.ts';
import { filesOf, isLeftOut } from './staging.ts';
import { temporary } from './temporary.ts';
import type { Warehouse } from './warehouse.ts';

/**
 * Writes down which time the files of a load speak for and which rows are lacking in it; runs
 * inside the transaction of the load, after its rows, files and rejects are there.
 *
 * @param isStaged whether the rows came by way of a copy, which alone knows rejected ones
 */
export async function recordCoverage(
    warehouse: Warehouse,
    request: LoadRequest,
    isStaged: boolean,
): Promise<void> {
    const { contract } = request;
    if (request.isFullRefresh) await forgetEarlierFiles(warehouse, request);
    await adoptWindows(warehouse, contract);
    const rows = isStaged
        ? `select *, file_id from ${temporary.staged}
            inner join ${temporary.stagedFiles} on file_no = _file_no where not _broken`
        : await ownRows(warehouse, contract);
    await insertWindows(warehouse, contract, rows);
    await insertCovered(warehouse, request);
    await replaceRejectedRows(warehouse, contract, isStaged);
    await forgetCorrected(warehouse, contract);
    await warnOfMoney(warehouse, request);
}

/** The rows of a load that made no copy of them. */
async function ownRows(warehouse: Warehouse, contract: StreamContract): Promise<string> {
    // Said as a number: as a query inside another it takes three times as long as all else.
    const [own] = await warehouse.query<{ first: number }>(
        `select min(file_id) as first from ${temporary.stagedFiles}`,
    );
    return `select *, _file_id as file_id from ${rawTable(contract)} where _file_id >= ${own?.first}`;
}

/** Files that are no longer there say nothing once everything is read anew. */
async function forgetEarlierFiles(
    warehouse: Warehouse,
    { contract, batches }: LoadRequest,
): Promise<void> {
    // A connection that feeds the stream, too, has not been asked.
    const inputs = batches.map(({ input }) => sqlText(input)).join(', ');
    const own = `stream = ${sqlText(contract.name)} and input in (${inputs})`;
    await warehouse.run(`delete from jointly.file_windows where ${own}`);
    const isGone = `${own}
        and (input, file) not in (select (input, file) from ${temporary.stagedFiles})`;
    await endRows(warehouse, 'rejects', firstFileId, isGone);
    await endRows(warehouse, 'rejected_rows', firstFileId, isGone);
}

/** Rows that an earlier version loaded have no windows yet: their own days are what is known. */
async function adoptWindows(warehouse: Warehouse, contract: StreamContract): Promise<void> {
    const own = `where stream = ${sqlText(contract.name)}`;
    if (await warehouse.hasRows(`jointly.file_windows ${own}`)) return;
    // Of a first load all rows are its own: to look through them for others takes a while.
    if (!(await warehouse.hasRows(`jointly.files ${own} and file_id < ${firstFileId}`))) return;
    await insertWindows(
        warehouse,
        contract,
        `select *, _file_id as file_id from ${rawTable(contract)}
        where _file_id < (select min(file_id) from ${temporary.stagedFiles})`,
    );
}

async function insertWindows(
    warehouse: Warehouse,
    contract: StreamContract,
    rows: string,
): Promise<void> {
    const event = sqlName(contract.eventColumn);
    await warehouse.run(`
        insert into jointly.file_windows
        select file_id, files.stream, files.input, account, first_at, last_at
        from (
            select
                file_id, ${accountOf(contract)} as account,
                cast(min(${event}) as timestamp) as first_at,
                cast(max(${event}) as timestamp) as last_at
            from (${rows})
            group by ${['file_id', ...partitionOf(contract)].join(', ')}
        )
        inner join jointly.files as files using (file_id)
        where first_at is not null
        order by all`);
}

/** Days for which a source has answered are covered, rows or none. */
async function insertCovered(
    warehouse: Warehouse,
    { contract, batches }: LoadRequest,
): Promise<void> {
    const { strategy } = contract;
    const partition = strategy.kind === 'replace' ? strategy.partition : [];
    const rows = filesOf(batches).flatMap((file, number) =>
        (file.covered ?? []).map((days) => {
            const account = partition.map((name) => days.partition[name] ?? '').join(' ');
            const [first, last] = [sqlText(days.firstDay), sqlText(days.lastDay)];
            return `(${number}, ${sqlText(account)}, timestamp ${first}, timestamp ${last})`;
        }),
    );
    if (rows.length === 0) return;
    // One window for what a file says of an account: the days of its rows are among those covered.
    await warehouse.run(`
        create temp table ${temporary.covered} as
        select file_id, account, min(first_at) as first_at, max(last_at) as last_at
        from (values ${rows.join(', ')}) as days(file_no, account, first_at, last_at)
        inner join ${temporary.stagedFiles} using (file_no)
        group by file_id, account`);
    await warehouse.run(`
        delete from jointly.file_windows as own using ${temporary.covered} as covered
        where own.file_id = covered.file_id and own.account = covered.account`);
    await warehouse.run(`
        insert into jointly.file_windows
        select file_id, files.stream, files.input, account, first_at, last_at
        from ${temporary.covered} inner join jointly.files as files using (file_id)`);
}

/** Platform and account in one text, as people name them; empty where a stream knows none. */
function accountOf(contract: StreamContract): string {
    return partitionOf(contract).join(` || ' ' || `) || `''`;
}

function partitionOf({ strategy }: StreamContract): readonly string[] {
    return strategy.kind === 'replace' ? strategy.partition.map(sqlName) : [];
}

/** A row that a later row of the load states anew is not lacking. */
async function replaceRejectedRows(
    warehouse: Warehouse,
    contract: StreamContract,
    isStaged: boolean,
): Promise<void> {
    const { columns, eventColumn, amountColumn } = contract;
    const amount = amountColumn === undefined ? 'null' : sqlName(amountColumn);
    const currency = columns.some(({ name }) => name === 'currency_code')
        ? 'currency_code'
        : 'null';
    const rows = `
        with refused as (
            select distinct
                file_no, "row", events_per_row,
                first_id + ("row" - 1) * events_per_row + unnest(range(events_per_row)) as id
            from ${temporary.newRejects} inner join ${temporary.stagedFiles} using (file_no)
        )
        select
            files.file_id, ${sqlText(contract.name)} as stream, files.input, files.file,
            refused."row", ${keyOf(contract)} as row_key, ${accountOf(contract)} as account,
            cast(${sqlName(eventColumn)} as timestamp) as first_at,
            cast(${lastEventOf(contract)} as timestamp) as last_at,
            cast(${amount} as decimal(18, 6)) as amount,
            cast(${currency} as varchar) as currency_code, files.file_id as since_file_id
        from ${temporary.staged} as staged
        inner join refused on refused.id = staged.rowid
        inner join ${temporary.stagedFiles} as files on files.file_no = refused.file_no
        -- Of several events in a row, those that are broken.
        where (refused.events_per_row = 1 or (staged._broken and not (${isLeftOut})))
        and not exists (
            select 1 from ${temporary.staged} as later
            where later.rowid > refused.id and not later._broken
            and ${keyOf(contract, 'later')} = ${keyOf(contract, 'staged')}
        )
        order by all`;
    await restateRows(warehouse, 'rejected_rows', {
        endedFileId: firstFileId,
        scope: `old.stream = ${sqlText(contract.name)}
            and (old.input, old.file) in (select (input, file) from ${temporary.stagedFiles})`,
        rows: isStaged ? rows : 'from jointly.rejected_rows limit 0',
        seen: ['file_id', 'since_file_id'],
        seenLast: 'file_id',
    });
}

/** Until when a row counts: a deal without a closing day that can be read may be closed any day. */
function lastEventOf({ eventColumn, observed }: StreamContract): string {
    const others = observed.map(({ column }) => column).filter((name) => name !== eventColumn);
    return sqlName(others.at(-1) ?? eventColumn);
}

/** The key as one text; null where a part is. */
function keyOf({ key }: StreamContract, table?: string): string {
    const parts = key.map((name) => (table ? `${table}.${sqlName(name)}` : sqlName(name)));
    return parts.map((part) => `cast(${part} as varchar)`).join(` || chr(31) || `);
}

/** What a later file states anew, or a later load brought, is no longer lacking. */
async function forgetCorrected(warehouse: Warehouse, contract: StreamContract): Promise<void> {
    const own = `rejected_rows.stream = ${sqlText(contract.name)}`;
    if (!(await warehouse.hasRows(`jointly.rejected_rows where ${own}`))) return;
    await endRows(
        warehouse,
        'rejected_rows',
        firstFileId,
        `old.stream = ${sqlText(contract.name)} and row_key is not null and exists (
            select 1 from ${rawTable(contract)} as raw
            where raw._file_id > old.file_id and ${keyOf(contract, 'raw')} = old.row_key
        )`,
    );
    if (contract.strategy.kind !== 'replace') return;
    await endRows(
        warehouse,
        'rejected_rows',
        firstFileId,
        `old.stream = ${sqlText(contract.name)} and exists (
            select 1 from jointly.file_windows as later
            where later.stream = old.stream and later.account = old.account
            and later.file_id > old.file_id and old.first_at between later.first_at and later.last_at
        )`,
    );
}

/** Money that is set aside is in no number; a person has to hear of it, with what could be read. */
async function warnOfMoney(warehouse: Warehouse, request: LoadRequest): Promise<void> {
    const { contract, onWarning } = request;
    if (contract.amountColumn === undefined) return;
    const sums = await warehouse.query<{
        rows: number;
        unread: number;
        amount: string | null;
        currency: string;
    }>(`
        select
            cast(count(*) as integer) as rows,
            cast(count(*) filter (amount is null) as integer) as unread,
            cast(sum(amount) as varchar) as amount,
            coalesce(currency_code, 'without a currency') as currency
        from jointly.rejected_rows as rejected
        inner join ${temporary.stagedFiles} using (file_id)
        where not ${isWaived(request)}
        group by currency_code order by currency_code nulls last`);
    if (sums.length === 0) return;
    const amounts = sums
        .filter(({ amount }) => amount !== null)
        .map(({ amount, currency }) => `${trimZeros(amount as string)} ${currency}`);
    const rows = sums.reduce((all, one) => all + one.rows, 0);
    const unread = sums.reduce((all, one) => all + one.unread, 0);
    const read = amounts.length > 0 ? `${amounts.join(', ')} in all` : 'no amount can be read';
    const rest = unread > 0 && amounts.length > 0 ? `, and ${unread} without an amount` : '';
    onWarning(
        `${count(rows, 'row')} of money rejected (${contract.amountColumn}: ${read}${rest}); the ` +
            'numbers of these days are incomplete until the export is corrected, unless the rows ' +
            'are waived in company/waivers.csv',
    );
}

/** Whether somebody answers for all days that a rejected row may be of. */
function isWaived({ contract, timezone, waivers }: LoadRequest): string {
    if (waivers.length === 0) return 'false';
    const { eventColumn, columns } = contract;
    const isDate = columns.some(({ name, type }) => name === eventColumn && type === 'date');
    const day = (instant: string) =>
        isDate
            ? `cast(${instant} as date)`
            : `cast((${instant} at time zone 'UTC') at time zone ${sqlText(timezone)} as date)`;
    // A row without a day may be of any day of its file.
    const ofFile = (part: string) =>
        `(select ${part} from jointly.file_windows as own where own.file_id = rejected.file_id)`;
    const first = day(`coalesce(rejected.first_at, ${ofFile('min(first_at)')})`);
    const last = day(
        `case when rejected.first_at is null then ${ofFile('max(last_at)')} else rejected.last_at end`,
    );
    const rows = waivers.map(({ input, account, fromDay, toDay }) => {
        const of = account === null ? 'cast(null as varchar)' : sqlText(account);
        return `(${sqlText(input)}, ${of}, date ${sqlText(fromDay)}, date ${sqlText(toDay)})`;
    });
    return `exists (
        select 1 from (values ${rows.join(', ')}) as waivers(input, account, from_day, to_day)
        where waivers.input = rejected.input
        and (waivers.account is null or waivers.account = rejected.account)
        and ${first} >= from_day and ${last} <= to_day
    )`;
}

/** `18.400000` is `18.40`: cents stay, what is finer only where it is there. */
function trimZeros(amount: string): string {
    return amount.replace(/(\.\d\d\d*?)0+$/, '$1');
}
