import type { Warehouse } from './connection.ts';
import { sqlInstant } from './instant.ts';

/** `as_of` marks a warehouse that holds what another one knew at an instant, which it names. */
export type Step = 'transform' | 'publish' | 'as_of';

/** Fingerprint of the last successful run of a step. */
export async function readStep(warehouse: Warehouse, step: Step): Promise<string | undefined> {
    const row = await warehouse.db
        .selectFrom('jointly.step_state')
        .select('fingerprint')
        .where('step', '=', step)
        .executeTakeFirst();
    return row?.fingerprint;
}

/** Forgets a step: from here on it counts as not done until `recordStep`. */
export async function forgetStep(warehouse: Warehouse, step: Step): Promise<void> {
    await warehouse.db.deleteFrom('jointly.step_state').where('step', '=', step).execute();
}

export async function recordStep(
    warehouse: Warehouse,
    step: Step,
    fingerprint: string,
): Promise<void> {
    await warehouse.transaction(async () => {
        await forgetStep(warehouse, step);
        await warehouse.db
            .insertInto('jointly.step_state')
            .values({ step, fingerprint, finished_at: sqlInstant(new Date()) })
            .execute();
    });
}

/** What the models read from the raw side: changes exactly when a load changed something. */
export async function readRawState(
    warehouse: Warehouse,
): Promise<readonly { readonly stream: string }[]> {
    return warehouse.db
        .selectFrom('jointly.stream_state')
        .select([
            ...['stream', 'is_connected', 'row_count', 'fingerprint', 'first_event_at'],
            ...['last_event_at', 'observed_until'],
        ] as const)
        .orderBy('stream')
        .execute();
}
