import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseFile } from './cases.ts';
import {
    countsOf,
    createTestCompany,
    csv,
    failureOf,
    only,
    spend,
    spendHeader,
    spendInput,
    type TestCompany,
} from './company.ts';

let company: TestCompany;
beforeEach(() => {
    company = createTestCompany();
});
afterEach(() => company.close());

const leadInput = { name: 'crm', stream: 'leads', files: ['l.csv'] };
const leads = (...lines: string[]) => csv('lead_id,created_at,channel', ...lines);
const ids = async () =>
    (
        await company.query<{ id: string }>('select lead_id as id from raw_files.leads order by 1')
    ).map(({ id }) => id);

describe('text is trimmed before it is checked', () => {
    it.each([
        ['a space', ' '],
        ['a no-break space', '\u00a0'],
        ['an ideographic space', '\u3000'],
        ['a narrow no-break space', '\u202f'],
    ])('takes %s around an id away', async (_, space) => {
        company.write('l.csv', leads(`${space}1,2026-01-01,a`, `2${space},2026-01-01,${space}`));
        company.configure([leadInput]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 2 });
        expect(await company.query('select lead_id, channel from raw_files.leads')).toEqual([
            { lead_id: '1', channel: 'a' },
            { lead_id: '2', channel: null },
        ]);
    });

    it('rejects a blank id today, and takes the corrected file tomorrow', async () => {
        company.write('l.csv', leads('1,2026-01-01,a', '  ,2026-01-02,b'));
        company.configure([leadInput], { max_reject_share: 0.5 });
        expect(countsOf(await company.load())).toMatchObject({ inserted: 1, rejected: 1 });
        company.write('l.csv', leads('1,2026-01-01,a', '2,2026-01-02,b'));
        expect(countsOf(await company.load())).toMatchObject({ inserted: 1, unchanged: 1 });
        expect(await company.query('from jointly.rejects')).toEqual([]);
        expect(await ids()).toEqual(['1', '2']);
    });

    it('mends the keys that an earlier version kept with their spaces', async () => {
        company.write('l.csv', leads('1,2026-01-01,a', '3,2026-01-01,c'));
        company.configure([leadInput]);
        await company.load();
        await company.query(`
            insert into raw_files.leads (lead_id, created_at, _file_id) values
            (' 1', '2026-01-01', 1), ('2 ', '2026-01-01', 1), (' ', '2026-01-01', 1)`);
        company.configure([leadInput], { max_reject_share: 0.5 });
        await company.load();
        expect(await ids()).toEqual(['1', '2', '3']);
    });

    it('finds padded words of a closed list, and words for an empty cell', async () => {
        company.write('d.csv', csv('deal_id,status,amount', 'd1,Won ," -- "', 'd2, Lost,  '));
        company.configure(
            [
                {
                    name: 'crm',
                    stream: 'deals',
                    files: ['d.csv'],
                    format: { type: 'csv', null_values: ['--'] },
                    columns: { status: { column: 'status', values: { Won: 'won', Lost: 'lost' } } },
                },
            ],
            { max_reject_share: 1 },
        );
        countsOf(await company.load());
        const got = await company.query('select "column", got from jointly.rejects');
        expect(got.every((one) => one.column === 'closed_at')).toBe(true);
    });
});

describe('no date', () => {
    it('is unix 0: a deal is not closed in January 1970', async () => {
        company.write('leads.csv', caseFile('17-unix-zero/leads.csv'));
        const unix = (column: string) => ({ column, format: 'unix_s' });
        company.configure(
            [
                {
                    name: 'amo',
                    stream: 'deals',
                    files: ['leads.csv'],
                    columns: {
                        deal_id: 'id',
                        amount: 'price',
                        status: { column: 'status_id', values: { '142': 'won', '143': 'lost' } },
                        created_at: unix('created_at'),
                        closed_at: unix('closed_at'),
                        updated_at: unix('updated_at'),
                    },
                },
            ],
            { max_reject_share: 0.5 },
        );
        // A won deal without its day is set aside, not dated.
        expect(countsOf(await company.load())).toMatchObject({ inserted: 2, rejected: 1 });
        expect(await company.query('select "column", got from jointly.rejects')).toEqual([
            { column: 'closed_at', got: null },
        ]);
    });

    it.each([
        ['0001-01-01T00:00:00Z', undefined],
        ['0001-01-01 00:00:00', undefined],
        ['0000-00-00', undefined],
        ['01.01.0001', '%d.%m.%Y'],
        ['00.00.0000', '%d.%m.%Y'],
        ['0', 'unix_ms'],
        ['0', 'excel'],
    ])('is %s in the format %s', async (written, format) => {
        company.write('d.csv', csv('deal_id,status,closed_at', `d1,open,${written}`));
        const column = { column: 'closed_at', ...(format ? { format } : {}) };
        company.configure([
            { name: 'crm', stream: 'deals', files: ['d.csv'], columns: { closed_at: column } },
        ]);
        expect(countsOf(await company.load())).toMatchObject({ inserted: 1 });
        expect(await company.query('select closed_at from raw_files.deals')).toEqual([
            { closed_at: null },
        ]);
    });

    it.each(['epoch', 'infinity', 'today'])('is the word %s, which is refused', async (word) => {
        company.write('d.csv', csv('lead_id,created_at', `1,${word}`));
        company.configure([{ name: 'crm', stream: 'leads', files: ['d.csv'] }]);
        expect(failureOf(await company.load()).message).toContain(`got '${word}'`);
        company.write('ads/a.csv', csv(spendHeader, spend(word, '1')));
        company.configure([spendInput]);
        expect(failureOf(await company.load()).message).toContain(`got '${word}'`);
    });
});

