import { DAY, FIRST_DAY, isWorkday, type LocalTime } from '../calendar.ts';
import { isoDay } from '../format.ts';
import { ANALYST, SALESPEOPLE } from '../people.ts';
import { createRandom } from '../random.ts';

export const CAPACITY_HEADER = ['person_id', 'leads_per_week', 'valid_from', 'valid_to'];
export const ABSENCE_HEADER = ['person_id', 'absent_from', 'absent_to'];
export const COST_HEADER = [
    'person_id',
    'monthly_cost_amount',
    'currency_code',
    'valid_from',
    'valid_to',
];

/** New leads a week at factor 1, before and since the joint plan: parts take less time now. */
const LEADS_PER_WEEK: Readonly<Record<string, readonly [number, number]>> = {
    boris: [26, 24],
    elena: [28, 28],
    mihai: [26, 26],
    sorin: [34, 40],
    carmen: [35, 42],
};
const JOINT_PLAN = '2025-07-01';

/** What an employee costs the company in a month, in whole euro. */
// biome-ignore format: a table
const MONTHLY_COSTS: readonly (readonly [string, number, string, string])[] = [
    ['ana', 2600, '2023-07-01', ''],
    ['irina', 2300, '2023-07-01', ''],
    ['radu', 2100, '2023-07-01', ''],
    ['mara', 1650, '2025-02-03', '2026-01-01'],
    ['mara', 1800, '2026-01-01', ''],
    ['boris', 2700, '2023-07-01', ''],
    ['elena', 2600, '2023-07-01', ''],
    ['mihai', 2400, '2023-07-01', ''],
    ['sorin', 2000, '2023-07-01', ''],
    ['carmen', 1900, '2023-07-01', '2025-07-01'],
    ['carmen', 2100, '2025-07-01', ''],
    ['dana', 2100, '2023-07-01', ''],
    ['vasile', 2200, '2023-07-01', '2026-03-01'],
    ['teodora', 2100, '2026-02-16', ''],
];

/** A company of another size has as many leads more or less to work. */
export function capacityRows(factor: number): readonly (readonly string[])[] {
    return Object.entries(LEADS_PER_WEEK).flatMap(([person, [before, after]]) => [
        [person, (before * factor).toFixed(2), '2023-07-01', before === after ? '' : JOINT_PLAN],
        ...(before === after ? [] : [[person, (after * factor).toFixed(2), JOINT_PLAN, '']]),
    ]);
}

export const COST_ROWS: readonly (readonly string[])[] = MONTHLY_COSTS.map(
    ([person, cost, from, to]) => [person, `${cost}.00`, 'EUR', from, to],
);

/** Two weeks in summer, one after another; every second one at Christmas; a short illness. */
export function absenceRows(): readonly (readonly string[])[] {
    const people = [...SALESPEOPLE.map(({ id }) => id), ANALYST.id];
    const rows = people.flatMap((id, position) =>
        [2023, 2024, 2025, 2026].flatMap((year) => {
            const random = createRandom('absences', id, String(year));
            const illness = Date.UTC(year, random.pick([1, 2, 4, 9, 10]), random.integer(1, 20));
            const summer = Date.UTC(year, 6, 3 + position * 14);
            const winter = Date.UTC(year, 11, random.integer(20, 23));
            const isAwayAtChristmas = (position + year) % 2 === 0;
            return [
                absence(id, illness, random.integer(1, 4)),
                absence(id, summer, 12),
                ...(isAwayAtChristmas ? [absence(id, winter, random.integer(7, 12))] : []),
            ];
        }),
    );
    return rows
        .filter(isExported)
        .filter(([id, from = '']) => id !== ANALYST.id || from >= '2025-02-03');
}

function absence(person: string, from: LocalTime, days: number): string[] {
    let first = from;
    while (!isWorkday(first)) first += DAY;
    return [person, isoDay(first), isoDay(first + (days - 1) * DAY)];
}

function isExported([, from = '']: readonly string[]): boolean {
    return from >= isoDay(FIRST_DAY) && from < '2026-07-01';
}
