import { queryWarehouse } from './duckdb.ts';

/**
 * What the pages say about the loads themselves: their ids, clock times and row counts differ from
 * run to run by their nature. Everything else has to be the same.
 */
const bookkeeping: Readonly<Record<string, string>> = {
    rpt_loads: 'one row per load',
    rpt_sources: 'the latest load of every source',
};

/** Hash of the rows of every mart, whatever their order: equal hashes, equal marts. */
export async function hashMarts(warehouse: string): Promise<Readonly<Record<string, string>>> {
    const tables = await queryWarehouse(
        warehouse,
        `select table_name from information_schema.tables where table_schema = 'marts' order by all`,
    );
    const names = tables.map((table) => String(table.table_name));
    const kept = names.filter((name) => !(name in bookkeeping));
    const hashes = kept.map(
        (name) => `
            select '${name}' as mart,
                count(*) || ' rows, ' || coalesce(sum(hash(marts_row)), 0) as contents
            from marts.${name} as marts_row`,
    );
    const rows = await queryWarehouse(warehouse, hashes.join(' union all '));
    return Object.fromEntries(rows.map((row) => [String(row.mart), String(row.contents)]));
}