describe('an instant with an offset', () => {
    it.each([
        ['2026-01-01T10:00Z', '2026-01-01 10:00:00'],
        ['2026-01-01T10:00+02:00', '2026-01-01 08:00:00'],
        ['2026-01-01 10:00-0530', '2026-01-01 15:30:00'],
        ['2026-01-01T10:00:00.5z', '2026-01-01 10:00:00.5'],
        ['2026-01-01 10:00:00 +02:00', '2026-01-01 08:00:00'],
    ])('%s is read', async (written, stored) => {
        company.write('l.csv', leads(`1,${written},a`));
        company.configure([leadInput]);
        countsOf(await company.load());
        expect(await company.query('select created_at from raw_files.leads')).toEqual([
            { created_at: stored },
        ]);
    });
});

describe('a change in the future', () => {
    const deals = (...lines: string[]) => csv('deal_id,status,amount,updated_at', ...lines);
    const dealInput = { name: 'crm', stream: 'deals', files: ['d.csv'] };

    it.each(['2199-01-01 00:00:00', '2062-07-01T00:00:00Z'])(
        'is set aside: a row changed in %s could never be corrected',
        async (future) => {
            company.write('d.csv', deals('1,open,10,2026-01-01', `2,open,20,${future}`));
            company.configure([dealInput], { max_reject_share: 0.5 });
            expect(countsOf(await company.load())).toMatchObject({ inserted: 1, rejected: 1 });
            const [reject] = await company.query('select "column", expected from jointly.rejects');
            expect(reject?.column).toBe('updated_at');
            expect(reject?.expected).toContain('a day after this load');
        },
    );

    it('that an earlier version kept does not win for ever', async () => {
        company.write('d.csv', deals('1,open,10,2026-01-01'));
        company.configure([dealInput]);
        await company.load();
        await company.query(`update raw_files.deals set updated_at = '2199-01-01'`);
        company.write('d.csv', deals('1,open,11,2026-01-02'));
        expect(countsOf(await company.load())).toMatchObject({ updated: 1, superseded: 0 });
    });
});

describe('NDJSON', () => {
    const row = (id: string) => `{"session_id":"${id}","visitor_id":"v","started_at":"2026-01-01"}`;
    const input = { name: 'web', stream: 'sessions', files: ['s.ndjson'] };

    it.each([
        ['UTF-8', (text: string) => Buffer.from(`\uFEFF${text}`)],
        ['UTF-16', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ])('with a byte order mark of %s loses no row', async (_, encode) => {
        company.write('s.ndjson', encode(`${row('a')}\n${row('b')}\n`));
        company.configure([input]);
        expect(countsOf(await company.load())).toMatchObject({ read: 2, inserted: 2 });
    });

    it('keeps the text of a line that is no JSON', async () => {
        company.write('s.ndjson', `${row('a')}\n\n{"session_id": cut\n[1]\n${row('b')}\n`);
        company.configure([input], { max_reject_share: 0.5 });
        expect(countsOf(await company.load())).toMatchObject({ inserted: 2, rejected: 2 });
        const rejects = await company.query(
            `select "row", line, got, raw from jointly.rejects where "column" = '' order by 1`,
        );
        expect(rejects).toEqual([
            { row: 2, line: 3, got: '{"session_id": cut', raw: '"{\\"session_id\\": cut"' },
            { row: 3, line: 4, got: '[1]', raw: '[1]' },
        ]);
    });
});

describe('a last line without an end', () => {
    const notes = async () => {
        const outcome = only(await company.load());
        return outcome.status === 'loaded' ? outcome.notes : [];
    };

    it('is said, because a number may have been cut there', async () => {
        company.write('ads/a.csv', 'lead_id,created_at\n1,2026-01-01');
        company.configure([{ ...leadInput, files: ['ads/a.csv'] }]);
        expect(await notes()).toEqual([
            expect.stringMatching(/^ads\/a.csv: its last line has no line end/),
        ]);
    });

    it('is nothing to say where there is one', async () => {
        company.write('l.csv', leads('1,2026-01-01,a'));
        company.configure([leadInput]);
        expect(await notes()).toEqual([]);
    });
});
