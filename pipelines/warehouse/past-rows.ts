import { sqlName } from '../contracts/batch.ts';
import { opsTables } from '../contracts/ops-tables.ts';
import { BugError } from '../errors.ts';
import { columnList } from './strategies/sql.ts';
import type { Warehouse } from './warehouse.ts';

/** Tables of the book whose rows end; what they held stands in a table `past_<name>` beside them. */
export type EndingTable = 'rejects' | 'rejected_rows';

/**
 * Moves rows of the book among the past ones.
 * @param endedFileId SQL of the first file of the load that ends them
 * @param isEnded condition over rows of the table, named `old`
 */
export async function endRows(
    warehouse: Warehouse,
    table: EndingTable,
    endedFileId: string,
    isEnded: string,
): Promise<void> {
    const names = columnNames(table);
    const ended = `from jointly.${table} as old where ${isEnded}`;
    await warehouse.run(`
        insert into jointly.past_${table} (${columnList(names)}, ended_file_id)
        select ${columnList(names, 'old')}, ${endedFileId} ${ended}`);
    await warehouse.run(`delete ${ended}`);
}

interface Restatement {
    readonly endedFileId: string;
    /** Condition over the rows, named `old`, that are stated anew. */
    readonly scope: string;
    /** Select of the rows that take their place, in the columns of the table. */
    readonly rows: string;
    /** Columns that say when a row was seen: it is the same whatever stands there. */
    readonly seen: readonly string[];
    /** The one of them that says when it was seen last, where the table has one. */
    readonly seenLast?: string;
}

/**
 * States rows of the book anew. A row that is still there stays, so that reading a file again adds
 * nothing; one that is not moves among the past ones.
 */
export async function restateRows(
    warehouse: Warehouse,
    table: EndingTable,
    { endedFileId, scope, rows, seen, seenLast }: Restatement,
): Promise<void> {
    const names = columnNames(table);
    const isSame = names
        .filter((name) => !seen.includes(name))
        // JSON is compared as text.
        .map((name) => `cast(%.${sqlName(name)} as varchar)`)
        .map((one) => `${one.replace('%', 'old')} is not distinct from ${one.replace('%', 'new')}`)
        .join(' and ');
    await warehouse.run(`create or replace temp table restated as ${rows}`);
    const some = await warehouse.query(`
        select 1 from temp.restated
        union all select 1 from jointly.${table} as old where ${scope}
        limit 1`);
    // Of most files no row was ever rejected.
    if (some.length === 0) return;
    await endRows(
        warehouse,
        table,
        endedFileId,
        `${scope} and not exists (select 1 from temp.restated as new where ${isSame})`,
    );
    if (seenLast) {
        const column = sqlName(seenLast);
        await warehouse.run(`
            update jointly.${table} as old set ${column} = new.${column}
            from temp.restated as new where ${scope} and ${isSame}`);
    }
    await warehouse.run(`
        insert into jointly.${table} (${columnList(names)})
        select ${columnList(names)} from temp.restated as new
        where not exists (select 1 from jointly.${table} as old where ${isSame})`);
    await warehouse.run('drop table temp.restated');
}

function columnNames(table: EndingTable): readonly string[] {
    const columns = opsTables.find(({ name }) => name === table)?.columns;
    if (columns === undefined) throw new BugError({ what: `There is no jointly.${table}.` });
    return columns.map(([name]) => name);
}
