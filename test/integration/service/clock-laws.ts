import fc from 'fast-check';
import { openWarehouse } from '../../../pipelines/warehouse/connection.ts';
import { allowances, asOf, type ClockCompany } from './clock-company.ts';
import type { Clock, Reading } from './walk-minutes.ts';

const MINUTE = 60_000;
const DAY = 24 * 60;

/** Weeks in which the clocks change or Easter falls; the last one ends with the data's last day. */
const windows = [
    { from: Date.parse('2026-03-25T00:00Z'), days: 24 },
    { from: Date.parse('2026-10-21T00:00Z'), days: 13 },
] as const;

const length = (days: number) => fc.option(fc.integer({ min: 0, max: days * DAY }), { freq: 5 });

/** Clocks with up to four pauses, some without an answer, some pauses without an end. */
export const anyClock: fc.Arbitrary<Clock> = fc
    .record({
        window: fc.constantFrom(...windows),
        start: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        answer: length(6),
        allowed: fc.constantFrom(...allowances),
        pauses: fc.uniqueArray(
            fc.record({ after: fc.integer({ min: -DAY, max: 4 * DAY }), lasting: length(2) }),
            { maxLength: 4, selector: (pause) => pause.after },
        ),
    })
    .map(({ window, start, answer, allowed, pauses }) => {
        const started = window.from + Math.floor(start * window.days * DAY) * MINUTE;
        const at = (minutes: number) => new Date(started + minutes * MINUTE);
        const answered = answer === null || at(answer) > asOf ? null : at(answer);
        return {
            started: at(0),
            answered,
            allowed,
            pauses: pauses.map(({ after, lasting }) => ({
                paused: at(after),
                resumed: lasting === null ? null : at(after + lasting),
            })),
        };
    });

const sql = (instant: Date | null) =>
    instant === null ? 'null' : `timestamp '${instant.toISOString().slice(0, 19)}'`;

/**
 * Reads any clocks with the project's own SQL: the models that were built become views, so that
 * they follow the raw tables, which are filled anew each time.
 */
export async function openClockReader(company: ClockCompany) {
    const warehouse = await openWarehouse(company.warehousePath);
    for (const { relation, sql: select } of company.models) {
        if (!/int_clock__|fct_internal_requests/.test(relation)) continue;
        await warehouse.run(`drop table ${relation}`);
        await warehouse.run(`create view ${relation} as ${select}`);
    }
    const insert = (table: string, columns: string, rows: readonly string[]) =>
        rows.length === 0
            ? Promise.resolve()
            : warehouse.run(`insert into raw_files.${table} (${columns}) values ${rows.join()}`);
    return {
        read: async (clocks: readonly Clock[]): Promise<readonly Reading[]> => {
            await warehouse.run('delete from raw_files.internal_requests');
            await warehouse.run('delete from raw_files.clock_pauses');
            await insert(
                'internal_requests',
                'request_id, request_kind, from_department, to_department, requested_at, answered_at',
                clocks.map(
                    ({ started, answered, allowed }, index) =>
                        `('${index}', 'minutes_${allowed}', 'sales', 'marketing',
                        ${sql(started)}, ${sql(answered)})`,
                ),
            );
            await insert(
                'clock_pauses',
                'record_type, record_id, paused_at, resumed_at',
                clocks.flatMap(({ pauses }, index) =>
                    pauses.map(
                        (one) => `('request', '${index}', ${sql(one.paused)}, ${sql(one.resumed)})`,
                    ),
                ),
            );
            return warehouse.query<Reading & Record<string, never>>(`
                select
                    business_minutes as minutes,
                    strftime(due_at, '%Y-%m-%dT%H:%M:%S.%gZ') as due,
                    status
                from marts.fct_internal_requests
                order by cast(request_id as integer)`);
        },
        close: () => warehouse.close(),
    };
}
