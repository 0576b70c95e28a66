import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig, statePaths } from '../../../pipelines/config.ts';
import { buildModels, upTo } from '../../support/build-models.ts';
import { createTestCompany, csv, type TestCompany } from '../loading/company.ts';
import { type ClockCase, pausesOf } from './clock-cases.ts';
import type { Hours } from './walk-minutes.ts';

export const timeZone = 'Europe/Bucharest';
export const lastDay = '2026-11-03';
/** The midnight that ends the last day of the data. */
export const asOf = new Date('2026-11-04T00:00+02:00');
export const holidays = ['2026-04-10', '2026-04-13'];
/** What the terms allow: a request of the kind `minutes_480` has 480. A lead has 480 as well. */
export const allowances = [60, 480, 540, 1080] as const;
export const leadAllowance = 480;

const weekdays = [1, 2, 3, 4, 5].map((weekday) => ({
    weekday,
    opens: '09:00',
    closes: '18:00',
    from: '2000-01-01',
    until: '9999-12-31',
}));

/** Office hours, and a night shift on the two Sundays on which the clocks change. */
export const hours: readonly Hours[] = [
    ...weekdays,
    { weekday: 7, opens: '01:00', closes: '06:00', from: '2026-03-29', until: '2026-03-30' },
    { weekday: 7, opens: '01:00', closes: '06:00', from: '2026-10-25', until: '2026-10-26' },
];

const stream = (name: string) => ({ name, stream: name, files: [`${name}.csv`] });

/** Writes each case as a request, and as a lead where the term of leads allows the same time. */
function writeExports(company: TestCompany, cases: readonly ClockCase[]): void {
    const leads = cases.filter((one) => one.allowed === leadAllowance);
    const answered = leads.filter((one) => one.answered !== '');
    const pauses = (type: string, ones: readonly ClockCase[]) =>
        ones.flatMap((one) => pausesOf(one).map((pause) => [type, one.name, ...pause].join()));
    company.write(
        'internal_requests.csv',
        csv(
            'request_id,request_kind,from_department,to_department,requested_at,answered_at',
            ...cases.map(
                (one) =>
                    `${one.name},minutes_${one.allowed},sales,marketing,${one.started},${one.answered}`,
            ),
        ),
    );
    company.write(
        'clock_pauses.csv',
        csv(
            'record_type,record_id,paused_at,resumed_at',
            ...pauses('request', cases),
            ...pauses('lead', leads),
        ),
    );
    company.write(
        'leads.csv',
        csv('lead_id,created_at', ...leads.map((l) => `${l.name},${l.started}`)),
    );
    company.write(
        'lead_events.csv',
        csv(
            'event_id,lead_id,event_type,occurred_at',
            ...leads.map((one) => `${one.name},${one.name},assigned,${one.started}`),
        ),
    );
    company.write(
        'activities.csv',
        csv(
            'activity_id,lead_id,activity_type,direction,occurred_at',
            ...answered.map((one) => `${one.name},${one.name},call,outbound,${one.answered}`),
        ),
    );
}

function writeRules(company: TestCompany): void {
    const write = (name: string, ...lines: readonly string[]) =>
        company.write(`rules/reference/${name}.csv`, csv(...lines));
    write(
        'work_hours',
        'country,weekday,opens_at,closes_at,valid_from,valid_to',
        ...hours.map(
            (one) => `RO,${one.weekday},${one.opens},${one.closes},${one.from},${one.until}`,
        ),
    );
    write(
        'holidays',
        'country,holiday_date,holiday_name',
        ...holidays.map((day) => `RO,${day},Easter`),
    );
    write(
        'request_terms',
        'request_kind,request_label,answer_minutes,valid_from,valid_to',
        ...allowances.map(
            (minutes) => `minutes_${minutes},Within ${minutes},${minutes},2000-01-01,`,
        ),
    );
}

export interface ClockCompany extends TestCompany {
    /** SQL of each model that was built, in the order of building. */
    readonly models: readonly { readonly relation: string; readonly sql: string }[];
}

/** A company whose leads and requests are the cases, loaded and built by the real code. */
export async function createClockCompany(cases: readonly ClockCase[]): Promise<ClockCompany> {
    const company = createTestCompany();
    writeExports(company, cases);
    writeRules(company);
    company.configure(
        ['internal_requests', 'clock_pauses', 'leads', 'lead_events', 'activities'].map(stream),
        { rules: 'rules', as_of: lastDay },
    );
    for (const outcome of await company.load()) {
        if (outcome.status === 'failed') throw outcome.error;
    }
    const config = await readConfig(company.configPath);
    const paths = statePaths(config.company.id, company.warehousePath);
    await buildModels(config, paths, ...upTo('fct_internal_requests', 'fct_lead_handovers'));
    const { results } = JSON.parse(
        readFileSync(join(paths.dbt, 'target', 'run_results.json'), 'utf8'),
    );
    const models = (results as readonly Record<string, string>[])
        .filter((one) => one.unique_id?.startsWith('model.'))
        .map((one) => ({ relation: String(one.relation_name), sql: String(one.compiled_code) }));
    return Object.assign(company, { models });
}
