import { sqlName } from '../contracts/batch.ts';
import type { Column } from '../contracts/columns.ts';
import type { LoadRequest } from './load-request.ts';
import { scansOf } from './staging.ts';
import { temporary } from './temporary.ts';
import type { Warehouse } from './warehouse.ts';

/**
 * Spreads staged rows that sum up several days evenly over them: to the cent, the cents that are
 * left on the first days, so that the parts are the whole.
 * @returns how many rows were made
 */
export async function spreadDays(
    warehouse: Warehouse,
    { contract, batches }: LoadRequest,
): Promise<number> {
    if (contract.strategy.kind !== 'replace') return 0;
    if (!scansOf(batches).some((scan) => scan.until)) return 0;
    const day = sqlName(contract.strategy.window);
    const days = `(_until - ${day} + 1)`;
    const additive = contract.columns.filter(({ isAdditive }) => isAdditive);
    const shares = (place: string) =>
        additive.map((column) => `${share(column, days, place)} as ${sqlName(column.name)}`);
    const isLong = `not _broken and _until > ${day}`;
    const [sum] = await warehouse.query<{ made: number }>(
        `select coalesce(sum(${days} - 1), 0) as made from ${temporary.staged} where ${isLong}`,
    );
    if (!sum?.made) return 0;
    // The rows that are made have no last day: they are not spread again below.
    await warehouse.run(`
        insert into ${temporary.staged}
        select * exclude (place) replace (
            cast(${day} + place as date) as ${day}, cast(null as date) as _until,
            ${shares('place').join(', ')}
        )
        from (
            select *, cast(unnest(range(1, ${days})) as integer) as place
            from ${temporary.staged} where ${isLong}
        )`);
    const first = additive.map((column) => `${sqlName(column.name)} = ${share(column, days, '0')}`);
    await warehouse.run(`
        update ${temporary.staged} set ${first.join(', ')} where ${isLong}`);
    return sum.made;
}

/** What the day at this place, from 0, gets of an amount: in cents, or finer where it is finer. */
function share({ name, type }: Column, days: string, place: string): string {
    const column = sqlName(name);
    const scale = Number(/,(\d+)\)/.exec(type)?.[1] ?? 0);
    const partsIn = (decimals: number) => {
        const units = `cast(abs(${column}) * ${10 ** decimals} as bigint)`;
        const part = `sign(${column}) * (${units} // ${days} + case when ${place} < ${units} % ${days} then 1 else 0 end)`;
        const unit = `cast('${(10 ** -decimals).toFixed(decimals)}' as decimal(18,${decimals}))`;
        return `cast(cast(${part} as decimal(18,0)) * ${unit} as ${type})`;
    };
    return scale <= 2
        ? partsIn(scale)
        : `case when ${column} = round(${column}, 2) then ${partsIn(2)} else ${partsIn(scale)} end`;
}
