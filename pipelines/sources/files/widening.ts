import type { DuckDbType } from '../../contracts/columns.ts';

const wholeNumbers = /^u?(tinyint|smallint|integer|bigint|hugeint)$/;

/**
 * Whether a number of one type is the same number in another, unless it has too many digits: then
 * the engine's try_cast gives null. More decimals than the target holds would be rounded.
 */
export function widens(from: string, to: DuckDbType): boolean {
    const kept = scaleOf(from);
    const room = scaleOf(to);
    return kept !== undefined && room !== undefined && kept <= room;
}

function scaleOf(type: string): number | undefined {
    if (wholeNumbers.test(type)) return 0;
    const scale = /^decimal\(\d+,(\d+)\)$/.exec(type)?.[1];
    return scale === undefined ? undefined : Number(scale);
}
