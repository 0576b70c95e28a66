import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig, readEnvironment, statePaths } from '../../pipelines/config.ts';
import { ConfigError } from '../../pipelines/errors.ts';
import { openScratchWarehouse } from '../../pipelines/warehouse/connection.ts';

const directory = mkdtempSync(join(tmpdir(), 'jointly-config-'));
afterAll(() => rmSync(directory, { recursive: true }));

const company = {
    id: 'x',
    name: 'X',
    currency: 'EUR',
    timezone: 'Europe/Bucharest',
    country: 'RO',
};
const input = { name: 'ads', stream: 'ad_spend', files: ['a.csv'] };

function write(name: string, content: string): string {
    writeFileSync(join(directory, name), content);
    return join(directory, name);
}

const messageOf = async (config: unknown) => {
    const error = await readConfig(write('c.config.json', JSON.stringify(config))).then(
        () => undefined,
        (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
};

const spendDate = (format: string) => ({ columns: { spend_date: { column: 'Day', format } } });

describe('a setting that nothing can be read with', () => {
    it.each([
        [
            'an offset as a time zone',
            { timezone: '+02:00' },
            'timezone: a time zone name such as Europe/Bucharest; where the clock never changes, Etc/GMT-2',
        ],
        [
            'an offset without a colon',
            { timezone: '-0530' },
            'timezone: a time zone name such as Europe/Bucharest',
        ],
        [
            'an encoding with a slip',
            { format: { type: 'csv', encoding: 'windows-125l' } },
            'format.encoding: there is no encoding windows-125l; did you mean windows-125',
        ],
        [
            'a word of another program',
            { format: { type: 'csv', encoding: 'ansi' } },
            'format.encoding: there is no encoding ansi; ',
        ],
        [
            'an encoding of a statement',
            { format: { type: 'mt940', encoding: 'klingon' } },
            'format.encoding: there is no encoding klingon; choose from utf-8, utf-16le',
        ],
        [
            'a type with a slip',
            { format: { type: 'exel' } },
            'format.type: there is no type exel; write { type: ',
        ],
        [
            'a type alone',
            { format: 'csv' },
            "format: it has no type; write { type: 'csv' }, or one of csv, xlsx",
        ],
        [
            'a format without a type',
            { format: { delimiter: ';' } },
            'format.type: it has no type; write { type: ',
        ],
        [
            'a date as Excel writes it',
            spendDate('YYYY-MM-DD'),
            'columns.spend_date.format: YYYY-MM-DD has no part that begins with %; write %d.%m.%Y',
        ],
        [
            'a part there is not',
            spendDate('%Q.%m.%Y'),
            'columns.spend_date.format: %Q is no part of a date; write %Y %m %d',
        ],
        [
            'seconds for a day',
            spendDate('unix_s'),
            'columns.spend_date.format: ad_spend.spend_date is a day',
        ],
        [
            'a date format of an amount',
            { columns: { spend_amount: { column: 'Cost', format: '%d' } } },
            'columns.spend_amount.format: ad_spend.spend_amount is no date; take format out',
        ],
    ])('%s is refused with the way out', async (_, settings, expected) => {
        const message = await messageOf({ company, inputs: [{ ...input, ...settings }] });
        expect(message).toContain(`input ads, ${expected}`);
    });

    it.each([
        { timezone: 'Etc/GMT-2' },
        { timezone: 'Asia/Kathmandu' },
        { format: { type: 'csv', encoding: 'latin1' } },
        { format: { type: 'csv', encoding: 'koi8-r' } },
        spendDate('%-d/%-m/%y'),
        spendDate('excel'),
        {
            columns: {
                spend_date: { column: 'Day', until: { column: 'End', format: '%d %b %Y' } },
            },
        },
    ])('%o is none', async (settings) => {
        const file = write(
            'g.config.json',
            JSON.stringify({ company, inputs: [{ ...input, ...settings }] }),
        );
        expect((await readConfig(file)).inputs).toHaveLength(1);
    });

    it('is no time zone that the engine reads', async () => {
        const names = Intl.supportedValuesOf('timeZone');
        const scratch = await openScratchWarehouse();
        const known = await scratch.query<{ name: string }>('select name from pg_timezone_names()');
        await scratch.close();
        const all = new Set(known.map(({ name }) => name));
        expect(names.filter((name) => !all.has(name))).toEqual([]);
    });
});

describe('a config', () => {
    it('is a TypeScript module in any folder that imports jointly', async () => {
        mkdirSync(join(directory, 'rules'), { recursive: true });
        const file = write(
            'company.config.ts',
            `import { defineConfig } from 'jointly';
            const name: string = 'Typed';
            export default defineConfig({ company: { ...${JSON.stringify(company)}, name }, rules: './rules' });`,
        );
        const config = await readConfig(file);
        expect(config.company.name).toBe('Typed');
        expect(config.rules).toBe(join(directory, 'rules'));
        expect(config.max_reject_share).toBe(0.01);
    });

    it('cannot be changed after it is read', async () => {
        const config = await readConfig(
            write('f.config.json', JSON.stringify({ company, inputs: [input] })),
        );
        expect(() => Object.assign(config.company, { currency: 'USD' })).toThrow(TypeError);
        expect(() => Object.assign(config.inputs[0] ?? {}, { name: 'other' })).toThrow(TypeError);
    });

    it.each([
        [{ company: { ...company, currency: 'euro' } }, 'company.currency: '],
        [{ company: { ...company, timezone: 'Bucharest' } }, 'company.timezone: '],
        [{ company: { ...company, language: 'xx' } }, 'company.language: '],
        [
            { company: { ...company, number_locale: 'german' } },
            'company.number_locale: a locale such as en-GB or ro-RO',
        ],
        [{ company, inputs: [{ ...input, stream: 'spend' }] }, 'input ads, stream: '],
        [
            { company, inputs: [{ ...input, format: { type: 'csv', thousands_separator: '.' } }] },
            'input ads, format.thousands_separator: is the decimal separator too',
        ],
        [
            { company, inputs: [{ ...input, columns: { spend_amout: 'Cost' } }] },
            'input ads, columns.spend_amout: stream ad_spend has no column spend_amout; did you mean spend_amount?',
        ],
        ...['0', '-0', '0.000'].map((multiply_by): [unknown, string] => [
            {
                company,
                inputs: [{ ...input, columns: { spend_amount: { column: 'C', multiply_by } } }],
            },
            'input ads, columns.spend_amount.multiply_by: a factor other than 0, which would make every amount nothing',
        ]),
        [
            {
                company,
                inputs: [{ ...input, columns: { platform: { column: 'P', separator: ',' } } }],
            },
            'input ads, columns.platform.separator: ad_spend.platform holds one value a cell; take the separator out',
        ],
        [{ company, inputs: [input, input] }, 'input ads, name: ads is used twice'],
        [
            {
                company,
                inputs: [{ ...input, columns: { platform: 'P' }, constants: { platform: 'x' } }],
            },
            'input ads, constants.platform: is also in columns',
        ],
        [{ company, inputs: [{ ...input, format: { type: 'csv', delimeter: ';' } }] }, 'delimeter'],
        [{ company, as_of: '2026-02-30' }, 'as_of: '],
        [{ company, max_reject_share: 2 }, 'max_reject_share: '],
        [{ company, rules: './nowhere' }, 'rules: there is no folder'],
        [
            {
                company,
                inputs: [
                    {
                        ...input,
                        skip_rows: [{ column: 'Type', values: ['x'], unless: { column: 'Text' } }],
                    },
                ],
            },
            'one of values, pattern and is_empty',
        ],
        [
            { company, inputs: [{ ...input, format: { type: 'mt940', header_row: 2 } }] },
            'header_row',
        ],
        [{}, 'company: '],
    ])('that is wrong is refused with the path of the setting: %#', async (config, expected) => {
        expect(await messageOf(config)).toContain(expected);
    });

    it.each([
        'http://crm.example.com/{}',
        'javascript:alert({})',
        'https://{}',
        'https://crm.example.com/leads/',
        'https://crm.example.com/{}/{}',
    ])('%s is no address of a record', async (link) => {
        const columns = { record_url: { column: 'ID', link } };
        const leads = { name: 'crm', stream: 'leads', files: ['l.csv'], columns };
        expect(await messageOf({ company, inputs: [leads] })).toContain(
            'an address that begins with https:// and has {} for the cell',
        );
    });

    it.each(['RE-[0-9]+', '(RE)-([0-9]+)', '(?:RE-[0-9]+)', '(RE', '(R)\\1'])(
        'takes a part of a cell by a pattern with one group, which %s is not',
        async (extract) => {
            const columns = { campaign_id: { column: 'Ad', extract } };
            expect(await messageOf({ company, inputs: [{ ...input, columns }] })).toContain(
                'input ads, columns.campaign_id.extract: a regular expression with',
            );
        },
    );

    it('that is absent or broken is refused with a fix', async () => {
        await expect(readConfig(join(directory, 'none.ts'))).rejects.toThrow(
            /no config file.*none.ts[\s\S]*fix: /,
        );
        await expect(readConfig(write('broken.config.ts', 'export default {'))).rejects.toThrow(
            /cannot be read/,
        );
    });
});

describe('the environment', () => {
    it('sets the size of the sample and refuses nonsense', () => {
        expect(readEnvironment({})).toEqual({ sampleFactor: 1, isColorWanted: true });
        expect(readEnvironment({ JOINTLY_SAMPLE_FACTOR: '0.1', NO_COLOR: '1' })).toEqual({
            sampleFactor: 0.1,
            isColorWanted: false,
        });
        expect(() => readEnvironment({ JOINTLY_SAMPLE_FACTOR: 'big' })).toThrow(ConfigError);
    });
});

describe('state paths', () => {
    it('lie under .jointly, or beside a warehouse that is named', () => {
        expect(statePaths('acme').warehouse).toMatch(/\.jointly[\\/]acme[\\/]warehouse\.duckdb$/);
        const beside = statePaths('acme', '/x/w.duckdb');
        expect(beside).toMatchObject({
            warehouse: resolve('/x/w.duckdb'),
            directory: resolve('/x/w.state'),
        });
    });
});
