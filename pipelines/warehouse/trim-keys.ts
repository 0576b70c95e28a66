import { sqlName } from '../contracts/batch.ts';
import { rawTable } from '../contracts/ddl.ts';
import type { StreamContract } from '../contracts/stream.ts';
import type { Warehouse } from './warehouse.ts';

/**
 * Earlier versions kept keys with the spaces around them, which the models take away: two rows then
 * have one key, or none, and no later load could replace them. Such rows get the key that a file
 * read today has; where that one is taken or blank, the row is removed.
 */
export async function trimKeptKeys(warehouse: Warehouse, contract: StreamContract): Promise<void> {
    const texts = contract.columns
        .filter(({ name, type }) => type === 'varchar' && contract.key.includes(name))
        .map(({ name }) => sqlName(name));
    const table = rawTable(contract);
    const isPadded = texts.map((name) => `trim(${name}) <> ${name}`).join(' or ') || 'false';
    if (!(await warehouse.hasRows(`${table} where ${isPadded}`))) return;
    const trimmed = contract.key.map((name) =>
        texts.includes(sqlName(name)) ? `trim(${sqlName(name)})` : sqlName(name),
    );
    const isBlank = texts.map((name) => `trim(${name}) = ''`).join(' or ');
    await warehouse.transaction(async () => {
        await warehouse.run(`
            delete from ${table} where rowid in (
                select rowid from ${table}
                qualify (${isBlank}) or row_number() over (
                    partition by ${trimmed.join(', ')}
                    order by (${isPadded}), _file_id desc, rowid desc
                ) > 1
            )`);
        const assignments = texts.map((name) => `${name} = trim(${name})`);
        await warehouse.run(`update ${table} set ${assignments.join(', ')} where ${isPadded}`);
    });
}
