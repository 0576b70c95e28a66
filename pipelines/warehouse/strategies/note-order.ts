import type { StreamContract } from '../../contracts/stream.ts';
import { count } from '../../count.ts';
import type { LoadRequest } from '../load-request.ts';
import { scansOf } from '../staging.ts';
import { temporary } from '../temporary.ts';
import type { Warehouse } from '../warehouse.ts';
import { differs, sameKey } from './sql.ts';
import { keptRows } from './strategy.ts';

interface Pair {
    readonly lost: string;
    readonly taken: string;
    readonly input: string;
    readonly rows: number;
}

/**
 * Says which of two files of an input was taken to be newer where both hold rows that differ and
 * the times of the files speak against it. Nothing to say where the rows tell it themselves.
 */
export async function noteContraryOrder(
    warehouse: Warehouse,
    { contract, batches, modifiedMs, onNote }: LoadRequest,
): Promise<void> {
    if (contract.strategy.kind === 'merge' && contract.strategy.cursor) return;
    const files = scansOf(batches).flatMap((scan) => scan.files);
    const times = files.flatMap(({ name }) => modifiedMs.get(name) ?? []);
    if (times.every((time, index) => time >= (times[index - 1] ?? time))) return;
    for (const { lost, taken, input, rows } of await pairsOf(warehouse, contract)) {
        const [earlier, later] = [modifiedMs.get(taken), modifiedMs.get(lost)];
        if (earlier === undefined || later === undefined || later <= earlier) continue;
        onNote(
            `${taken} is taken to be newer than ${lost} because of its name, although it was written ` +
                `before it (${timeOf(earlier)}, ${timeOf(later)}): ${count(rows, 'row')} that differ are ` +
                `those of ${taken}; if that is wrong, write newest_by: 'modified' in input ${input}`,
        );
    }
}

const timeOf = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 19);

/** Files of one input of which one holds rows that those of another replace. */
async function pairsOf(warehouse: Warehouse, contract: StreamContract): Promise<readonly Pair[]> {
    const kept = await keptRows(warehouse);
    return warehouse.query<Pair>(`
        select
            first_file.file as lost, next_file.file as taken, first_file.input,
            cast(count(*) as integer) as rows
        from ${temporary.losers}
        inner join ${temporary.staged} as lost on lost.rowid = losers.id
        inner join (${kept}) as kept on ${sameKey(contract.key, 'kept', 'lost')}
        inner join ${temporary.stagedFiles} as first_file on first_file.file_no = lost._file_no
        inner join ${temporary.stagedFiles} as next_file on next_file.file_no = kept._file_no
            and next_file.input = first_file.input and next_file.file_no > first_file.file_no
        where ${differs(contract, 'lost', 'kept')}
        group by all order by all`);
}
