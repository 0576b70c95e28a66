import { sqlName } from '../../contracts/batch.ts';
import type { StreamContract } from '../../contracts/stream.ts';

/** `a.k1 = b.k1 and a.k2 = b.k2` */
export function sameKey(names: readonly string[], left: string, right: string): string {
    return names.map((name) => `${left}.${sqlName(name)} = ${right}.${sqlName(name)}`).join(' and ');
}

/** True when two rows of one key differ in anything but what the loader itself adds. */
export function differs(contract: StreamContract, left: string, right: string): string {
    const columns = contract.columns
        .filter((column) => !contract.key.includes(column.name))
        .map(({ name }) => `${left}.${sqlName(name)} is distinct from ${right}.${sqlName(name)}`);
    const extra = `cast(${left}._extra as varchar) is distinct from cast(${right}._extra as varchar)`;
    return `(${[...columns, extra].join(' or ')})`;
}

/** A list of column names, each with its table in front. */
export function columnList(names: readonly string[], table?: string): string {
    return names.map((name) => (table ? `${table}.${sqlName(name)}` : sqlName(name))).join(', ');
}
