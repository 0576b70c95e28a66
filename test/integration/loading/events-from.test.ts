import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../../pipelines/config.ts';
import {
    countsOf,
    createTestCompany,
    csv,
    failureOf,
    type TestCompany,
    type TestInput,
} from './company.ts';

let company: TestCompany;
beforeEach(() => {
    company = createTestCompany();
});
afterEach(() => company.close());

const steps: TestInput = {
    name: 'steps',
    stream: 'lead_events',
    files: ['contacts.csv'],
    columns: { lead_id: 'Record ID', person_id: 'Owner' },
    events_from: {
        columns: { mql: 'Became an MQL', sql: ['Became an SQL', 'SQL (old)'], customer: 'Won on' },
        format: '%d.%m.%Y %H:%M',
    },
};
const header = 'Record ID,Owner,Became an MQL,Became an SQL,SQL (old),Won on';
const stored = () =>
    company.query<{ id: string; at: string; who: string | null }>(
        `select event_id as id, cast(occurred_at as varchar) as at, person_id as who
        from raw_files.lead_events order by lead_id, occurred_at`,
    );

describe('one row of a CRM with several dates', () => {
    it('is one event for each that is there, read again without a change', async () => {
        company.write(
            'contacts.csv',
            csv(
                header,
                '1,ana,01.02.2026 10:00,,03.02.2026 09:30,',
                '2,,,,,',
                '3,dan,05.02.2026 12:00,06.02.2026 08:00,01.01.2020 00:00,07.02.2026 18:00',
            ),
        );
        company.configure([steps]);
        expect(countsOf(await company.load())).toMatchObject({
            read: 5,
            inserted: 5,
            leftOut: 0,
            rejected: 0,
        });
        // The clock of Bucharest is two hours ahead; of two columns the first that is filled counts.
        expect(await stored()).toEqual([
            { id: '1:mql:2026-02-01 08:00:00', at: '2026-02-01 08:00:00', who: 'ana' },
            { id: '1:sql:2026-02-03 07:30:00', at: '2026-02-03 07:30:00', who: 'ana' },
            { id: '3:mql:2026-02-05 10:00:00', at: '2026-02-05 10:00:00', who: 'dan' },
            { id: '3:sql:2026-02-06 06:00:00', at: '2026-02-06 06:00:00', who: 'dan' },
            { id: '3:customer:2026-02-07 16:00:00', at: '2026-02-07 16:00:00', who: 'dan' },
        ]);
        expect(await company.query('select row_count from jointly.files')).toEqual([
            { row_count: 5 },
        ]);
        expect(countsOf(await company.load({ isFullRefresh: true }))).toMatchObject({
            unchanged: 5,
            inserted: 0,
        });
    });

    it('is rejected event by event, with the row and line of the file', async () => {
        company.write(
            'contacts.csv',
            csv(
                header,
                '1,,01.02.2026 10:00,,,',
                '',
                '2,,soon,04.02.2026 10:00,,',
                ',,,05.02.2026 10:00,,06.02.2026 10:00',
                '4,,,,,',
            ),
        );
        company.configure([{ ...steps, max_reject_share: 0.8 }]);
        expect(countsOf(await company.load())).toMatchObject({
            read: 5,
            inserted: 2,
            rejected: 3,
        });
        expect(
            await company.query(
                'select "row", line, "column", got from jointly.rejects order by "row", got',
            ),
        ).toEqual([
            { row: 2, line: 4, column: 'occurred_at', got: 'soon' },
            { row: 3, line: 5, column: 'lead_id', got: null },
            { row: 3, line: 5, column: 'lead_id', got: null },
        ]);
    });

    it('of one column of dates is read for the rows that have one', async () => {
        company.write('contacts.csv', csv('Record ID,Became an MQL', '1,2026-07-03 10:00', '2,'));
        company.configure([
            {
                ...steps,
                columns: { lead_id: 'Record ID' },
                events_from: { columns: { mql: 'Became an MQL' } },
            },
        ]);
        expect(countsOf(await company.load())).toMatchObject({ read: 1, inserted: 1, rejected: 0 });
        expect((await stored()).map(({ id }) => id)).toEqual(['1:mql:2026-07-03 07:00:00']);
    });

    it('of NDJSON is reached by its path; a line that is no row is said once', async () => {
        company.write(
            'contacts.ndjson',
            csv(
                '{"id":"1","dates":{"mql":"2026-02-01T10:00:00Z"}}',
                '[1]',
                '{"id":"2","dates":{"mql":null,"won":"2026-02-03T10:00:00Z"}}',
            ),
        );
        const input: TestInput = {
            ...steps,
            files: ['contacts.ndjson'],
            columns: { lead_id: 'id' },
            max_reject_share: 0.5,
        };
        const columns = { mql: 'dates.mql', customer: '$.dates.won' };
        company.configure([{ ...input, events_from: { columns } }]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 2, rejected: 1 });
        expect((await stored()).map(({ id }) => id)).toEqual([
            '1:mql:2026-02-01 10:00:00',
            '2:customer:2026-02-03 10:00:00',
        ]);
        expect(await company.query('select distinct "row", line from jointly.rejects')).toEqual([
            { row: 2, line: 2 },
        ]);
        company.configure([
            { ...input, events_from: { columns: { ...columns, sql: 'dates.sqll' } } },
        ]);
        expect(failureOf(await company.load()).what).toContain('has no column dates.sqll');
    });

    it('of deals are entries into stages, which need no id, and a prefix tells systems apart', async () => {
        company.write('deals.csv', csv('Deal,Offer,Signed', '7,2026-03-01,2026-03-09', '8,,'));
        company.configure([
            {
                name: 'deals',
                stream: 'deal_stage_history',
                files: ['deals.csv'],
                columns: { deal_id: 'Deal' },
                id_prefix: 'crm:',
                events_from: { columns: { 'Offer sent': 'Offer', Signed: 'Signed' } },
            },
        ]);
        expect(countsOf(await company.load())).toMatchObject({ read: 2, inserted: 2 });
        expect(
            await company.query(
                'select deal_id, stage from raw_files.deal_stage_history order by 2',
            ),
        ).toEqual([
            { deal_id: 'crm:7', stage: 'Offer sent' },
            { deal_id: 'crm:7', stage: 'Signed' },
        ]);
    });

    it('is refused where a column is missing, or the setting fits nothing', async () => {
        company.write('contacts.csv', csv('Record ID,Owner,Became an MQL,Won on', '1,,,'));
        company.configure([steps]);
        expect(failureOf(await company.load())).toMatchObject({
            what: 'contacts.csv has no column Became an SQL or SQL (old), which lead_events.occurred_at is read from.',
        });
        const refused = async (input: object) => {
            company.configure([{ ...steps, ...input } as TestInput]);
            await readConfig(company.configPath);
        };
        await expect(refused({ events_from: { columns: { mqll: 'A' } } })).rejects.toThrow(
            'is no event_type; did you mean mql?',
        );
        await expect(refused({ constants: { event_type: 'mql' } })).rejects.toThrow(
            'is what events_from says; take it out',
        );
        await expect(
            refused({ stream: 'leads', columns: { lead_id: 'Record ID' } }),
        ).rejects.toThrow('is for lead_events and deal_stage_history; take it out');
    });
});
