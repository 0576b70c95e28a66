import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clockOf, pausesOf, readClockCases } from './clock-cases.ts';
import {
    asOf,
    type ClockCompany,
    createClockCompany,
    holidays,
    hours,
    leadAllowance,
    timeZone,
} from './clock-company.ts';
import { anyClock, openClockReader } from './clock-laws.ts';
import { createOpenMinutes, type Reading, walkMinutes } from './walk-minutes.ts';

interface Row extends Reading {
    readonly id: string;
}

const cases = readClockCases();
const isOpen = createOpenMinutes(timeZone, hours, holidays);
let company: ClockCompany;
let requests: ReadonlyMap<string, Reading>;
let leads: ReadonlyMap<string, Reading>;

beforeAll(async () => {
    company = await createClockCompany(cases);
    requests = await readings(`
        select request_id as id, business_minutes as minutes, ${utc('due_at')} as due, status
        from marts.fct_internal_requests`);
    leads = await readings(`
        select
            lead_id as id, elapsed_minutes as minutes,
            ${utc('response_due_at')} as due,
            case
                when is_response_in_time then 'met' when first_response_at is not null then 'late'
                when is_response_due then 'breached' else 'pending'
            end as status
        from marts.fct_lead_handovers`);
    process.stdout.write(`${table()}\n`);
});

afterAll(() => company?.close());

const utc = (column: string) => `strftime(${column}, '%Y-%m-%dT%H:%M:%S.%gZ')`;

async function readings(sql: string): Promise<ReadonlyMap<string, Reading>> {
    const rows = await company.query<Row>(sql);
    return new Map(rows.map(({ id, minutes, due, status }) => [id, { minutes, due, status }]));
}

/** `2026-03-02 10:00+02` for `2026-03-02T10:00:00+02:00`. */
const short = (instant: string) =>
    instant
        .replace('T', ' ')
        .replace(/:00(?:\.000)?([+Z])/, '$1')
        .replace(/:00$/, '');

/** The cases as people read them; `walked` is the independent calculation. */
function table(): string {
    const lines = cases.map((one) => [
        one.name,
        short(one.started),
        short(one.answered) || 'open',
        `${one.allowed}`,
        pausesOf(one)
            .map((pause) => pause.map(short).join(' - '))
            .join(', '),
        `${requests.get(one.name)?.minutes}`,
        `${walkMinutes(clockOf(one), isOpen, asOf).minutes}`,
        short(`${requests.get(one.name)?.due}`),
        `${requests.get(one.name)?.status}`,
    ]);
    const titles = [
        'case',
        'started',
        'answered',
        'allowed',
        'pauses',
        'SQL',
        'walked',
        'due (UTC)',
    ];
    const rows = [[...titles, 'status'], ...lines];
    const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
    return rows
        .map((row) =>
            row
                .map((cell, column) => cell.padEnd(width(column)))
                .join('  ')
                .trimEnd(),
        )
        .join('\n');
}

describe('the business-hours clock', () => {
    test.each(cases)('$name: $minutes business minutes, $status', (one) => {
        const { minutes, due, status } = one;
        expect(requests.get(one.name)).toEqual({ minutes, due, status });
        expect(walkMinutes(clockOf(one), isOpen, asOf)).toEqual({ minutes, due, status });
    });

    test.each(cases.filter((one) => one.allowed === leadAllowance))(
        '$name: a lead is timed as a request is',
        ({ name, minutes, due, status }) => {
            expect(leads.get(name)).toEqual({ minutes, due, status });
        },
    );

    test('agrees with a walk through every minute, whatever starts, stops and pauses it', async () => {
        const reader = await openClockReader(company);
        try {
            await fc.assert(
                fc.asyncProperty(
                    fc.array(anyClock, { minLength: 1, maxLength: 12 }),
                    async (clocks) => {
                        const walked = clocks.map((clock) => walkMinutes(clock, isOpen, asOf));
                        expect(await reader.read(clocks)).toEqual(walked);
                    },
                ),
                { numRuns: 60 },
            );
        } finally {
            await reader.close();
        }
    });
});
