import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBResultReader, Json } from '@duckdb/node-api';
import { shardOf } from '../components/lead-shard.js';
import { readersColumn, readersName } from '../messages/in-duckdb.ts';
import { BuildError, messageOf } from './errors.ts';
import { DATA, ROOT } from './paths.ts';

/** What a reader needs to find a card. */
export interface LeadCards {
    readonly folder: string;
    readonly shards: number;
    readonly count: number;
}

type Card = Record<string, Json>;
type Cards = Map<string, Card>;
/** Names of the values in the rows of each list. */
type ListColumns = Record<string, readonly string[]>;

const LISTS = ['points', 'answers', 'deals', 'events'];

// About fifty cards, 20 kB compressed: a quick download on a phone.
const SHARD_BYTES = 150_000;

/**
 * Writes the lead cards as small JSON files that `components/LeadCard.svelte` reads one of: pages per
 * lead would make a build slow, and the query engine is too heavy for one card on a phone. Amounts
 * stay exact decimals in text. The folder is named for its content, so a browser that has the old
 * pages open never mixes them with the new cards.
 * @throws BuildError when a select fails
 */
export async function exportCards(connection: DuckDBConnection): Promise<LeadCards> {
    const cards: Cards = new Map();
    for (const card of (await select(connection, 'card')).getRowObjectsJson()) {
        cards.set(String(card.lead_id), withoutNulls(card));
    }
    const columns: ListColumns = {};
    for (const list of LISTS) {
        const reader = await select(connection, list);
        const [key, ...names] = reader.columnNames();
        if (key !== 'lead_id') throw new BuildError(`cards/leads/${list}.sql: lead_id comes first`);
        columns[list] = names;
        for (const [leadId, ...values] of reader.getRowsJson()) {
            const card = cards.get(String(leadId));
            if (!card) throw new BuildError(`cards/leads/${list}.sql: ${leadId} has no card`);
            card[list] = [...((card[list] as Json[] | undefined) ?? []), values];
        }
    }
    return { ...write(shardsOf(cards, columns), indexOf(cards)), count: cards.size };
}

async function select(connection: DuckDBConnection, name: string): Promise<DuckDBResultReader> {
    const file = join('cards', 'leads', `${name}.sql`);
    try {
        const query = readFileSync(join(ROOT, file), 'utf8').trim().replace(/;$/, '');
        const prepared = await connection.prepare(query);
        const columns = Array.from({ length: prepared.columnCount }, (_, index) =>
            prepared.columnName(index),
        ).map((name) => `${readersColumn(name)} as "${readersName(name)}"`);
        return await connection.runAndReadAll(`select ${columns.join(', ')} from (${query})`);
    } catch (error) {
        throw new BuildError(`${file}: ${messageOf(error)}`, { cause: error });
    }
}

/** Texts of the files. */
function shardsOf(cards: Cards, columns: ListColumns): readonly string[] {
    const bytes = JSON.stringify([...cards.values()]).length;
    const count = Math.max(1, Math.ceil(bytes / SHARD_BYTES));
    const shards = Array.from({ length: count }, (): [string, Card][] => []);
    for (const entry of cards) shards[shardOf(entry[0], count)]?.push(entry);
    return shards.map((entries) => JSON.stringify({ columns, cards: Object.fromEntries(entries) }));
}

/** What the search box looks through. */
const indexOf = (cards: Cards) =>
    [...cards.values()].map((card) => [
        card.lead_id ?? '',
        card.product_line_label ?? '',
        card.person_label ?? '',
        card.next_step ?? '',
    ]);

/** What a card does not know is left out of the file. */
const withoutNulls = (row: Card): Card =>
    Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));

function write(shards: readonly string[], index: readonly (readonly Json[])[]) {
    const hash = createHash('sha256').update(shards.join('\n')).digest('hex').slice(0, 12);
    const folder = `leads/${hash}`;
    mkdirSync(join(DATA, folder), { recursive: true });
    shards.forEach((text, number) => {
        writeFileSync(join(DATA, folder, `${number}.json`), text);
    });
    writeFileSync(join(DATA, folder, 'index.json'), JSON.stringify(index));
    return { folder, shards: shards.length };
}
