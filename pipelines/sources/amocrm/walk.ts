import { SourceError } from '../../errors.ts';
import type { Page } from '../api/connector.ts';
import type { Json } from '../api/json.ts';
import { parsePage } from '../api/parse-page.ts';
import type { AmocrmClient } from './client.ts';
import { anyList } from './records.ts';

/** How one list is asked. */
export interface Listing {
    readonly path: string;
    readonly query: Readonly<Record<string, string>>;
    /** Kind of event by which a record leaves the list. */
    readonly removal: string;
    /** Newest first, down to this second; left out, all of it by id. */
    readonly downTo?: number;
}

/** Where a walk stands. The list is gone through again when a record was removed on the way. */
export interface Step {
    readonly page: number;
    readonly walk: number;
    /** When the walk began, by the clock of the system; seconds since 1970. */
    readonly began: number;
    /** Removals that an earlier walk knew of, as ids of events. */
    readonly seen: readonly string[];
}

const pageSize = 250;
const longestWalks = 4;
/** Events show up a little later than what they tell of. */
const slackSeconds = 5;

export function firstStep(at: number): Step {
    return { page: 1, walk: 1, began: Math.floor(at / 1000), seen: [] };
}

/**
 * Asks for one page of a list, which has numbered pages and nothing else. By id a record that changes
 * keeps its place, and by change one that changes comes to the front, so that both only push others to
 * a later page. A record that is removed pulls the next one to a page that was already read: where
 * that has happened the list is gone through once more.
 * @throws SourceError when records are removed faster than they are counted
 */
export async function askStep(
    client: AmocrmClient,
    connection: string,
    { path, query, removal, downTo }: Listing,
    step: Step,
): Promise<Page> {
    const order = downTo === undefined ? { 'order[id]': 'asc' } : { 'order[updated_at]': 'desc' };
    const { text } = await client.get(path, {
        ...query,
        ...order,
        limit: String(pageSize),
        page: String(step.page),
    });
    const { _links: links, _embedded: embedded } = parsePage(
        anyList,
        text,
        `${connection}, ${path}`,
    );
    const records = Object.values(embedded).flat();
    const oldest = records.at(-1)?.updated_at ?? 0;
    const isLast = links?.next === undefined || records.length === 0;
    if (!isLast && !(downTo !== undefined && oldest < downTo)) {
        return { text, next: { ...step, page: step.page + 1 } as unknown as Json };
    }
    if (step.page === 1) return { text, next: undefined };
    const events = await client.get('events', {
        'filter[type][0]': removal,
        'filter[created_at][from]': String(step.began - slackSeconds),
        limit: '100',
    });
    const found = parsePage(anyList, events.text, `${connection}, events`)._embedded.events ?? [];
    const removed = found.map(({ id }) => id).filter((id) => !step.seen.includes(id));
    if (removed.length === 0) return { text, next: undefined };
    if (step.walk === longestWalks) {
        throw new SourceError({
            what: `${connection}, ${path}: records are deleted while they are counted.`,
            why: `${longestWalks} times in a row, so that some may not have been seen`,
            fix: 'run again when nobody is tidying up',
        });
    }
    const began = Math.floor(events.at / 1000);
    const next = { page: 1, walk: step.walk + 1, began, seen: [...step.seen, ...removed] };
    return { text, next };
}
