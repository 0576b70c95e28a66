import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import type { Clock } from './clock.ts';
import type { Json } from './json.ts';
import { writePrivately } from './private-file.ts';

const keptOrder = z.object({
    id: z.string(),
    parameters: z.json(),
    orderedAt: z.number(),
    polledAt: z.number().nullable(),
});

type Order = z.output<typeof keptOrder>;

export interface Report {
    /** What is ordered; the same parameters are the same report. */
    readonly parameters: Json;
    /** @returns the id that the system gave the order */
    readonly order: () => Promise<string>;
    /** `lost`: the system knows the order no more, or gave up on it. */
    readonly poll: (id: string) => Promise<'ready' | 'at work' | 'lost'>;
    /** How long the system keeps an order; an older one is made anew. */
    readonly keptMs: number;
    /** After so long without an end the run goes on without it; the next run comes back to it. */
    readonly patienceMs: number;
}

/** The system gave up on a report twice: a smaller one may be what it can do. */
export class LostReport extends SourceError {}

export interface ReportKeeper {
    /**
     * Orders a report, or comes back to one that a killed run ordered, and waits until it is ready.
     * @returns its id
     * @throws SourceError when it does not get ready in time, or is lost twice
     */
    readonly await: (report: Report) => Promise<string>;
    /** Forgets a report whose pages have landed. */
    readonly forget: (parameters: Json) => void;
}

const firstPollMs = 3000;
const longestPollMs = 20_000;

/** Keeps book of ordered reports on the disk: an order is a thing the system counts. */
export function createReportKeeper(
    connection: string,
    directory: string,
    clock: Clock,
): ReportKeeper {
    const fileOf = (parameters: Json) => {
        const hash = createHash('sha256').update(JSON.stringify(parameters)).digest('hex');
        return join(directory, `${hash.slice(0, 32)}.json`);
    };
    const write = (order: Order) =>
        writePrivately(fileOf(order.parameters), `${JSON.stringify(order)}\n`);
    const forget = (parameters: Json) => rmSync(fileOf(parameters), { force: true });

    const ordered = async ({ parameters, order, keptMs }: Report): Promise<Order> => {
        const known = readOrder(fileOf(parameters));
        if (known && clock.now() - known.orderedAt < keptMs) return known;
        const made = { id: await order(), parameters, orderedAt: clock.now(), polledAt: null };
        await write(made as Order);
        return made as Order;
    };

    return {
        forget,
        await: async (report) => {
            const start = clock.now();
            let losses = 0;
            for (let pause = firstPollMs; ; pause = Math.min(longestPollMs, pause * 1.5)) {
                const order = await ordered(report);
                const state = await report.poll(order.id);
                if (state === 'ready') return order.id;
                if (state === 'lost') {
                    forget(report.parameters);
                    losses += 1;
                    if (losses < 2) continue;
                    throw new LostReport({
                        what: `${connection}: the system gave up on a report twice.`,
                        why: JSON.stringify(report.parameters),
                        fix: 'run again later',
                    });
                }
                await write({ ...order, polledAt: clock.now() });
                if (clock.now() - start > report.patienceMs) {
                    throw new SourceError({
                        what: `${connection}: report ${order.id} is still not ready.`,
                        why: `ordered at ${new Date(order.orderedAt).toISOString()}`,
                        fix: 'run again later: the next run comes back to the same report',
                    });
                }
                await clock.sleep(pause);
            }
        },
    };
}

function readOrder(file: string): Order | undefined {
    if (!existsSync(file)) return undefined;
    const read = keptOrder.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return read.success ? read.data : undefined;
}
