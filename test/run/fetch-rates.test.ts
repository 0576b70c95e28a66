import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../pipelines/config.ts';
import { composeRules } from '../../pipelines/rules/compose-rules.ts';
import { fetchRates } from '../../pipelines/run/fetch-rates.ts';
import { type MockServer, startMock } from '../sources/api/mock-server.ts';
import { createTestClock } from '../sources/api/test-clock.ts';

let directory: string;
let mock: MockServer;
const file = () => join(directory, 'rules/reference/exchange_rates.csv');
const days = [
    ['2026-11-26', 4.2],
    ['2026-11-27', 4.25],
] as const;

beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'jointly-rates-'));
    mkdirSync(join(directory, 'rules/reference'), { recursive: true });
    mock = await startMock(() => ({
        body: days.map(([effectiveDate, mid]) => ({
            effectiveDate,
            rates: [{ code: 'EUR', mid }],
        })),
    }));
});
afterEach(async () => {
    rmSync(directory, { recursive: true });
    await mock.close();
});

async function fetch(more: object = {}) {
    const company = {
        id: 't',
        name: 'T',
        currency: 'PLN',
        timezone: 'Europe/Warsaw',
        country: 'PL',
    };
    const path = join(directory, 'company.config.json');
    writeFileSync(path, JSON.stringify({ company, rules: 'rules', inputs: [] }));
    const config = await readConfig(path);
    const lines = await fetchRates(config, {
        bank: 'nbp',
        currencies: ['EUR', 'PLN'],
        from: '2026-11-26',
        address: mock.address,
        clock: createTestClock('2026-11-29T12:00:00Z'),
        ...more,
    });
    return { config, lines, rows: readFileSync(file(), 'utf8').trim().split('\n').slice(1) };
}

describe('rates of a bank', () => {
    it('fill the rules of the company, whose other rows stay as they are', async () => {
        writeFileSync(
            file(),
            'currency_code,to_currency_code,rate,valid_from,valid_to\nEUR,PLN,4.3,2026-11-26,2026-11-27\nUSD,PLN,3.60,2026-01-01,\n',
        );
        const { config, rows, lines } = await fetch();
        expect(rows).toEqual([
            'EUR,PLN,4.3,2026-11-26,2026-11-27,,',
            'USD,PLN,3.60,2026-01-01,,,',
            'EUR,PLN,4.25,2026-11-27,2026-11-28,nbp,',
            'EUR,PLN,4.25,2026-11-28,2026-11-29,nbp,true',
        ]);
        expect(lines.join('\n')).toContain(
            'kept as written: EUR on 2026-11-26 is 4.3; nbp says 4.2',
        );
        // What was written is rules that the company is built from.
        const tables = await composeRules(config, join(directory, 'seeds'));
        expect(tables.get('reference/exchange_rates')?.rows).toHaveLength(4);
        expect(readFileSync(join(directory, 'seeds/reference/exchange_rates.csv'), 'utf8')).toBe(
            readFileSync(file(), 'utf8'),
        );
    });

    it('hold a day later where they are asked to', async () => {
        const { rows } = await fetch({ isNextDay: true });
        expect(rows).toEqual([
            'EUR,PLN,4.2,2026-11-27,2026-11-28,nbp,',
            'EUR,PLN,4.25,2026-11-28,2026-11-29,nbp,',
        ]);
    });

    it.each([
        [{ bank: 'npb' }, 'one of ecb, nbp'],
        [{ currencies: ['PLN'] }, 'other than PLN'],
        [{ currencies: ['EURO'] }, 'ISO 4217'],
        [{ from: '2027-01-01' }, '--from with a day'],
    ])('are not asked for with %o', async (more, expected) => {
        await expect(fetch(more)).rejects.toMatchObject({
            trouble: { expected: expect.stringContaining(expected) },
        });
        expect(mock.requests).toEqual([]);
    });

    it('leave the file alone when the bank does not answer', async () => {
        writeFileSync(file(), 'currency_code,to_currency_code,rate,valid_from,valid_to\n');
        mock.fail(/./, ...Array.from({ length: 7 }, () => 'reset' as const));
        await expect(fetch()).rejects.toThrow('7 tries');
        expect(readFileSync(file(), 'utf8')).toBe(
            'currency_code,to_currency_code,rate,valid_from,valid_to\n',
        );
    });
});
